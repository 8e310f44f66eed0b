"""Updates by long polling: stored before they are confirmed, whatever happens."""

import asyncio
import logging
import random
from contextlib import suppress

import pytest
from aiogram.exceptions import TelegramConflictError

from bot.channels.telegram.channel import TelegramChannel
from bot.domain.errors import ConfigurationError, RejectedError, StorageError
from bot.domain.messages import Pressed, Said
from tests.fakes.telegram import (
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
from tests.fakes.telegram.faults import Kind
from tests.integration.channels.telegram.opened import CountingMeter, Store, opened, receiving
from tests.unit.channels.telegram.messages import buttons, queued
from tests.unit.channels.telegram.mutation import mutate
from tests.unit.channels.telegram.recorded import RECORDED

WIRE: list[Kind] = [
    Http429(retry_after=1),
    Http5xx(),
    Http5xx(status=503, performs=True),
    Http502(),
    Http502(performs=True),
    Hang(),
    Cut(),
    CutAfter(),
    Slow(seconds=0.05),
    Garbage(),
    Garbage(performs=True),
    Unauthorized(),
    Conflict(),
]
BATCH: list[Kind] = [Duplicates(), Reordered(), UnknownKind(), UnknownFields()]


async def test_update_is_confirmed_after_it_was_stored(
    fake: FakeTelegram, channel: TelegramChannel, store: Store
) -> None:
    anna = fake.person()
    anna.say("раз")
    store.may_store.clear()
    async with receiving(channel, store):
        await fake.eventually(lambda: [call for call in fake.calls_of("getUpdates") if call.performed])
        assert fake.updates.confirmed == []
        store.may_store.set()
        await fake.eventually(lambda: len(fake.updates.confirmed) == 1)
    assert store.texts == ["раз"]


async def test_only_known_kinds_are_asked_for(fake: FakeTelegram, channel: TelegramChannel, store: Store) -> None:
    async with receiving(channel, store):
        await fake.eventually(lambda: fake.calls_of("getUpdates"))
        anna = fake.person()
        said = anna.say("раз")
        await store.wait(1)
        anna.react(said, "👍")
        anna.block()
        await store.wait(3)
    assert store.texts == ["раз", "Reacted", "StandingChanged"]
    assert fake.updates.unwanted == []


@pytest.mark.parametrize("kind", WIRE, ids=str)
@pytest.mark.parametrize("method", ["getUpdates", "getMe", "deleteWebhook"])
async def test_fault_on_the_wire_is_survived(fake: FakeTelegram, store: Store, method: str, kind: Kind) -> None:
    anna = fake.person()
    anna.say("раз")
    fake.faults.add(kind=kind, method=method)
    async with opened(fake, timeout_seconds=0.5) as channel, receiving(channel, store):
        await store.wait(1)
        anna.say("два")
        await store.wait(2)
        await fake.eventually(lambda: len(fake.updates.confirmed) == 2)
    assert store.texts == ["раз", "два"]


@pytest.mark.parametrize("kind", BATCH, ids=str)
async def test_odd_batches_are_taken_in_order(
    fake: FakeTelegram, channel: TelegramChannel, store: Store, kind: Kind
) -> None:
    anna = fake.person()
    anna.say("раз")
    async with receiving(channel, store):
        await fake.eventually(lambda: len(fake.updates.confirmed) == 1)
        store.may_store.clear()
        anna.say("ждём")
        await fake.eventually(lambda: fake.calls_of("getUpdates")[-1].performed)
        fake.faults.add(kind=kind, method="getUpdates")
        anna.say("два")
        anna.say("три")
        store.may_store.set()
        await store.wait(4)
        anna.say("четыре")
        await store.wait(5)
        await fake.eventually(lambda: fake.updates.pending() == [])
    assert store.texts == ["раз", "ждём", "два", "три", "четыре"]


async def test_unknown_kind_is_counted_and_confirmed(
    fake: FakeTelegram, channel: TelegramChannel, store: Store, meter: CountingMeter
) -> None:
    fake.push_raw({"telepathy": {"thought": "..."}})
    fake.push_raw({"message": {"text": "без чата"}})
    async with receiving(channel, store):
        await fake.eventually(lambda: len(fake.updates.confirmed) == 2)
    assert meter.kinds == {"unknown": 1, "broken": 1}
    assert store.events == []


async def test_thousand_broken_updates_are_confirmed_and_what_follows_is_heard(
    fake: FakeTelegram, channel: TelegramChannel, store: Store
) -> None:
    chance = random.Random(5)  # noqa: S311 -- the same mutations every time
    recorded = list(RECORDED.values())
    for _ in range(1_000):
        mutated = mutate(chance.choice(recorded), chance)
        fake.push_raw({name: value for name, value in dict(mutated).items() if name != "update_id"})
    fake.person().say("последнее")
    async with receiving(channel, store):
        await fake.eventually(lambda: len(fake.updates.confirmed) == 1_001)
    assert store.texts[-1] == "последнее"


async def test_platform_that_is_down_for_a_while_is_waited_for(
    fake: FakeTelegram, channel: TelegramChannel, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    anna = fake.person()
    async with receiving(channel, store):
        await fake.eventually(lambda: fake.calls_of("getUpdates"))
        await fake.stop()
        anna.say("раз")
        await asyncio.sleep(0.2)
        await fake.start()
        await store.wait(1)
    assert [record.message.split()[0] for record in caplog.records if "telegram." in record.message][1:] == [
        "telegram.failed",
        "telegram.recovered",
    ]
    assert fake.token not in caplog.text


async def test_token_that_is_not_known_ends_it(fake: FakeTelegram, store: Store) -> None:
    async with opened(fake, token="1:wrong") as channel:  # noqa: S106 -- opens nothing
        with pytest.raises(ConfigurationError, match="KLUBOK_TELEGRAM__TOKEN"):
            await channel.receive(store.accept)


async def test_token_that_is_revoked_ends_it(fake: FakeTelegram, channel: TelegramChannel, store: Store) -> None:
    async with receiving(channel, store) as task:
        await fake.eventually(lambda: fake.calls_of("getUpdates"))
        fake.faults.add(kind=Unauthorized(), times=None)
        fake.person().say("раз")
        with pytest.raises(ConfigurationError, match="KLUBOK_TELEGRAM__TOKEN"):
            await task


async def test_second_poller_is_said_once_and_waited_out(
    fake: FakeTelegram, channel: TelegramChannel, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with receiving(channel, store):
        await fake.eventually(lambda: fake.calls_of("getUpdates"))
        async with client(fake) as other:
            for _ in range(3):
                with suppress(TelegramConflictError):  # one of the two, by turns
                    await other.get_updates(timeout=1)
        fake.person().say("раз")
        await store.wait(1)
    said = [record for record in caplog.records if "telegram.conflict" in record.message]
    assert [record.levelname for record in said] == ["ERROR"]
    assert "telegram.recovered after=conflict" in caplog.text


async def test_webhook_left_behind_is_deleted(fake: FakeTelegram, channel: TelegramChannel, store: Store) -> None:
    async with client(fake) as earlier:
        await earlier.set_webhook("https://klubok.example/hook")
    fake.person().say("раз")
    async with receiving(channel, store):
        await store.wait(1)
    assert fake.world.bot.webhook.url == ""


async def test_nothing_is_confirmed_while_nothing_can_be_stored(
    fake: FakeTelegram, channel: TelegramChannel, caplog: pytest.LogCaptureFixture
) -> None:
    anna = fake.person()
    anna.say("раз")
    store = Store(*[StorageError("database is locked")] * 5)
    async with receiving(channel, store):
        await store.wait(1)
        await fake.eventually(lambda: len(fake.updates.confirmed) == 1)
    assert store.repeats == []
    said = [record.message.split()[0] for record in caplog.records if record.levelno >= logging.WARNING]
    assert said == ["telegram.stopped", "telegram.resumed"]


async def test_event_that_is_never_taken_does_not_keep_the_others(
    fake: FakeTelegram, channel: TelegramChannel, store: Store, meter: CountingMeter
) -> None:
    anna = fake.person()
    ids = [str(anna.say(text).update_id) for text in ("раз", "два", "три")]
    store.poison[ids[1]] = RejectedError("no such value")
    async with receiving(channel, store):
        await store.wait(2)
        await fake.eventually(lambda: len(fake.updates.confirmed) == 3)
    assert store.texts == ["раз", "три"]
    assert meter.kinds == {"broken": 1}


async def test_event_refused_for_the_sake_of_others_is_not_lost(
    fake: FakeTelegram, channel: TelegramChannel, meter: CountingMeter
) -> None:
    fake.person().say("раз")
    store = Store(*[RejectedError("somebody else's value")] * 3)
    async with receiving(channel, store):
        await store.wait(1)
    assert not meter.kinds


async def test_press_is_stored_and_answered(fake: FakeTelegram, channel: TelegramChannel, store: Store) -> None:
    anna = fake.person(has_started=True)
    await channel.send([queued("Да?", chat=anna.id, buttons=buttons(2))])
    async with receiving(channel, store):
        press = anna.press(anna.messages[-1], "b1")
        event = (await store.wait(1))[0]
        await fake.eventually(lambda: press.answer is not None)
    assert isinstance(event, Pressed)
    assert (event.action.name, event.action.args, event.ref) == ("a.do", ("1",), str(anna.messages[-1].id))


async def test_press_that_cannot_be_answered_is_stored_all_the_same(
    fake: FakeTelegram, channel: TelegramChannel, store: Store
) -> None:
    anna = fake.person(has_started=True)
    await channel.send([queued("Да?", chat=anna.id, buttons=buttons(1))])
    fake.faults.add(kind=Http502(), method="answerCallbackQuery")
    async with receiving(channel, store):
        anna.press(anna.messages[-1], "b0")
        await store.wait(1)
        await fake.eventually(lambda: fake.calls_of("answerCallbackQuery"))
        press = anna.press(anna.messages[-1], "b0")
        await fake.eventually(lambda: press.answer is not None)


async def test_offset_is_given_only_while_there_is_something_to_confirm(
    fake: FakeTelegram, store: Store, channel: TelegramChannel
) -> None:
    async with receiving(channel, store):
        said = fake.person().say("раз")
        await store.wait(1)
        await fake.eventually(lambda: len(fake.calls_of("getUpdates")) >= 3, seconds=5)
    offsets = [call.parameters.get("offset") for call in fake.calls_of("getUpdates")]
    assert said.update_id is not None
    assert offsets.count(said.update_id + 1) == 1
    assert offsets[-1] is None


async def test_receiving_ends_when_it_is_cancelled(fake: FakeTelegram, channel: TelegramChannel, store: Store) -> None:
    async with receiving(channel, store) as task:
        await fake.eventually(lambda: fake.calls_of("getUpdates"))
        task.cancel()
        async with asyncio.timeout(1):
            with pytest.raises(asyncio.CancelledError):
                await task


async def test_everything_people_do_arrives_as_events(
    fake: FakeTelegram, channel: TelegramChannel, store: Store, meter: CountingMeter
) -> None:
    anna = fake.person()
    async with receiving(channel, store):
        await fake.eventually(lambda: fake.calls_of("getUpdates"))
        said = anna.start("ref_1")
        anna.say("привет")
        anna.send_photo(caption="чек")
        anna.send_album(2)
        anna.send_document()
        anna.send_voice()
        anna.send_sticker()
        anna.send_location(55.75, 37.62)
        anna.send_contact()
        anna.edit(said, "иначе")
        anna.react(said, "👍")
        anna.block()
        anna.unblock()
        await store.wait(14)
    assert store.texts == [
        *["Started", "привет", *["Attached"] * 7, "ContactShared", "иначе", "Reacted"],
        *["StandingChanged"] * 2,
    ]
    assert not meter.kinds
    assert isinstance(store.events[1], Said)
