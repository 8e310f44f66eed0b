"""Ratings of answers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import RejectedError
from bot.domain.ids import TranscriptId
from bot.domain.rating import Fault, Rating, Thumb
from bot.services.ports import UnitOfWork, UnitOfWorkFactory
from tests.contract.samples import ANN, BOB, NOON, accept, answer_all, said


async def _answered(open_uow: UnitOfWorkFactory) -> Rating:
    """Have Ann answered, and return a thumb up for it."""
    await accept(open_uow, said("1"))
    await answer_all(open_uow, replies=2)
    async with open_uow() as uow:
        event = await uow.transcript.find(ANN.channel, "1")
    assert event is not None
    return Rating(sender=ANN, answers=event, number=0, thumb=Thumb.UP, given_at=NOON)


async def _put(open_uow: UnitOfWorkFactory, *ratings: Rating) -> None:
    async with open_uow() as uow:
        for rating in ratings:
            await uow.ratings.put(rating)
        await uow.commit()


async def _all(open_uow: UnitOfWorkFactory) -> list[Rating]:
    async with open_uow() as uow:
        return list(await uow.ratings.all())


async def test_the_last_word_of_a_person_on_a_message_counts(open_uow: UnitOfWorkFactory) -> None:
    up = await _answered(open_uow)
    down = replace(up, thumb=Thumb.DOWN, fault=Fault.WRONG, given_at=NOON + timedelta(hours=1))
    await _put(open_uow, up, down)
    assert await _all(open_uow) == [down]
    await _put(open_uow, up)
    assert await _all(open_uow) == [up]


async def test_other_messages_and_other_people_are_rated_apart(open_uow: UnitOfWorkFactory) -> None:
    up = await _answered(open_uow)
    await _put(open_uow, replace(up, number=1, thumb=Thumb.DOWN), replace(up, sender=BOB), up)
    assert await _all(open_uow) == [up, replace(up, sender=BOB), replace(up, number=1, thumb=Thumb.DOWN)]


async def test_a_rating_of_nothing_is_refused(open_uow: UnitOfWorkFactory) -> None:
    up = await _answered(open_uow)
    for wrong in (replace(up, answers=TranscriptId(999)), replace(up, number=7), replace(up, fault=Fault.TOPIC)):
        with pytest.raises(RejectedError):
            await _put(open_uow, wrong)
    assert await _all(open_uow) == []


async def test_a_rating_of_a_spoilt_turn_is_undone(open_uow: UnitOfWorkFactory) -> None:
    up = await _answered(open_uow)
    async with open_uow() as uow:
        with pytest.raises(ZeroDivisionError):
            await _spoil(uow, up)
        await uow.commit()
    assert await _all(open_uow) == []


async def _spoil(uow: UnitOfWork, rating: Rating) -> None:
    async with uow.turn():
        await uow.ratings.put(rating)
        raise ZeroDivisionError
