"""What becomes of messages on their way: doubt, people who are gone, what waits."""

from datetime import timedelta

import pytest

from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.messages import Standing, StandingChanged
from bot.services.ports import UnitOfWorkFactory
from tests.contract.samples import ANN, BOB, CONSOLE, NOON, accept, answer_all, counts, said, unsent_texts


async def queued_ids(open_uow: UnitOfWorkFactory, *, after: int = 0) -> list[TranscriptId]:
    """Ask what is queued."""
    async with open_uow() as uow:
        return [item.id for item in await uow.transcript.unsent([CONSOLE], now=NOON, limit=64, after=after)]


async def doubts(open_uow: UnitOfWorkFactory) -> list[bool]:
    """Ask of what is queued whether it may have arrived."""
    async with open_uow() as uow:
        return [item.was_unknown for item in await uow.transcript.unsent([CONSOLE], now=NOON, limit=64)]


async def test_messages_behind_one_are_found(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"), said("2", BOB))
    await answer_all(open_uow)
    first, second = await queued_ids(open_uow)
    assert await queued_ids(open_uow, after=first) == [second]


async def test_what_was_on_its_way_when_we_died_may_have_arrived(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"), said("2", BOB))
    await answer_all(open_uow)
    first, _ = await queued_ids(open_uow)
    async with open_uow() as uow:
        await uow.transcript.begin([first], at=NOON)
        await uow.commit()
    assert await doubts(open_uow) == [False, False]
    async with open_uow() as uow:
        assert await uow.transcript.doubt_begun([ChannelName("telegram")]) == 0
        assert await uow.transcript.doubt_begun([CONSOLE]) == 1
        await uow.commit()
    assert await doubts(open_uow) == [True, False]
    async with open_uow() as uow:
        assert await uow.transcript.doubt_begun([CONSOLE]) == 0


async def test_a_message_that_was_sent_is_not_doubted(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"))
    await answer_all(open_uow)
    (message,) = await queued_ids(open_uow)
    async with open_uow() as uow:
        await uow.transcript.begin([message], at=NOON)
        await uow.transcript.mark_sent({message: "7"}, at=NOON)
        assert await uow.transcript.doubt_begun([CONSOLE]) == 0


async def test_an_unknown_outcome_is_a_state_of_its_own(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"))
    await answer_all(open_uow)
    (message,) = await queued_ids(open_uow)
    async with open_uow() as uow:
        await uow.transcript.mark_unknown(message, error="cut", retry_at=NOON + timedelta(seconds=5))
        await uow.commit()
    assert await queued_ids(open_uow) == []
    async with open_uow() as uow:
        later = NOON + timedelta(seconds=5)
        (item,) = await uow.transcript.unsent([CONSOLE], now=later, limit=64)
        assert (item.was_unknown, item.attempts) == (True, 1)
        await uow.transcript.mark_unknown(message, error="cut again", retry_at=None)
        await uow.commit()
    assert await counts(open_uow) == {"in:handled": 1, "out:unknown": 1}


async def test_all_that_is_queued_to_somebody_can_be_given_up(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"), said("2", BOB))
    await answer_all(open_uow, 2)
    async with open_uow() as uow:
        assert await uow.transcript.give_up(ANN, error="blocked") == 2
        await uow.commit()
    assert [chat for chat, _ in await unsent_texts(open_uow)] == [BOB.chat_id, BOB.chat_id]
    async with open_uow() as uow:
        assert await uow.transcript.give_up(ANN, error="blocked") == 0


async def test_who_blocked_us_is_unreachable_until_they_write(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1", name="Ann"))
    async with open_uow() as uow:
        assert await uow.people.is_reachable(ANN)
        await uow.people.mark_unreachable(ANN, reason="blocked", at=NOON)
        await uow.commit()
    await answer_all(open_uow)
    async with open_uow() as uow:
        assert not await uow.people.is_reachable(ANN)
        assert [item.is_unreachable for item in await uow.transcript.unsent([CONSOLE], now=NOON, limit=9)] == [True]
    await accept(open_uow, said("2"))
    async with open_uow() as uow:
        assert await uow.people.is_reachable(ANN)
        assert [item.is_unreachable for item in await uow.transcript.unsent([CONSOLE], now=NOON, limit=9)] == [False]


@pytest.mark.parametrize(
    ("standing", "is_reachable"),
    [(Standing.BLOCKED, False), (Standing.ALLOWED, True), (Standing.LEFT, False), (Standing.REMOVED, False)],
)
async def test_standing_tells_who_can_be_written_to(
    open_uow: UnitOfWorkFactory, standing: Standing, *, is_reachable: bool
) -> None:
    blocked = StandingChanged(id="1", sender=ANN, at=NOON, standing=Standing.BLOCKED)
    await accept(open_uow, said("0"), blocked)
    await accept(open_uow, StandingChanged(id="2", sender=ANN, at=NOON, standing=standing))
    async with open_uow() as uow:
        assert await uow.people.is_reachable(ANN) == is_reachable


async def test_whoever_is_met_by_blocking_us_is_unreachable(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, StandingChanged(id="1", sender=ANN, at=NOON, standing=Standing.BLOCKED))
    async with open_uow() as uow:
        assert not await uow.people.is_reachable(ANN)
        assert await uow.people.is_reachable(BOB)


async def test_a_message_is_found_by_its_name(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"))
    await answer_all(open_uow, 2)
    async with open_uow() as uow:
        _, second = await uow.transcript.unsent([CONSOLE], now=NOON, limit=9)
        found = await uow.transcript.message(second.message.answers, 1)
        assert found == second.message
        assert await uow.transcript.message(second.message.answers, 2) is None
        assert await uow.transcript.is_message(second.id, ANN)
        assert not await uow.transcript.is_message(second.id, BOB)
        assert not await uow.transcript.is_message(second.message.answers, ANN)


async def test_the_backlog_tells_what_waits_since_when(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        assert (await uow.transcript.backlog()).oldest_waiting_at is None
    await accept(open_uow, said("1"), said("2"), said("3", BOB))
    await answer_all(open_uow)
    async with open_uow() as uow:
        backlog = await uow.transcript.backlog()
    assert (backlog.waiting, backlog.queued) == (1, 2)
    assert backlog.oldest_waiting_at == NOON
    assert backlog.oldest_queued_at == NOON + timedelta(seconds=1)


async def test_bookmarks_are_kept(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        assert await uow.bookmarks.read("vk:ts") is None
        await uow.bookmarks.write("vk:ts", "1")
        await uow.bookmarks.write("vk:ts", "2")
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.bookmarks.read("vk:ts") == "2"


async def test_dead_letters_are_told_the_latest_first(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"), said("2", BOB))
    await answer_all(open_uow, 3)
    first, second, third, fourth, fifth, _ = await queued_ids(open_uow)
    async with open_uow() as uow:
        await uow.transcript.mark_failed(first, error="refused", retry_at=None)
        await uow.transcript.mark_failed(second, error="busy", retry_at=NOON)
        await uow.transcript.mark_unknown(third, error="cut", retry_at=None)
        await uow.transcript.mark_unknown(fourth, error="hang", retry_at=NOON)
        await uow.transcript.mark_unknown(fifth, error="hang", retry_at=NOON)
        await uow.transcript.mark_sent({fifth: "7"}, at=NOON)
        await uow.commit()
    async with open_uow() as uow:
        dead = await uow.transcript.dead_letters(10)
        assert await uow.transcript.dead_letters(2) == dead[:2]
    assert [(letter.status, letter.error) for letter in dead] == [
        ("sent", ""), ("queued", "hang"), ("unknown", "cut"), ("failed", "refused"),
    ]  # fmt: skip
    assert {(letter.channel, letter.said_at) for letter in dead} == {(CONSOLE, NOON + timedelta(seconds=1))}
