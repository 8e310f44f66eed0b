"""Receipts asked about at a service, by template; what it says, and what its silence means."""

import asyncio
import hashlib
from dataclasses import replace

import pytest
from aiohttp import web

from bot.domain.errors import ConfigurationError
from bot.domain.purchases.verification import Verdict, Verification
from bot.domain.receipts.code import read_code
from bot.domain.receipts.receipt import Receipt
from bot.gateways.receipts import ReceiptService, fields_of, open_receipt_verifier
from tests.integration.gateways.test_senders import answering, gateway

CODE = "t=20261120T1342&s=4850.00&fn=9287440300634471&i=13571&fp=3730902192&n=1"
RECEIPT = read_code(CODE)
ANSWERS = {
    Verdict.CONFIRMED: r'"status":\s*"ok"',
    Verdict.PENDING: r"not yet",
    Verdict.NOT_FOUND: r"unknown",
    Verdict.MISMATCH: r"differs",
    Verdict.NOT_OURS: r"other seller",
}


async def ask(service: ReceiptService, receipt: Receipt = RECEIPT) -> Verification:
    async with open_receipt_verifier(service) as verifier:
        return await verifier.verify(receipt)


async def test_the_service_is_asked_as_its_templates_say() -> None:
    asked: list[tuple[str, str, dict[str, str]]] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append((request.method, request.headers["Authorization"], dict(await request.post())))  # type: ignore[arg-type]
        return web.Response(text='{"status": "ok"}')

    async with gateway(answer) as url:
        service = ReceiptService(
            url=url,
            method="POST",
            headers={"Authorization": "Bearer x"},
            body="fn={fn}&fd={i}&fp={fp}&sum={kopecks}&qr={code}",
            answers=ANSWERS,
        )
        said = await ask(service)
    form = {"fn": "9287440300634471", "fd": "13571", "fp": "3730902192", "sum": "485000", "qr": CODE}
    assert asked == [("POST", "Bearer x", form)]
    assert said.verdict is Verdict.CONFIRMED
    assert said.digest == hashlib.sha256(b'{"status": "ok"}').hexdigest()


@pytest.mark.parametrize(
    ("status", "body", "verdict"),
    [
        (200, '{"status": "ok"}', Verdict.CONFIRMED),
        (200, '{"status": "ok"} but the total differs', Verdict.MISMATCH),
        (202, "not yet", Verdict.PENDING),
        (200, "unknown", Verdict.NOT_FOUND),
        (404, "nothing", Verdict.NOT_FOUND),
        (200, "other seller", Verdict.NOT_OURS),
        (200, "who knows", Verdict.UNSUPPORTED),
        (403, '{"status": "ok"}', Verdict.UNSUPPORTED),
        (302, '{"status": "ok"}', Verdict.UNSUPPORTED),
        (429, '{"status": "ok"}', Verdict.RETRY_LATER),
        (503, "unknown", Verdict.RETRY_LATER),
    ],
)
async def test_an_answer_means_what_the_settings_say(status: int, body: str, verdict: Verdict) -> None:
    async with gateway(answering(status, body)) as url:
        assert (await ask(ReceiptService(url=url, answers=ANSWERS))).verdict is verdict


async def test_a_long_answer_is_read_to_its_end() -> None:
    async with gateway(answering(200, " " * 200_000 + '{"status": "ok"}')) as url:
        assert (await ask(ReceiptService(url=url, answers=ANSWERS))).verdict is Verdict.CONFIRMED


async def test_of_an_endless_answer_no_more_is_read_than_is_looked_at() -> None:
    async with gateway(answering(200, " " * 300_000 + '{"status": "ok"}')) as url:
        said = await ask(ReceiptService(url=url, answers=ANSWERS))
    assert (said.verdict, said.digest) == (Verdict.UNSUPPORTED, hashlib.sha256(b" " * 262_144).hexdigest())


async def test_a_service_that_is_away_is_asked_later() -> None:
    async def never(request: web.Request) -> web.Response:
        await asyncio.Event().wait()
        return web.Response()

    async with gateway(never) as url:
        service = ReceiptService(url=url, answers=ANSWERS, timeout_seconds=0.05)
        assert (await ask(service)).verdict is Verdict.RETRY_LATER
    assert (await ask(replace(service, url="http://127.0.0.1:9"))).verdict is Verdict.RETRY_LATER


async def test_a_receipt_without_a_time_can_be_asked_about() -> None:
    assert fields_of(replace(RECEIPT, clock=None))["t"] == "20261120T0000"
    assert fields_of(RECEIPT)["code"] == CODE


@pytest.mark.parametrize(
    ("service", "setting"),
    [
        (ReceiptService(url="ftp://a.example", answers=ANSWERS), "KLUBOK_RECEIPTS__URL"),
        (ReceiptService(url="https://a.example/{drive}", answers=ANSWERS), "KLUBOK_RECEIPTS__URL"),
        (ReceiptService(url="https://a.example", body="{x}", answers=ANSWERS), "KLUBOK_RECEIPTS__BODY"),
        (ReceiptService(url="https://a.example"), "KLUBOK_RECEIPTS__CONFIRMED"),
        (ReceiptService(url="https://a.example", answers={Verdict.CONFIRMED: "("}), "KLUBOK_RECEIPTS__CONFIRMED"),
    ],
)
async def test_settings_that_cannot_be_are_told_by_name(service: ReceiptService, setting: str) -> None:
    with pytest.raises(ConfigurationError, match=setting):
        await ask(service)
