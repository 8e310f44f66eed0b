"""What becomes of messages on their way: doubt, people who are gone, what waits."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeAlias

import pytest

from bot.domain.actions import Action
from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.messages import ContactShared, Edited, Event, Pressed, Standing, StandingChanged, Started
from bot.services.ports import UnitOfWork, UnitOfWorkFactory
from tests.contract.samples import ANN, BOB, CONSOLE, NOON, accept, answer_all, counts, said, unsent_texts

Step: TypeAlias = Callable[[UnitOfWork], Awaitable[None]]
NOW = TranscriptId(2**62)
"""Behind everything there is."""


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


async def test_who_blocked_us_is_unreachable_until_they_write(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1", name="Ann"))
    async with open_uow() as uow:
        assert await uow.people.is_reachable(ANN)
        assert await uow.people.mark_unreachable(ANN, reason="blocked", at=NOON, unless_after=NOW)
        await uow.commit()
    await answer_all(open_uow)
    async with open_uow() as uow:
        assert not await uow.people.is_reachable(ANN)
        assert [item.is_unreachable for item in await uow.transcript.unsent([CONSOLE], now=NOON, limit=9)] == [True]
    await accept(open_uow, said("2"))
    async with open_uow() as uow:
        assert await uow.people.is_reachable(ANN)
        assert [item.is_unreachable for item in await uow.transcript.unsent([CONSOLE], now=NOON, limit=9)] == [False]


async def read_after(open_uow: UnitOfWorkFactory) -> TranscriptId:
    """Ask for the newest row that there was when a message was read."""
    async with open_uow() as uow:
        return next(iter(await uow.transcript.unsent([CONSOLE], now=NOON, limit=1))).read_after


async def refuse(open_uow: UnitOfWorkFactory, after: TranscriptId) -> bool:
    """Mark Ann in a unit of work of its own, for a try that began `after` a row; tell whether it holds."""
    async with open_uow() as uow:
        holds = await uow.people.mark_unreachable(ANN, reason="blocked", at=NOON, unless_after=after)
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.people.is_reachable(ANN) is not holds
    return holds


@pytest.mark.parametrize(
    "event",
    [
        said("2"),
        Pressed(id="2", sender=ANN, at=NOON, action=Action("help.open")),
        Started(id="2", sender=ANN, at=NOON),
        ContactShared(id="2", sender=ANN, at=NOON, phone="+79120000000"),
        StandingChanged(id="2", sender=ANN, at=NOON, standing=Standing.ALLOWED),
    ],
    ids=lambda event: type(event).__name__,
)
@pytest.mark.parametrize("is_answered", [False, True])
async def test_who_wrote_after_the_try_began_is_not_marked_for_its_refusal(
    open_uow: UnitOfWorkFactory, event: Event, *, is_answered: bool
) -> None:
    await accept(open_uow, said("1"))
    await answer_all(open_uow)
    began_after = await read_after(open_uow)
    await accept(open_uow, event)
    if is_answered:
        await answer_all(open_uow)
    assert not await refuse(open_uow, began_after)
    assert await refuse(open_uow, await read_after(open_uow))


@pytest.mark.parametrize(
    "event",
    [
        said("2", BOB),
        Edited(id="2", sender=ANN, at=NOON, text="hi"),
        StandingChanged(id="2", sender=ANN, at=NOON, standing=Standing.LEFT),
    ],
    ids=["somebody else", "edited", "left"],
)
async def test_what_does_not_say_that_they_are_back_does_not_keep_the_mark_away(
    open_uow: UnitOfWorkFactory, event: Event
) -> None:
    await accept(open_uow, said("1"))
    await answer_all(open_uow)
    began_after = await read_after(open_uow)
    await accept(open_uow, event)
    assert await refuse(open_uow, began_after)


@pytest.mark.parametrize("is_heard_first", [True, False])
async def test_who_writes_while_they_are_being_marked_can_be_written_to(
    open_uow: UnitOfWorkFactory, *, is_heard_first: bool
) -> None:
    await accept(open_uow, said("1"))
    await answer_all(open_uow)
    began_after = await read_after(open_uow)

    async def hear(uow: UnitOfWork) -> None:
        await uow.transcript.accept([said("2")])

    async def mark(uow: UnitOfWork) -> None:
        await uow.people.mark_unreachable(ANN, reason="blocked", at=NOON, unless_after=began_after)

    await overlapping(open_uow, *((hear, mark) if is_heard_first else (mark, hear)))
    async with open_uow() as uow:
        assert await uow.people.is_reachable(ANN)


async def overlapping(open_uow: UnitOfWorkFactory, first: Step, second: Step) -> None:
    """Let the second begin while the first is done and not committed; it has time to end if nothing keeps it."""

    async def do_second() -> None:
        async with open_uow() as uow:
            await second(uow)
            await uow.commit()

    async with asyncio.TaskGroup() as tasks, open_uow() as uow:
        await first(uow)
        meanwhile = tasks.create_task(do_second())
        await asyncio.wait([meanwhile], timeout=0.1)
        await uow.commit()


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
