"""What goes wrong while sending: what may be tried again is told from what may have arrived."""

import logging

import pytest

from bot.channels.telegram.channel import TelegramChannel, open_telegram
from bot.channels.telegram.options import TelegramOptions
from bot.domain.errors import (
    ChannelError,
    ConfigurationError,
    ThrottledError,
    UnknownOutcomeError,
    UnreachableError,
)
from bot.runtime.clock import SystemClock
from bot.services.channel import NoMeter, SendResult
from tests.fakes.telegram import (
    TOKEN,
    Conflict,
    Cut,
    CutAfter,
    FakeTelegram,
    Garbage,
    Hang,
    Http5xx,
    Http429,
    Http502,
    Slow,
    Unauthorized,
)
from tests.fakes.telegram.faults import Kind
from tests.integration.channels.telegram.opened import opened
from tests.unit.channels.telegram.messages import attached, buttons, queued


async def send(channel: TelegramChannel, text: str, **more: object) -> SendResult:
    return (await channel.send([queued(text, **more)]))[0]


def _patience(kind: Kind) -> float:
    """Seconds: a hang has to be sat through, nothing else may time out on a busy machine."""
    return 1.0 if isinstance(kind, Hang) else 20.0


FAULTS: list[tuple[Kind, type[ChannelError]]] = [
    (Http429(retry_after=7), ThrottledError),
    (Http5xx(), UnknownOutcomeError),
    (Http5xx(status=503), ChannelError),
    (Http5xx(status=504), UnknownOutcomeError),
    (Http502(), UnknownOutcomeError),
    (Hang(), UnknownOutcomeError),
    (Cut(), UnknownOutcomeError),
    (CutAfter(), UnknownOutcomeError),
    (Garbage(), UnknownOutcomeError),
    (Garbage(performs=True), UnknownOutcomeError),
    (Unauthorized(), ChannelError),
    (Conflict(), ChannelError),
]


@pytest.mark.parametrize(("kind", "error"), FAULTS, ids=[str(kind) for kind, _ in FAULTS])
@pytest.mark.parametrize("files", [(), (attached(),)], ids=["text", "photo"])
async def test_fault_has_its_meaning_and_is_over(
    fake: FakeTelegram, kind: Kind, error: type[ChannelError], files: tuple[object, ...]
) -> None:
    anna = fake.person(has_started=True)
    fault = fake.faults.add(kind=kind, method="sendPhoto" if files else "sendMessage")
    async with opened(fake, timeout_seconds=_patience(kind)) as channel:
        result = await send(channel, "раз", chat=anna.id, attachments=files)
        assert type(result) is error
        assert fault.used == 1
        fault.release()
        assert await send(channel, "два", chat=anna.id) == str(anna.messages[-1].id)
    assert anna.messages[-1].text == "два"


async def test_throttle_says_how_long(fake: FakeTelegram, channel: TelegramChannel) -> None:
    fake.faults.add(kind=Http429(retry_after=7), method="sendMessage")
    result = await send(channel, "раз", chat=fake.person(has_started=True).id)
    assert isinstance(result, ThrottledError)
    assert result.retry_after == 7.0


async def test_slow_answer_is_an_answer(fake: FakeTelegram, channel: TelegramChannel) -> None:
    fake.faults.add(kind=Slow(seconds=0.05), method="sendMessage")
    assert await send(channel, "раз", chat=fake.person(has_started=True).id) == "1"


