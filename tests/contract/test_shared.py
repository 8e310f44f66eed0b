"""Feedback and timers, and the turns that change them."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.actions import Action
from bot.domain.errors import RejectedError
from bot.domain.feedback import Feedback
from bot.domain.messages import Address
from bot.domain.timer import Timer
from bot.services.ports import UnitOfWork, UnitOfWorkFactory
from tests.contract.samples import ANN, BOB, NOON, accept, answer_all, counts, handled, said, waiting_ids

LATER = NOON + timedelta(hours=3)


def _feedback(comment: str, *, sender: Address = ANN, begun_by: str = "1", given_at: datetime = NOON) -> Feedback:
    return Feedback(sender=sender, begun_by=begun_by, rating=5, comment=comment, given_at=given_at)


def _timer(key: str, *, address: Address = ANN, due_at: datetime = NOON) -> Timer:
    return Timer(key=key, address=address, due_at=due_at, action=Action("feedback.remind", (key, "а:б")))


async def _comments(open_uow: UnitOfWorkFactory) -> list[str]:
    async with open_uow() as uow:
        return [feedback.comment for feedback in await uow.feedback.all()]


async def _due(open_uow: UnitOfWorkFactory, now: datetime = LATER) -> list[Timer]:
    async with open_uow() as uow:
        return list(await uow.timers.take_due(now, limit=100))


async def _spoil_a_turn(uow: UnitOfWork, *done: Feedback | Timer) -> None:
    async with uow.turn():
        for thing in done:
            if isinstance(thing, Feedback):
                await uow.feedback.add(thing)
            else:
                await uow.timers.set(thing)
        raise ZeroDivisionError


async def test_feedback_of_one_filling_in_is_kept_once(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        assert await uow.feedback.add(_feedback("спасибо"))
        assert not await uow.feedback.add(_feedback("once more"))
        await uow.commit()
    async with open_uow() as uow:
        assert not await uow.feedback.add(_feedback("and again", given_at=LATER))
        assert await uow.feedback.all() == [_feedback("спасибо")]


async def test_feedback_of_other_people_and_other_times_is_kept_too(open_uow: UnitOfWorkFactory) -> None:
    just_after = NOON + timedelta(microseconds=1)
    given = [
        _feedback("a"),
        _feedback("b", begun_by="2", given_at=just_after),
        _feedback("c", sender=BOB, given_at=LATER),
    ]
    async with open_uow() as uow:
        assert [await uow.feedback.add(feedback) for feedback in given] == [True] * 3
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.feedback.all() == given
        assert await uow.feedback.of(ANN) == given[:2]
        assert await uow.feedback.of(Address(ANN.channel, "nobody", "nobody")) == []


async def test_feedback_is_read_oldest_first(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        await uow.feedback.add(_feedback("late", given_at=LATER))
        await uow.feedback.add(_feedback("early", sender=BOB))
        await uow.commit()
    assert await _comments(open_uow) == ["early", "late"]


async def test_timers_fall_due_earliest_first_and_once(open_uow: UnitOfWorkFactory) -> None:
    early, late = _timer("a", due_at=LATER), _timer("b", due_at=LATER + timedelta(microseconds=1))
    async with open_uow() as uow:
        await uow.timers.set(late)
        await uow.timers.set(early)
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.timers.next_due_at() == LATER
        assert await uow.timers.take_due(LATER - timedelta(microseconds=1), limit=10) == []
        assert await uow.timers.take_due(LATER + timedelta(days=1), limit=1) == [early]
        await uow.commit()
    assert await _due(open_uow, LATER + timedelta(days=1)) == [late]


async def test_a_timer_set_again_is_moved(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        await uow.timers.set(_timer("a"))
        await uow.timers.set(_timer("a", due_at=LATER))
        await uow.timers.set(_timer("a", address=BOB))
        await uow.commit()
    assert await _due(open_uow) == [_timer("a", address=BOB), _timer("a", due_at=LATER)]


async def test_a_cancelled_timer_does_not_fall_due(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        await uow.timers.set(_timer("a"))
        await uow.timers.set(_timer("b"))
        await uow.commit()
    async with open_uow() as uow:
        await uow.timers.cancel(ANN, "a")
        await uow.timers.cancel(ANN, "never set")
        await uow.timers.cancel(BOB, "b")
        await uow.commit()
    assert await _due(open_uow) == [_timer("b")]


async def test_without_timers_nothing_is_due(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        assert await uow.timers.next_due_at() is None
    assert await _due(open_uow) == []


async def test_timers_taken_without_commit_fall_due_again(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        await uow.timers.set(_timer("a"))
        await uow.commit()
    await _due(open_uow)
    assert await _due(open_uow) == [_timer("a")]


async def test_a_turn_that_ends_well_keeps_what_it_did(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        async with uow.turn():
            await uow.feedback.add(_feedback("f1"))
        async with uow.turn():
            await uow.timers.set(_timer("a"))
        await uow.commit()
    assert await _comments(open_uow) == ["f1"]
    assert await _due(open_uow) == [_timer("a")]


async def test_an_exception_spoils_only_its_own_turn(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"), said("2", BOB))
    async with open_uow() as uow:
        first, second = await uow.transcript.waiting(10)
        async with uow.turn():
            await uow.feedback.add(_feedback("kept"))
            await uow.timers.set(_timer("moved"))
        with pytest.raises(ZeroDivisionError):
            await _spoil_a_turn(
                uow,
                _feedback("spoilt", sender=BOB),
                _timer("moved", due_at=LATER + timedelta(days=9)),
                _timer("spoilt", address=BOB),
            )
        async with uow.turn():
            await uow.feedback.add(_feedback("also kept", begun_by="2", given_at=LATER))
        await uow.transcript.record([handled(first), handled(second, outcome="failed")])
        await uow.commit()
    assert await _comments(open_uow) == ["kept", "also kept"]
    assert await _due(open_uow) == [_timer("moved")]
    assert await counts(open_uow) == {"in:handled": 2}


async def test_who_was_met_in_a_spoilt_turn_can_be_met_again(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        with pytest.raises(ZeroDivisionError):
            await _spoil_a_turn(uow, _feedback("f1"))
        async with uow.turn():
            assert await uow.feedback.add(_feedback("f1"))
        await uow.commit()
    assert await _comments(open_uow) == ["f1"]


async def test_values_that_are_rejected_spoil_only_their_own_turn(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        await uow.transcript.accept([said("1")])
        with pytest.raises(RejectedError):
            await _rate_in_a_turn(uow, replace(_feedback("f1"), rating=6))
        await _rate_in_a_turn(uow, _feedback("f1"))
        await uow.commit()
    assert await _comments(open_uow) == ["f1"]
    assert await waiting_ids(open_uow) == ["1"]


async def _rate_in_a_turn(uow: UnitOfWork, feedback: Feedback) -> None:
    async with uow.turn():
        await uow.feedback.add(feedback)


async def test_a_turn_that_touches_nothing_costs_nothing(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        with pytest.raises(ZeroDivisionError):
            await _spoil_a_turn(uow)
        await uow.transcript.accept([said("1")])
        await uow.commit()
    assert await waiting_ids(open_uow) == ["1"]


async def test_turns_without_commit_are_undone(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow, uow.turn():
        await uow.feedback.add(_feedback("f1"))
    assert await _comments(open_uow) == []


async def test_units_of_work_of_many_tasks_all_count(open_uow: UnitOfWorkFactory) -> None:
    senders = [Address(ANN.channel, str(number), "u") for number in range(40)]
    accepted = await asyncio.gather(*(accept(open_uow, said(one.chat_id, one), said("same", one)) for one in senders))
    assert [first for first, _ in accepted] == [True] * 40
    assert [second for _, second in accepted].count(True) == 1
    assert await counts(open_uow) == {"in:waiting": 41}


async def test_a_due_timer_becomes_an_event_in_one_transaction(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        await uow.timers.set(_timer("a"))
        await uow.commit()
    async with open_uow() as uow:
        due = await uow.timers.take_due(LATER, limit=10)
        await uow.transcript.accept([said(timer.key, timer.address) for timer in due])
        await uow.commit()
    await answer_all(open_uow)
    assert await counts(open_uow) == {"in:handled": 1, "out:queued": 1}
