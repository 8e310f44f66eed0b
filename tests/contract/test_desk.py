"""The desk's books: one open ticket a customer, changes that nobody overwrites, what was passed on and found again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.desk.moves import claim, resolve, snooze
from bot.domain.desk.ticket import Cause, Priority, Ticket, TicketChange, TicketEvent, TicketId, TicketState
from bot.domain.errors import BotError, ConflictError
from bot.domain.ids import TranscriptId
from bot.domain.messages import Address, Started
from bot.domain.staff import Role, StaffMember
from bot.services.desk.books import Note, Relay, Seat
from bot.services.desk.more_books import Block, Canned, Proposal, ProposalId, ProposalState, Score
from bot.services.ports import UnitOfWork, UnitOfWorkFactory
from tests.contract.samples import ANN, BOB, CONSOLE, DESK, NOON, handled, message, said

OP = Address(CONSOLE, "op1", "op1")
ROOM = Address(DESK.channel, "-100/7", "")
LATER = NOON + timedelta(minutes=15)


def _new(customer: Address = ANN, **more: object) -> Ticket:
    ticket = Ticket(
        id=TicketId(0),
        customer=customer,
        state=TicketState.WAITING,
        cause=Cause.WISH,
        opened_at=NOON,
        owed_since=NOON,
        topic="где «заказ»?",
        tags=("ёлка",),
    )
    return replace(ticket, **more)  # type: ignore[arg-type]


async def _store(open_uow: UnitOfWorkFactory, *tickets: Ticket) -> list[Ticket]:
    async with open_uow() as uow:
        stored = [await uow.desk.tickets.add(ticket) for ticket in tickets]
        await uow.commit()
    return stored


async def _keep(open_uow: UnitOfWorkFactory, ticket: Ticket) -> Ticket:
    async with open_uow() as uow:
        kept = await uow.desk.tickets.keep(ticket)
        await uow.commit()
    return kept


async def test_a_ticket_is_read_back_as_it_was_stored(open_uow: UnitOfWorkFactory) -> None:
    (stored,) = await _store(open_uow, _new(priority=Priority.HIGH, is_bot_on=True, promised_at=LATER))
    assert (stored.id, stored.version) == (1, 1)
    async with open_uow() as uow:
        assert await uow.desk.tickets.find(stored.id) == stored
        assert await uow.desk.tickets.open_of(ANN) == stored
        assert await uow.desk.tickets.last_of(ANN) == stored
        assert await uow.desk.tickets.open_of(BOB) is None
        assert await uow.desk.tickets.find(TicketId(7)) is None


async def test_a_claim_is_kept_and_found_by_the_account_from_any_chat(open_uow: UnitOfWorkFactory) -> None:
    (stored,) = await _store(open_uow, _new())
    claimed = await _keep(open_uow, claim(stored, by=OP, seat=ROOM, lease_until=LATER))
    assert claimed.version == 2
    async with open_uow() as uow:
        assert await uow.desk.tickets.held(Address(CONSOLE, "another chat", "op1")) == [claimed]
        assert await uow.desk.tickets.held(BOB) == []
        assert await uow.desk.tickets.held() == [claimed]
        assert await uow.desk.tickets.queue() == []
        snoozed = snooze(claimed, by=OP, until=LATER, promised_at=LATER)
        assert (await uow.desk.tickets.keep(snoozed)).version == 3


async def test_who_comes_second_with_a_change_has_to_read_again(open_uow: UnitOfWorkFactory) -> None:
    (stored,) = await _store(open_uow, _new())
    await _keep(open_uow, claim(stored, by=OP, seat=OP, lease_until=LATER))
    with pytest.raises(ConflictError):
        await _keep(open_uow, claim(stored, by=BOB, seat=BOB, lease_until=LATER))


async def test_a_customer_has_one_open_ticket(open_uow: UnitOfWorkFactory) -> None:
    (stored,) = await _store(open_uow, _new())
    with pytest.raises(BotError):
        await _store(open_uow, _new())
    await _keep(open_uow, resolve(stored, now=LATER, reason=""))
    (second,) = await _store(open_uow, _new())
    async with open_uow() as uow:
        assert await uow.desk.tickets.last_of(ANN) == second
        assert (await uow.desk.tickets.of(ANN))[-1] == second
        assert len(await uow.desk.tickets.of(ANN)) == 2
        assert await uow.desk.tickets.of(BOB) == []


async def test_the_queue_begins_with_the_most_urgent_and_then_the_oldest(open_uow: UnitOfWorkFactory) -> None:
    third = Address(CONSOLE, "c3", "cyd")
    await _store(
        open_uow,
        _new(owed_since=LATER),
        _new(BOB, priority=Priority.URGENT, owed_since=LATER),
        _new(third),
    )
    async with open_uow() as uow:
        assert [ticket.customer for ticket in await uow.desk.tickets.queue()] == [BOB, third, ANN]


async def test_the_log_keeps_who_did_what_in_order(open_uow: UnitOfWorkFactory) -> None:
    (stored,) = await _store(open_uow, _new())
    opened = TicketChange(ticket=stored.id, at=NOON, event=TicketEvent.OPENED, state=TicketState.WAITING, note="wish")
    taken = TicketChange(ticket=stored.id, at=LATER, event=TicketEvent.CLAIMED, state=TicketState.CLAIMED, by=OP)
    async with open_uow() as uow:
        before = uow.desk.tickets.is_touched
        await uow.desk.tickets.log(opened)
        await uow.desk.tickets.log(taken)
        assert (before, uow.desk.tickets.is_touched) == (False, True)
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.desk.tickets.changes(stored.id) == [opened, taken]
        assert await uow.desk.tickets.changes_since(LATER) == [taken]


async def test_a_conversation_tells_of_its_ticket_and_of_staff(open_uow: UnitOfWorkFactory) -> None:
    (stored,) = await _store(open_uow, _new())
    async with open_uow() as uow:
        await uow.staff.add(StaffMember(address=OP, role=Role.OPERATOR), at=NOON)
        await uow.commit()
    elsewhere = Address(CONSOLE, "room", "op1")
    assert await _hints(open_uow, ANN) == (True, False)
    async with open_uow() as uow:
        loaded = (await uow.conversations.load([elsewhere], language="en"))[elsewhere]
        await uow.conversations.save([loaded])
        await uow.commit()
    assert await _hints(open_uow, elsewhere) == (False, True)
    await _keep(open_uow, resolve(stored, now=LATER, reason=""))
    assert await _hints(open_uow, ANN) == (False, False)


async def _hints(open_uow: UnitOfWorkFactory, address: Address) -> tuple[bool, bool]:
    async with open_uow() as uow:
        conversation = (await uow.conversations.load([address], language="ru"))[address]
    assert conversation.language == ("en" if address.chat_id == "room" else "ru")
    return conversation.has_ticket, conversation.is_staff


async def _passed_on(uow: UnitOfWork, ticket: TicketId) -> TranscriptId:
    await uow.transcript.accept([said("e1")])
    (event,) = await uow.transcript.waiting(1)
    (queued,) = await uow.transcript.record([handled(event, message(event, to=ROOM))])
    await uow.transcript.mark_sent({queued.id: "42"}, at=NOON)
    await uow.desk.relays.add(Relay(event=event.id, ticket=ticket, source=ANN, ref="7", target=ROOM))
    await uow.desk.relays.add(Relay(event=event.id, ticket=ticket, source=ANN, ref="7", target=ROOM))
    return event.id


async def test_what_was_passed_on_is_found_from_both_sides(open_uow: UnitOfWorkFactory) -> None:
    (stored,) = await _store(open_uow, _new())
    async with open_uow() as uow:
        event = await _passed_on(uow, stored.id)
        await uow.commit()
    expected = Relay(event=event, ticket=stored.id, source=ANN, ref="7", target=ROOM)
    async with open_uow() as uow:
        assert await uow.desk.relays.of_message(ANN, "7") == [expected]
        assert await uow.desk.relays.of_message(ANN, "") == []
        assert await uow.desk.relays.of_message(BOB, "7") == []
        assert await uow.desk.relays.by_copy(ROOM, "42") == expected
        assert await uow.desk.relays.by_copy(ROOM, "43") is None
        assert await uow.desk.relays.copy_ref(expected) == "42"


async def test_seats_rooms_and_notes_are_kept(open_uow: UnitOfWorkFactory) -> None:
    (stored,) = await _store(open_uow, _new())
    seat = Seat(operator=OP, is_online=True, current=stored.id, since=NOON)
    note = Note(ticket=stored.id, at=NOON, by=OP, text="звонить после шести")
    async with open_uow() as uow:
        await uow.desk.seats.put(replace(seat, is_online=False))
        await uow.desk.seats.put(seat)
        await uow.desk.rooms.keep(ANN, ROOM)
        await uow.desk.notes.add(note)
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.desk.seats.get(OP) == seat
        assert await uow.desk.seats.get(ANN) is None
        assert await uow.desk.seats.all() == [seat]
        assert await uow.desk.rooms.of(ANN, channel=ROOM.channel) == ROOM
        assert await uow.desk.rooms.of(ANN, channel="vk") is None
        assert await uow.desk.rooms.customer(ROOM) == ANN
        assert await uow.desk.notes.of(stored.id) == [note]
        await uow.desk.rooms.drop(ROOM)
        assert await uow.desk.rooms.customer(ROOM) is None


async def test_the_last_score_of_a_ticket_counts(open_uow: UnitOfWorkFactory) -> None:
    (stored,) = await _store(open_uow, _new())
    async with open_uow() as uow:
        await uow.desk.scores.put(Score(ticket=stored.id, stars=2, at=NOON))
        await uow.desk.scores.put(Score(ticket=stored.id, stars=5, at=LATER, comment="ой, спасибо"))
        await uow.commit()
    async with open_uow() as uow:
        score = Score(ticket=stored.id, stars=5, at=LATER, comment="ой, спасибо")
        assert await uow.desk.scores.of(stored.id) == score
        assert await uow.desk.scores.since(LATER) == [score]
        assert await uow.desk.scores.since(LATER + timedelta(seconds=1)) == []


async def test_a_block_is_kept_until_it_is_lifted(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        await uow.desk.blocks.put(Block(customer=ANN, until=None, reason="спам", by=OP, at=NOON))
        await uow.desk.blocks.put(Block(customer=ANN, until=LATER, reason="спам", by=OP, at=NOON))
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.desk.blocks.of(ANN) == Block(customer=ANN, until=LATER, reason="спам", by=OP, at=NOON)
        assert await uow.desk.blocks.of(BOB) is None
        assert [await uow.desk.blocks.lift(ANN), await uow.desk.blocks.lift(ANN)] == [True, False]
        assert await uow.desk.blocks.of(ANN) is None


async def test_canned_answers_are_kept_by_name(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        for name, text in (("срок", "Три дня."), ("адрес", "Лесная, 1"), ("срок", "Два дня.")):
            await uow.desk.canned.put(Canned(name=name, text=text, by=OP, at=NOON, kind="photo", reference="a b"))
        await uow.commit()
    async with open_uow() as uow:
        found = [(each.name, each.text, each.kind, each.reference) for each in await uow.desk.canned.all()]
        assert found == [("адрес", "Лесная, 1", "photo", "a b"), ("срок", "Два дня.", "photo", "a b")]
        assert [await uow.desk.canned.remove("срок"), await uow.desk.canned.remove("срок")] == [True, False]


async def test_a_proposed_answer_waits_until_it_is_decided(open_uow: UnitOfWorkFactory) -> None:
    (stored,) = await _store(open_uow, _new())
    wanted = Proposal(id=ProposalId(0), ticket=stored.id, question="а где?", answer="там", by=OP, at=NOON)
    async with open_uow() as uow:
        first, second = await uow.desk.proposals.add(wanted), await uow.desk.proposals.add(wanted)
        await uow.desk.proposals.keep(replace(first, answer="тут", state=ProposalState.APPROVED))
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.desk.proposals.open() == [second]
        decided = await uow.desk.proposals.get(first.id)
        assert decided == replace(first, answer="тут", state=ProposalState.APPROVED)
        assert await uow.desk.proposals.get(ProposalId(99)) is None


async def test_the_platforms_name_of_somebody_is_remembered(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        await uow.transcript.accept([replace(said("n1"), name="Аня К.")])
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.people.name(ANN) == "Аня К."
        assert await uow.people.name(BOB) == ""


async def test_who_is_forgotten_leaves_nothing_at_the_desk_but_the_counts(open_uow: UnitOfWorkFactory) -> None:
    (stored,) = await _store(open_uow, _new(reason="звонили"))
    async with open_uow() as uow:
        await _passed_on(uow, stored.id)
        await uow.desk.notes.add(Note(ticket=stored.id, at=NOON, by=OP, text="живёт на Лесной"))
        await uow.desk.scores.put(Score(ticket=stored.id, stars=2, at=NOON, comment="я Анна"))
        await uow.desk.blocks.put(Block(customer=ANN, until=None, reason="спам", by=OP, at=NOON))
        await uow.desk.rooms.keep(ANN, ROOM)
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.desk.forget([ANN, BOB]) == 1
        await uow.commit()
    async with open_uow() as uow:
        ticket = await uow.desk.tickets.find(stored.id)
        assert ticket is not None
        assert (ticket.topic, ticket.tags, ticket.reason) == ("", (), "")
        assert [note.text for note in await uow.desk.notes.of(stored.id)] == [""]
        score = await uow.desk.scores.of(stored.id)
        assert score is not None
        assert (score.stars, score.comment) == (2, "")
        assert await uow.desk.blocks.of(ANN) is None
        assert await uow.desk.rooms.customer(ROOM) is None
        assert all(line.text == "" for line in await uow.transcript.recent(ROOM, limit=9))
        assert await uow.desk.forget([BOB]) == 0


async def test_the_last_link_that_somebody_followed_is_known(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        links = [
            Started(id=f"s{number}", sender=ANN, at=NOON, payload=each) for number, each in enumerate(("a", "b", ""))
        ]
        await uow.transcript.accept(links)
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.people.came_by(ANN) == "b"
        assert await uow.people.came_by(BOB) == ""
