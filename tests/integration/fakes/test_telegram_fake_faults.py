"""Faults of the Telegram fake: on the wire, in batches, at the webhook."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from tests.fakes.telegram import (
    UNLIMITED,
    Conflict,
    Cut,
    CutAfter,
    Duplicates,
    FakeTelegram,
    Garbage,
    Hang,
    Http5xx,
    Http429,
    Http502,
    Reordered,
    Slow,
    Unauthorized,
    UnknownFields,
    UnknownKind,
)
from tests.fakes.telegram.client import client
from tests.fakes.telegram.faults import WireKind
from tests.fakes.telegram.shapes import Json

SECRET = "only-the-platform-knows"  # noqa: S105 -- of the fake


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    """A fake without rates."""
    async with FakeTelegram(limits=UNLIMITED, webhook_pause=0.01) as server:
        yield server


@pytest.fixture
async def bot(fake: FakeTelegram) -> AsyncIterator[Bot]:
    """aiogram's client."""
    async with client(fake) as opened:
        yield opened


@pytest.mark.parametrize(
    ("kind", "error", "is_performed"),
    [
        (Http429(retry_after=7), TelegramRetryAfter, False),
        (Http5xx(), TelegramServerError, False),
        (Http5xx(status=503, performs=True), TelegramServerError, True),
        (Http502(), ClientDecodeError, False),
        (Http502(performs=True), ClientDecodeError, True),
        (Garbage(), ClientDecodeError, False),
        (Cut(), TelegramNetworkError, False),
        (CutAfter(), TelegramNetworkError, True),
        (Unauthorized(), TelegramUnauthorizedError, False),
        (Conflict(), TelegramConflictError, False),
    ],
)
async def test_a_fault_falls_once_and_is_over(
    fake: FakeTelegram, bot: Bot, kind: WireKind, error: type[Exception], *, is_performed: bool
) -> None:
    anna = fake.person(has_started=True)
    fake.faults.add(method="sendMessage", kind=kind)
    with pytest.raises(error):
        await bot.send_message(anna.id, "раз")
    assert len(anna.messages) == is_performed
    assert fake.calls[-1].performed is is_performed
    assert fake.calls[-1].outcome == type(kind).__name__
    await bot.send_message(anna.id, "два")
    assert anna.messages[-1].text == "два"


async def test_a_hang_lasts_until_it_is_released(fake: FakeTelegram, bot: Bot) -> None:
    anna = fake.person(has_started=True)
    fault = fake.faults.add(method="sendMessage", kind=Hang(), times=None)
    sending = asyncio.ensure_future(bot.send_message(anna.id, "раз"))
    await fake.eventually(lambda: fault.used)
    assert not sending.done()
    fault.release()
    await sending
    assert len(anna.messages) == 1


async def test_a_hanging_call_of_a_client_that_left_is_not_performed(fake: FakeTelegram) -> None:
    anna = fake.person(has_started=True)
    fault = fake.faults.add(method="sendMessage", kind=Hang())
    async with client(fake, timeout_s=0.05) as hasty:
        with pytest.raises(TelegramNetworkError):
            await hasty.send_message(anna.id, "раз")
    fault.release()
    async with client(fake) as patient:
        await patient.get_me()
    assert anna.messages == []


async def test_a_slow_answer_comes(fake: FakeTelegram, bot: Bot) -> None:
    anna = fake.person(has_started=True)
    fake.faults.add(kind=Slow(seconds=0.01))
    await bot.send_message(anna.id, "раз")
    assert fake.calls[-1].performed


async def test_faults_are_narrowed_to_a_chat_and_to_later_calls(fake: FakeTelegram, bot: Bot) -> None:
    anna, boris = fake.person(has_started=True), fake.person(has_started=True)
    fake.faults.add(method="sendMessage", kind=Http5xx(), chat=boris.id, skip=1)
    await bot.send_message(anna.id, "раз")
    await bot.send_message(boris.id, "раз")
    await bot.send_message(anna.id, "два")
    with pytest.raises(TelegramServerError):
        await bot.send_message(boris.id, "два")
    with pytest.raises(ValueError, match="fault of getUpdates"):
        fake.faults.add(kind=Reordered())


async def _poll(fake: FakeTelegram, offset: int = 0) -> list[Json]:
    url = f"{fake.base_url}/bot{fake.token}/getUpdates"
    async with ClientSession() as session, session.get(url, params={"offset": str(offset)}) as response:
        body: Json = await response.json()
        return list(body["result"])


async def test_batches_repeat_and_turn_round(fake: FakeTelegram) -> None:
    anna = fake.person()
    first, second, third = (anna.say(text).update_id for text in "абв")
    assert first is not None
    assert second is not None
    fake.faults.add(method="getUpdates", kind=Reordered())
    assert [update["update_id"] for update in await _poll(fake)] == [third, second, first]
    fake.faults.add(method="getUpdates", kind=Duplicates())
    assert [update["update_id"] for update in await _poll(fake, second)] == [first, second, third]


async def test_batches_bring_what_is_not_known_yet(fake: FakeTelegram, bot: Bot) -> None:
    anna = fake.person()
    anna.say("раз")
    fake.faults.add(method="getUpdates", kind=UnknownKind())
    assert "telepathy" in (await _poll(fake))[1]
    fake.faults.add(method="getUpdates", kind=UnknownFields())
    assert "aura" in (await _poll(fake))[0]["message"]["from"]
    fake.push_raw({"telepathy": {}})
    assert len(await bot.get_updates()) == 3


class Hook:
    """A webhook that fails as often as it is told."""

    def __init__(self) -> None:
        self.seen: list[int] = []
        self.secrets: set[str | None] = set()
        self.failures = 0

    async def receive(self, request: web.Request) -> web.Response:
        """Note an update."""
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        if self.failures:
            self.failures -= 1
            return web.Response(status=503)
        self.seen.append((await request.json())["update_id"])
        return web.Response()


@pytest.fixture
async def hook() -> Hook:
    """A webhook's log."""
    return Hook()


@pytest.fixture
async def address(hook: Hook) -> AsyncIterator[str]:
    """The address of the webhook."""
    app = web.Application()
    app.router.add_post("/hook", hook.receive)
    async with TestServer(app) as server:
        yield str(server.make_url("/hook"))


async def test_a_webhook_gets_updates_in_order_until_it_agrees(
    fake: FakeTelegram, bot: Bot, hook: Hook, address: str
) -> None:
    anna = fake.person()
    hook.failures = 2
    await bot.set_webhook(address, secret_token=SECRET)
    numbers = [anna.say(text).update_id for text in "абв"]
    await fake.eventually(lambda: not fake.updates.pending())
    assert hook.seen == numbers
    assert hook.secrets == {SECRET}
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_message) == (
        0,
        "Wrong response from the webhook: 503 Service Unavailable",
    )


async def test_a_webhook_may_get_an_update_twice(fake: FakeTelegram, bot: Bot, hook: Hook, address: str) -> None:
    fake.faults.add(method="webhook", kind=Duplicates())
    await bot.set_webhook(address)
    number = fake.person().say("раз").update_id
    await fake.eventually(lambda: not fake.updates.pending())
    assert hook.seen == [number, number]


async def test_a_webhook_and_polling_exclude_each_other(fake: FakeTelegram, bot: Bot, address: str) -> None:
    poll = asyncio.ensure_future(bot.get_updates(timeout=5))
    await fake.eventually(lambda: fake.calls_of("getUpdates"))
    await bot.set_webhook(address)
    with pytest.raises(TelegramConflictError, match="setWebhook"):
        await poll
    with pytest.raises(TelegramConflictError, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == []
