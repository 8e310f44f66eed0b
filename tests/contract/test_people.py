"""Who can be written to, whatever comes first: a refusal, or what they write."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import pytest

from bot.domain.actions import Action
from bot.domain.ids import TranscriptId
from bot.domain.messages import ContactShared, Edited, Event, Pressed, Standing, StandingChanged, Started
from bot.services.ports import UnitOfWork, UnitOfWorkFactory
from tests.contract.samples import (
    ANN,
    BOB,
    CONSOLE,
    NOON,
    accept,
    answer_all,
    said,
)

Step: TypeAlias = Callable[[UnitOfWork], Awaitable[None]]
NOW = TranscriptId(2**62)
"""Behind everything there is."""


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
