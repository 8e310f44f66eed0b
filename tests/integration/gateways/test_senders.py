"""Codes on their way to a gateway, and to the operators' log."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from aiohttp import web

from bot.domain.errors import ChannelError, ConfigurationError, RefusedError, ThrottledError, UnknownOutcomeError
from bot.gateways.desk import DeskCodeSender
from bot.gateways.http import HttpGateway, open_http_sender

PHONE, TEXT = "+79123456789", '123456 — код «клуба» "Lumenika" & Co'
BODY = '{"to": "{digits}", "message": "{text}"}'
JSON = {"Content-Type": "application/json", "Authorization": "Bearer secret"}


@asynccontextmanager
async def gateway(answer: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    """Serve a gateway; give its address."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


async def send(settings: HttpGateway) -> None:
    async with open_http_sender(settings) as sender:
        await sender.send(PHONE, TEXT)


def answering(status: int, body: str = "", **headers: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status, text=body, headers=headers)

    return answer


async def test_a_json_gateway_is_asked_as_its_template_says() -> None:
    asked: list[tuple[str, str, object]] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append((request.method, request.headers["Authorization"], json.loads(await request.text())))
        return web.Response(text='{"status": "ok"}')

    async with gateway(answer) as url:
        await send(HttpGateway(url=url, headers=JSON, body=BODY, success='"status": "ok"'))
    assert asked == [("POST", "Bearer secret", {"to": "79123456789", "message": TEXT})]


async def test_a_gateway_may_be_an_address_only() -> None:
    asked: list[dict[str, str]] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(dict(request.query))
        return web.Response(text="100")

    async with gateway(answer) as url:
        await send(HttpGateway(url=url + "/send?key=k&to={phone}&text={text}", method="GET"))
    assert asked == [{"key": "k", "to": PHONE, "text": TEXT}]


async def test_a_body_without_a_type_is_a_form() -> None:
    asked: list[dict[str, object]] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(dict(await request.post()))
        return web.Response()

    async with gateway(answer) as url:
        await send(HttpGateway(url=url, body="to={phone}&text={text}"))
    assert asked == [{"to": PHONE, "text": TEXT}]


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, '{"status": "error"}', RefusedError),
        (400, "", RefusedError),
        (401, "", RefusedError),
        (302, "", RefusedError),
        (500, "", ChannelError),
        (503, "", ChannelError),
        (429, "", ThrottledError),
    ],
)
async def test_what_a_gateway_refuses_is_told_apart(status: int, body: str, error: type[ChannelError]) -> None:
    async with gateway(answering(status, body, Location="/elsewhere")) as url:
        with pytest.raises(ChannelError) as caught:
            await send(HttpGateway(url=url, body="{phone} {text}", success="ok"))
    assert type(caught.value) is error
    assert not any(secret in str(caught.value) for secret in (PHONE, "123456", url))


@pytest.mark.parametrize(("header", "seconds"), [("7", 7.0), ("soon", 30.0), ("", 30.0)])
async def test_a_gateway_says_how_long_to_wait(header: str, seconds: float) -> None:
    async with gateway(answering(429, **{"Retry-After": header})) as url:
        with pytest.raises(ThrottledError) as caught:
            await send(HttpGateway(url=url, body="{phone} {text}"))
    assert caught.value.retry_after == seconds


async def test_a_gateway_that_does_not_answer_may_have_sent_it() -> None:
    forever = asyncio.Event()

    async def silent(request: web.Request) -> web.Response:
        await forever.wait()
        return web.Response()

    async def broken(request: web.Request) -> web.Response:
        if request.transport is not None:
            request.transport.close()
        return web.Response()

    for answer in (silent, broken):
        async with gateway(answer) as url:
            with pytest.raises(UnknownOutcomeError):
                await send(HttpGateway(url=url, body="{phone} {text}", timeout_seconds=0.3))


async def test_a_gateway_that_is_not_there_sent_nothing() -> None:
    async with gateway(answering(200)) as url:
        pass
    with pytest.raises(ChannelError) as caught:
        await send(HttpGateway(url=url, body="{phone} {text}"))
    assert type(caught.value) is ChannelError


async def test_a_code_is_asked_to_be_sent_once_only() -> None:
    asked = 0

    async def answer(request: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        return web.Response(status=500)

    async with gateway(answer) as url:
        with pytest.raises(ChannelError):
            await send(HttpGateway(url=url, body="{phone} {text}"))
    assert asked == 1


GOOD = HttpGateway(url="https://sms.example", body="{phone} {text}")


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        (replace(GOOD, url="sms.example"), "KLUBOK_CODES__URL"),
        (replace(GOOD, success="("), "KLUBOK_CODES__SUCCESS"),
        (replace(GOOD, body="{phone}"), "KLUBOK_CODES__BODY"),
        (replace(GOOD, body="{phone} {txt}"), "KLUBOK_CODES__BODY"),
        (replace(GOOD, headers={"X": "{who}"}), r"KLUBOK_CODES__HEADERS \(X\)"),
    ],
)
async def test_a_wrong_setting_is_told_before_anybody_waits(settings: HttpGateway, names: str) -> None:
    with pytest.raises(ConfigurationError, match=f"^{names}"):
        async with open_http_sender(settings):
            pass


def test_a_gateway_does_not_show_its_secrets() -> None:
    assert "secret" not in repr(HttpGateway(url="https://sms.example/?key=secret", headers=JSON, body="secret"))


async def test_the_operators_log_gets_the_code_and_the_end_of_the_phone(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="bot.operators"):
        await DeskCodeSender().send(PHONE, "123456 is your code")
    assert "123456" in caplog.text
    assert "+7 912 ***-**-89" in caplog.text
    assert "3456789" not in caplog.text
