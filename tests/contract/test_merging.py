"""Texts that wait for more of the same, and are answered together."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.ids import TranscriptId
from bot.domain.messages import Event
from bot.services.ports import HandledTurn, UnitOfWorkFactory
from tests.contract.samples import ANN, BOB, NOON, handled, message, said

SOON = NOON + timedelta(seconds=2)
PATIENCE = timedelta(seconds=8)


async def hold(open_uow: UnitOfWorkFactory, *events: Event, until: datetime | None = SOON) -> None:
    """Store events that wait for more."""
    async with open_uow() as uow:
        await uow.transcript.accept(events, ready_at=[until] * len(events))
        await uow.commit()


async def ready_ids(open_uow: UnitOfWorkFactory, now: datetime, patience: timedelta = PATIENCE) -> list[str]:
    """Ask which events may be answered at `now`."""
    async with open_uow() as uow:
        return [stored.event.id for stored in await uow.transcript.waiting(64, now=now, patience=patience)]


async def test_a_text_waits_until_it_is_ready(open_uow: UnitOfWorkFactory) -> None:
    await hold(open_uow, said("1"))
    assert await ready_ids(open_uow, NOON) == []
    assert await ready_ids(open_uow, SOON) == ["1"]


async def test_what_is_no_text_does_not_wait(open_uow: UnitOfWorkFactory) -> None:
    await hold(open_uow, said("1"), until=None)
    await hold(open_uow, said("2"))
    assert await ready_ids(open_uow, NOON) == ["1"]


async def test_every_further_text_makes_the_first_wait_longer(open_uow: UnitOfWorkFactory) -> None:
    await hold(open_uow, said("1"))
    await hold(open_uow, said("2"), until=SOON + timedelta(seconds=1))
    assert await ready_ids(open_uow, SOON) == []
    assert await ready_ids(open_uow, SOON + timedelta(seconds=1)) == ["1"]


async def test_patience_ends_with_somebody_who_never_stops(open_uow: UnitOfWorkFactory) -> None:
    await hold(open_uow, said("1"))
    await hold(open_uow, said("2"), until=SOON + timedelta(hours=1))
    assert await ready_ids(open_uow, SOON + PATIENCE - timedelta(microseconds=1)) == []
    assert await ready_ids(open_uow, SOON + PATIENCE) == ["1"]


async def test_others_do_not_wait_for_somebody_who_types(open_uow: UnitOfWorkFactory) -> None:
    await hold(open_uow, said("1"))
    await hold(open_uow, said("2", BOB), until=None)
    assert await ready_ids(open_uow, NOON) == ["2"]


async def test_without_a_time_nothing_waits(open_uow: UnitOfWorkFactory) -> None:
    await hold(open_uow, said("1"))
    async with open_uow() as uow:
        assert len(await uow.transcript.waiting(64)) == 1


async def test_texts_right_behind_one_are_found_in_order(open_uow: UnitOfWorkFactory) -> None:
    await hold(open_uow, said("1"), said("b", BOB), said("2", text="second"), said("3"))
    await hold(open_uow, said("4"), until=None)
    await hold(open_uow, said("5"))
    async with open_uow() as uow:
        heads = await uow.transcript.waiting(64)
        found = await uow.transcript.following(heads)
    ann, bob = heads
    assert (ann.event.sender, bob.event.sender) == (ANN, BOB)
    assert [stored.event.id for stored in found[ann.id]] == ["2", "3"]
    assert found[ann.id][0].event == said("2", text="second")
    assert list(found[bob.id]) == []


async def test_events_answered_together_are_all_handled(open_uow: UnitOfWorkFactory) -> None:
    await hold(open_uow, said("1"), said("2"), said("3"))
    async with open_uow() as uow:
        (first,) = await uow.transcript.waiting(64)
        second, third = (await uow.transcript.following([first]))[first.id]
        turn = handled(third, message(third))
        await uow.transcript.record([_merging(turn, first.id, second.id)])
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.transcript.waiting(64) == []
        assert dict(await uow.transcript.count_by_status()) == {"in:handled": 3, "out:queued": 1}


def _merging(turn: HandledTurn, *merged: TranscriptId) -> HandledTurn:
    return replace(turn, merged=merged)
