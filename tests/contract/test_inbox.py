"""Events come in once, wait in order, and are handled once."""

from dataclasses import replace

import pytest

from bot.domain.actions import Action
from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.messages import (
    Address,
    Attached,
    AttachmentKind,
    ContactShared,
    Event,
    Pressed,
    Said,
    Started,
    Woke,
)
from bot.services.ports import UnitOfWorkFactory
from tests.contract.samples import ANN, BOB, NOON, accept, answer_all, counts, handled, said, waiting_ids


async def test_a_new_event_is_accepted_and_waits(open_uow: UnitOfWorkFactory) -> None:
    assert await accept(open_uow, said("1")) == [True]
    assert await waiting_ids(open_uow) == ["1"]


async def test_a_repeat_is_refused_also_within_one_batch(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"))
    assert await accept(open_uow, said("1"), said("2"), said("2", BOB)) == [False, True, False]
    assert await counts(open_uow) == {"in:waiting": 2}


async def test_a_repeat_is_refused_after_it_was_handled(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"))
    await answer_all(open_uow)
    assert await accept(open_uow, said("1")) == [False]
    assert await waiting_ids(open_uow) == []


async def test_ids_of_two_channels_do_not_meet(open_uow: UnitOfWorkFactory) -> None:
    elsewhere = Address(ChannelName("vk"), "c1", "ann")
    assert await accept(open_uow, said("1"), said("1", elsewhere)) == [True, True]


async def test_nothing_is_accepted_from_nothing(open_uow: UnitOfWorkFactory) -> None:
    assert await accept(open_uow) == []


async def test_a_conversation_has_one_event_at_a_time_the_oldest_first(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("b1", BOB), said("a1"), said("a2"), said("b2", BOB))
    assert await waiting_ids(open_uow) == ["b1", "a1"]
    await answer_all(open_uow)
    assert await waiting_ids(open_uow) == ["a2", "b2"]


async def test_one_person_in_two_chats_has_two_conversations(open_uow: UnitOfWorkFactory) -> None:
    group = Address(ANN.channel, "group", ANN.user_id)
    await accept(open_uow, said("1"), said("2", group))
    assert await waiting_ids(open_uow) == ["1", "2"]


async def test_no_more_are_taken_than_asked_for(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, *(said(str(number), Address(ANN.channel, str(number), "u")) for number in range(5)))
    assert await waiting_ids(open_uow, limit=3) == ["0", "1", "2"]


async def test_many_events_keep_their_order(open_uow: UnitOfWorkFactory) -> None:
    names = [f"n{number}" for number in range(2500)]
    accepted = await accept(open_uow, *(said(name, Address(ANN.channel, name, "u")) for name in names))
    assert accepted == [True] * len(names)
    assert await waiting_ids(open_uow, limit=5000) == names


@pytest.mark.parametrize(
    "event",
    [
        Said(id="1", sender=ANN, at=NOON, text="Как заменить фильтр? 🧶\n\n'\"%:\\", language="ru", is_group=True),
        Pressed(id="1", sender=ANN, at=NOON, action=Action("feedback.rate", ("5", "", "a:b%c"))),
        Started(id="1", sender=ANN, at=NOON, payload="spring"),
        Attached(id="1", sender=ANN, at=NOON, kind=AttachmentKind.PHOTO, reference="r.jpg", caption="чек"),
        ContactShared(id="1", sender=ANN, at=NOON, phone="+79120000000"),
        Woke(id="1", sender=ANN, at=NOON, action=Action("feedback.remind")),
    ],
    ids=lambda event: type(event).__name__,
)
async def test_an_event_comes_back_as_it_was(open_uow: UnitOfWorkFactory, event: Event) -> None:
    await accept(open_uow, event)
    async with open_uow() as uow:
        (stored,) = await uow.transcript.waiting(1)
    assert stored.event == event


async def test_the_last_known_name_comes_with_the_event(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1", name="Ann"))
    await accept(open_uow, said("2"))
    async with open_uow() as uow:
        assert [stored.event.name for stored in await uow.transcript.waiting(1)] == ["Ann"]
    await accept(open_uow, said("3", name="Anna"))
    async with open_uow() as uow:
        assert [stored.event.name for stored in await uow.transcript.waiting(1)] == ["Anna"]


async def test_text_that_no_database_takes_spoils_nothing(open_uow: UnitOfWorkFactory) -> None:
    broken = Said(id="2", sender=BOB, at=NOON, text="a\0b\ud800", name="\0", language="\ud800")
    assert await accept(open_uow, said("1"), broken) == [True, True]
    assert await waiting_ids(open_uow) == ["1", "2"]


async def test_what_was_not_committed_never_happened(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        assert await uow.transcript.accept([said("1")]) == [True]
    assert await waiting_ids(open_uow) == []
    assert await accept(open_uow, said("1")) == [True]


async def test_a_turn_that_was_not_committed_is_taken_again(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"))
    async with open_uow() as uow:
        (event,) = await uow.transcript.waiting(1)
        await uow.transcript.record([handled(event)])
    assert await waiting_ids(open_uow) == ["1"]


async def test_a_failed_turn_is_handled_too(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"))
    async with open_uow() as uow:
        (event,) = await uow.transcript.waiting(1)
        await uow.transcript.record([handled(event, outcome="failed")])
        await uow.commit()
    assert await counts(open_uow) == {"in:handled": 1}


async def test_words_that_tell_who_somebody_is_are_not_kept(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1", text="Анна"), said("2", text="+79120000000"), said("3", BOB, text="hello"))
    async with open_uow() as uow:
        first, other = await uow.transcript.waiting(9)
        merged = (TranscriptId(first.id + 1),)
        await uow.transcript.record([replace(handled(first), is_private=True, merged=merged), handled(other)])
        await uow.commit()
    async with open_uow() as uow:
        assert [line.text for line in await uow.membership.privacy.said([ANN, BOB], limit=9)] == ["hello"]


async def test_an_event_is_found_by_the_id_of_its_channel(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"), said("2", BOB))
    async with open_uow() as uow:
        first, second = await uow.transcript.waiting(10)
        assert await uow.transcript.find(ANN.channel, "2") == second.id
        await uow.transcript.record([handled(first)])
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.transcript.find(ANN.channel, "1") == first.id
        assert await uow.transcript.event_id(first.id) == "1"
        assert await uow.transcript.find(ANN.channel, "3") is None
        assert await uow.transcript.find(ChannelName("vk"), "1") is None
        assert await uow.transcript.event_id(TranscriptId(999_999)) is None


async def test_several_commits_in_one_unit_of_work_all_count(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        await uow.transcript.accept([said("1")])
        await uow.commit()
        await uow.transcript.accept([said("2", BOB)])
        await uow.commit()
        await uow.transcript.accept([said("3", BOB)])
    assert await waiting_ids(open_uow) == ["1", "2"]
