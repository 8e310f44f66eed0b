"""Updates by webhook: answered after they were stored, and only to Telegram."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer, unused_port

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.webhook import LARGEST_BODY, SECRET_HEADER
from bot.domain.errors import ConfigurationError, RejectedError, StorageError
from tests.fakes.telegram import Duplicates, FakeTelegram, Http5xx, Http429, Http502, Unauthorized
from tests.fakes.telegram.faults import Kind
from tests.integration.channels.telegram.opened import CountingMeter, Store, opened, receiving
from tests.unit.channels.telegram.messages import buttons, queued

SECRET = "only-the-platform-knows"  # noqa: S105 -- of the fake
PATH = "/hooks/telegram"


@pytest.fixture
def port() -> int:
    """Where our server listens."""
    return unused_port()


@pytest.fixture
def url(port: int) -> str:
    """Where Telegram calls."""
    return f"http://127.0.0.1:{port}{PATH}"


@pytest.fixture
async def channel(fake: FakeTelegram, meter: CountingMeter, url: str, port: int) -> AsyncIterator[TelegramChannel]:
    """The channel, by webhook, behind a server."""
    async with opened(fake, meter=meter, webhook_url=url, webhook_secret=SECRET) as one:
        app = web.Application()
        app.add_routes(one.routes)
        async with TestServer(app, port=port):
            yield one


async def post(url: str, body: bytes, *, secret: str | bytes = SECRET) -> int:
    """Call as Telegram, or as somebody else; the status."""
    value = secret if isinstance(secret, str) else secret.decode("utf-8", "surrogateescape")
    async with ClientSession() as session, session.post(url, data=body, headers={SECRET_HEADER: value}) as response:
        return response.status


async def test_update_is_confirmed_after_it_was_stored(
    fake: FakeTelegram, channel: TelegramChannel, store: Store
) -> None:
    anna = fake.person()
    anna.say("раз")
    store.may_store.clear()
    async with receiving(channel, store):
        await fake.eventually(lambda: fake.world.bot.webhook.url)
        anna.say("два")
        assert fake.updates.confirmed == []
        store.may_store.set()
        await fake.eventually(lambda: len(fake.updates.confirmed) == 2)
    assert store.texts == ["раз", "два"]
    assert fake.world.bot.webhook.secret == SECRET


async def test_reactions_come_by_webhook_too(fake: FakeTelegram, channel: TelegramChannel, store: Store) -> None:
    async with receiving(channel, store):
        await fake.eventually(lambda: fake.world.bot.webhook.url)
        anna = fake.person()
        anna.react(anna.say("раз"), "👍")
        await store.wait(2)


async def test_update_comes_again_until_it_is_stored(fake: FakeTelegram, channel: TelegramChannel) -> None:
    anna = fake.person()
    anna.say("раз")
    store = Store(*[StorageError("database is locked")] * 3)
    async with receiving(channel, store):
        await store.wait(1)
        await fake.eventually(lambda: len(fake.updates.confirmed) == 1)
    assert "503" in fake.world.bot.webhook.last_error
    assert store.repeats == []


async def test_event_that_is_never_taken_does_not_keep_the_others(
    fake: FakeTelegram, channel: TelegramChannel, store: Store, meter: CountingMeter
) -> None:
    anna = fake.person()
    store.poison[str(anna.say("раз").update_id)] = RejectedError("no such value")
    anna.say("два")
    async with receiving(channel, store):
        await store.wait(1)
    assert (store.texts, dict(meter.kinds)) == (["два"], {"broken": 1})


async def test_update_that_comes_twice_is_known(fake: FakeTelegram, channel: TelegramChannel, store: Store) -> None:
    fake.faults.add(kind=Duplicates(), method="webhook")
    fake.person().say("раз")
    async with receiving(channel, store):
        await fake.eventually(lambda: len(fake.updates.confirmed) == 1)
    assert (len(store.events), len(store.repeats)) == (1, 1)


async def test_press_is_answered(fake: FakeTelegram, channel: TelegramChannel, store: Store) -> None:
    anna = fake.person(has_started=True)
    await channel.send([queued("Да?", chat=anna.id, buttons=buttons(1))])
    async with receiving(channel, store):
        press = anna.press(anna.messages[-1], "b0")
        await fake.eventually(lambda: press.answer is not None)


@pytest.mark.parametrize("kind", [Http429(retry_after=1), Http5xx(), Http502(), Unauthorized()], ids=str)
async def test_webhook_is_set_however_often_it_has_to_be_tried(
    fake: FakeTelegram, channel: TelegramChannel, store: Store, kind: Kind
) -> None:
    fake.faults.add(kind=kind, method="setWebhook")
    fake.person().say("раз")
    async with receiving(channel, store):
        await store.wait(1)


async def test_address_that_telegram_refuses_ends_it(store: Store) -> None:
    async with FakeTelegram() as fake, opened(fake, webhook_url="http://klubok.example/hook") as one:
        with pytest.raises(ConfigurationError, match=r"KLUBOK_TELEGRAM__WEBHOOK_URL: .*HTTPS"):
            await one.receive(store.accept)


@pytest.mark.parametrize(
    ("secret", "body", "status"),
    [
        ("", b"{}", 401),
        ("wrong", b"{}", 401),
        ("секрет", b"{}", 401),
        (b"\xff\xfe", b"{}", 401),
        (SECRET, b"", 400),
        (SECRET, b"{", 400),
        (SECRET, b"\xff\xfe\x00", 400),
        (SECRET, b"[" * 100_000, 400),
        (SECRET, b"[1]", 400),
        (SECRET, b"{}", 200),
        (SECRET, b'{"update_id": 1, "message": {"text": 5}}', 200),
        (SECRET, b'{"update_id": 1}' + b" " * LARGEST_BODY, 413),
    ],
)
async def test_strangers_and_garbage_are_refused_cleanly(
    fake: FakeTelegram,
    channel: TelegramChannel,
    store: Store,
    url: str,
    *,
    secret: str | bytes,
    body: bytes,
    status: int,
) -> None:
    async with receiving(channel, store):
        await fake.eventually(lambda: fake.world.bot.webhook.url)
        assert await post(url, body, secret=secret) == status
    assert store.events == []


async def test_large_body_without_a_length_is_refused(
    fake: FakeTelegram, channel: TelegramChannel, store: Store, url: str
) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(LARGEST_BODY // 50_000 + 2):
            yield b" " * 50_000

    headers = {SECRET_HEADER: SECRET}
    async with receiving(channel, store):
        await fake.eventually(lambda: fake.world.bot.webhook.url)
        async with ClientSession() as session, session.post(url, data=pieces(), headers=headers) as response:
            assert response.status == 413


async def test_other_methods_are_not_allowed(channel: TelegramChannel, url: str) -> None:
    async with ClientSession() as session:
        for method in ("GET", "PUT", "DELETE"):
            async with session.request(method, url) as response:
                assert response.status == 405


async def test_before_and_after_receiving_telegram_is_asked_to_wait(
    fake: FakeTelegram, channel: TelegramChannel, store: Store, url: str
) -> None:
    assert await post(url, b"{}") == 503
    async with receiving(channel, store) as task:
        await fake.eventually(lambda: fake.world.bot.webhook.url)
        assert await post(url, b"{}") == 200
        task.cancel()
        await asyncio.wait([task])
    assert await post(url, b"{}") == 503


async def test_long_polling_has_no_routes(fake: FakeTelegram) -> None:
    async with opened(fake) as one:
        assert list(one.routes) == []