async def test_request_that_did_not_go_out_may_be_tried_again(
    fake: FakeTelegram, channel: TelegramChannel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    anna = fake.person(has_started=True)
    await fake.stop()
    result = await send(channel, "раз", chat=anna.id)
    assert type(result) is ChannelError
    assert TOKEN not in f"{result} {caplog.text}"
    await fake.start()
    assert await send(channel, "раз", chat=anna.id) == "1"


@pytest.mark.parametrize("kind", [Hang(), Cut(), CutAfter(), Garbage(performs=True)], ids=str)
async def test_edit_may_always_be_tried_again(fake: FakeTelegram, kind: Kind) -> None:
    anna = fake.person(has_started=True)
    async with opened(fake, timeout_seconds=_patience(kind)) as channel:
        await send(channel, "раз", chat=anna.id, buttons=buttons(1))
        fault = fake.faults.add(kind=kind, method="editMessageText")
        result = await send(channel, "два", chat=anna.id, replaces="1")
        assert type(result) is ChannelError
        fault.release()
        assert await send(channel, "два", chat=anna.id, replaces="1") == "1"
    assert [message.text for message in anna.messages] == ["два"]


async def test_people_who_are_gone_are_unreachable(fake: FakeTelegram, channel: TelegramChannel) -> None:
    blocking, gone, stranger = (fake.person(has_started=True), fake.person(has_started=True), fake.person())
    blocking.block()
    gone.deactivate()
    chats = [blocking.id, gone.id, stranger.id, 99_999_999]
    results = [await send(channel, "раз", chat=chat) for chat in chats]
    assert [type(result) for result in results] == [UnreachableError] * 4
    blocking.unblock()
    assert isinstance(await send(channel, "раз", chat=blocking.id), str)


async def test_group_that_put_us_out_is_unreachable(fake: FakeTelegram, channel: TelegramChannel) -> None:
    anna = fake.person()
    group = fake.group(owner=anna)
    before = await send(channel, "раз", chat=group.id)
    group.add_bot(anna)
    group.remove_bot(anna)
    after = await send(channel, "раз", chat=group.id)
    assert [type(before), type(after)] == [UnreachableError] * 2


async def test_batch_has_a_result_for_each(fake: FakeTelegram, channel: TelegramChannel) -> None:
    anna, boris = fake.person(has_started=True), fake.person()
    results = await channel.send([queued("раз", chat=boris.id), queued("два", chat=anna.id)])
    assert [type(result) for result in results] == [UnreachableError, str]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"token": "no token"}, "KLUBOK_TELEGRAM__TOKEN"),
        ({"token": ""}, "KLUBOK_TELEGRAM__TOKEN"),
        ({"api_url": "api.telegram.org"}, "KLUBOK_TELEGRAM__API_URL"),
        ({"api_url": "http://["}, "KLUBOK_TELEGRAM__API_URL"),
        ({"api_url": "https:///bot"}, "KLUBOK_TELEGRAM__API_URL"),
        ({"webhook_url": "klubok.example/hook"}, "KLUBOK_TELEGRAM__WEBHOOK_URL"),
        ({"webhook_url": "https://klubok.example:port/hook"}, "KLUBOK_TELEGRAM__WEBHOOK_URL"),
        ({"webhook_url": "https://klubok.example/{hook"}, "KLUBOK_TELEGRAM__WEBHOOK_URL"),
        ({"webhook_url": "https://klubok.example"}, "KLUBOK_TELEGRAM__WEBHOOK_URL"),
        ({"webhook_secret": "секрет"}, "KLUBOK_TELEGRAM__WEBHOOK_SECRET"),
    ],
)
async def test_wrong_option_is_named_and_not_shown(options: dict[str, str], says: str) -> None:
    wrong = TelegramOptions(**{"token": TOKEN, **options})  # type: ignore[arg-type] # texts only
    with pytest.raises(ConfigurationError, match=says) as caught:
        async with open_telegram(wrong, meter=NoMeter(), clock=SystemClock()):
            pass
    assert "секрет" not in str(caught.value)
    assert TOKEN not in repr(TelegramOptions(token=TOKEN))


def test_secret_follows_from_the_token_unless_it_is_set() -> None:
    first, again, second = (TelegramOptions(token=token).secret for token in ("1:a", "1:a", "1:b"))
    assert first == again != second
    assert TelegramOptions(token=TOKEN, webhook_secret=first).secret == first
