"""What becomes of messages on their way: doubt, people who are gone, what waits."""

from datetime import timedelta

from bot.domain.ids import ChannelName, TranscriptId
from bot.services.ports import UnitOfWorkFactory
from tests.contract.samples import (
    ANN,
    BOB,
    CONSOLE,
    NOON,
    accept,
    answer_all,
    counts,
    handled,
    message,
    said,
    unsent_texts,
)


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
    assert await counts(open_uow) == {"in:handled": 2, "out:queued": 2, "out:unreachable": 2}
    async with open_uow() as uow:
        assert await uow.transcript.give_up(ANN, error="blocked") == 0


async def test_a_message_that_its_person_did_not_let_through_is_no_dead_letter(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"))
    await answer_all(open_uow, 3)
    first, second, _ = await queued_ids(open_uow)
    async with open_uow() as uow:
        await uow.transcript.mark_unreachable(first, error="blocked")
        await uow.transcript.mark_unknown(second, error="cut", retry_at=NOON)
        await uow.transcript.mark_unreachable(second, error="blocked")
        await uow.commit()
    assert await counts(open_uow) == {"in:handled": 1, "out:queued": 1, "out:unreachable": 2}
    async with open_uow() as uow:
        dead = await uow.transcript.dead_letters(10)
    assert [(letter.status, letter.error) for letter in dead] == [("unreachable", "blocked")]


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


async def test_what_is_queued_is_told_as_it_will_be_read(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"), said("2", BOB))
    async with open_uow() as uow:
        first, second = await uow.transcript.waiting(9)
        turns = [handled(first, message(first), message(first, 1)), handled(second), handled(first, message(second))]
        queued = await uow.transcript.record(turns)
        assert await uow.transcript.record([]) == []
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.transcript.unsent([CONSOLE], now=NOON, limit=9) == queued
    assert [item.message for item in queued] == [message(first), message(first, 1), message(second)]


async def test_an_event_tells_whether_more_waits_of_its_sender_or_for_them(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"), said("2"), said("3", BOB))
    told = []
    for _ in range(2):
        async with open_uow() as uow:
            told += [(each.event.id, each.is_followed, each.is_owed) for each in await uow.transcript.waiting(9)]
        await answer_all(open_uow)
    assert told == [("1", True, False), ("3", False, False), ("2", False, True)]


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
