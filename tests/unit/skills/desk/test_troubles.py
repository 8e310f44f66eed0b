"""Troubles at a desk: rooms that are gone, people who left, answers past us."""

from datetime import timedelta

import pytest

from bot.domain.desk.terms import DeskTerms
from bot.domain.desk.ticket import TicketEvent, TicketId
from bot.domain.messages import Address, HumanReplied, Standing, StandingChanged
from tests.fakes.talk import keys
from tests.unit.skills.desk.office import CONSOLE, Office, called, taken, to

ROOM = Address(CONSOLE, "room", "")


def put_out(office: Office) -> StandingChanged:
    """The bot is put out of the room."""
    return StandingChanged(
        id="gone", sender=ROOM, at=office.clock.now(), is_group=True, is_addressed=False, standing=Standing.REMOVED
    )


async def test_who_worked_in_a_room_that_is_gone_goes_on_in_private() -> None:
    office = await Office(DeskTerms(rooms=(ROOM,))).open()
    room = office.talk("op", chat="room")
    await office.ann.say("позовите человека")
    await room.say("/take 1")
    said = await room.happen(put_out(office))
    assert to(said, office.chief) == ["desk-room-gone(room=console:room)"]
    assert to(said, office.op) == ["desk-room-left(ticket=1)", "desk-card(channel=console, name=Ann, ticket=1)"]
    assert to(await office.ann.say("алло?"), office.op) == ["desk-said(name=Ann, ticket=1)"]
    assert to(await office.op.say("слушаю"), office.ann) == ["слушаю"]


async def leave(office: Office) -> None:
    """The operator is none of the staff any more."""
    async with office.database.unit_of_work() as uow:
        await uow.staff.remove(office.op.me)
        await uow.commit()


async def test_what_somebody_put_off_who_left_goes_back_to_the_others() -> None:
    office = await taken()
    await office.op.say("/hold 1h")
    await leave(office)
    said = await office.ann.wait(timedelta(hours=1))
    assert to(said, office.op) == []
    assert to(said, office.other) == ["desk-returned(ticket=1)"]
    assert to(said, office.ann) == ["desk-new-promise(when=desk-until-today(day=23.11, time=17:00))"]


async def test_who_left_hears_no_more_of_what_they_had() -> None:
    office = await taken()
    await office.op.say("сейчас узнаю")
    await office.ann.say("жду")
    await office.op.say("/close")
    await leave(office)
    assert to(await office.ann.press("people.score:1:5"), office.op) == []


async def test_a_promise_of_who_left_is_warned_of_to_the_others() -> None:
    office = await called(DeskTerms(lease=timedelta(hours=2)))
    await office.op.say("/take 1")
    await leave(office)
    said = await office.ann.wait(timedelta(minutes=50))
    assert to(said, office.op) == []
    assert to(said, office.other) == ["desk-promise-near(minutes=10, ticket=1)"]


async def test_what_is_said_is_shown_once_in_the_topic_of_two_rooms() -> None:
    other, topic = Address(CONSOLE, "other", ""), Address(CONSOLE, "room/1", "")
    office = await Office(DeskTerms(rooms=(ROOM, other))).open()
    await office.ann.say("позовите человека")
    async with office.database.unit_of_work() as uow:
        await uow.desk.rooms.keep(office.ann.me, topic)
        await uow.commit()
    assert to(await office.ann.say("алло?"), topic) == ["алло?"]


async def test_without_leaders_all_who_answer_hear_that_a_room_is_gone() -> None:
    office = await Office(DeskTerms(rooms=(ROOM,))).open()
    async with office.database.unit_of_work() as uow:
        await uow.staff.remove(office.chief.me)
        await uow.commit()
    assert (
        keys(await office.talk("op", chat="room").happen(put_out(office))) == ["desk-room-gone(room=console:room)"] * 2
    )


def past_us(office: Office, number: int = 1) -> HumanReplied:
    """Somebody answers Ann by the platform's own inbox."""
    return HumanReplied(id=f"h{number}", sender=office.ann.me, at=office.clock.now(), text="это мы", author="777")


async def test_who_had_it_hears_that_it_is_answered_past_us_once() -> None:
    office = await taken()
    assert to(await office.ann.happen(past_us(office)), office.op) == ["desk-answered-outside(ticket=1)"]
    assert await office.ann.happen(past_us(office, 2)) == []
    office = await called()
    assert to(await office.ann.happen(past_us(office)), office.other) == ["desk-answered-outside(ticket=1)"]


async def test_a_form_does_not_remind_of_itself_while_a_person_has_the_conversation() -> None:
    office = await Office().open()
    await office.ann.say("/feedback")
    await office.ann.happen(past_us(office))
    assert to(await office.ann.wait(timedelta(hours=2)), office.ann) == []
    await office.op.say("/close 1")
    assert to(await office.ann.say("доставка"), office.ann) != []


async def test_any_operator_gives_back_or_takes_what_is_answered_past_us() -> None:
    office = await called()
    await office.ann.happen(past_us(office))
    assert keys(await office.op.say("/close 1"))[0] == "desk-closed(ticket=1)"
    await office.ann.happen(past_us(office, 2))
    assert keys(await office.op.say("/take 1"))[0] == "desk-took(ticket=1)"
    assert to(await office.op.say("теперь я"), office.ann) == ["теперь я"]
    assert keys(await office.other.say("/close 1")) == ["desk-taken(ticket=1)"]


@pytest.mark.parametrize(
    ("command", "until"),
    [
        ("/ban 7 дней спам", "30.11 15:00"),
        ("/ban 7d спам", "30.11 15:00"),
        ("/ban 3h спам", "23.11 18:00"),
        ("/ban 1 2 дня спам", "25.11 15:00"),
        ("/ban 999d спам", "24.11.2027 15:00"),
    ],
)
async def test_a_block_lasts_as_long_as_was_typed(command: str, until: str) -> None:
    office = await taken()
    assert keys(await office.op.say(command))[0] == f"desk-banned(ticket=1, when={until})"


async def test_a_number_alone_is_a_ticket_and_no_time() -> None:
    office = await taken()
    assert keys(await office.op.say("/ban 7 спам")) == ["desk-ban-for-good"]
    assert keys(await office.chief.say("/ban 7 спам")) == ["desk-no-such(ticket=7)"]
    assert keys(await office.chief.say("/ban 1 спам"))[0] == "desk-banned(ticket=1, when=none)"


async def test_nobody_of_the_staff_is_blocked() -> None:
    office = await Office().open()
    await office.other.say("позовите человека")
    for talk in (office.other, office.op):
        assert keys(await talk.say("/ban 1 7d спам")) == ["desk-ban-staff"]
    assert await office.other.say("доставка") != []


async def test_what_is_blocked_for_good_is_lifted_by_who_leads() -> None:
    office = await taken()
    await office.chief.say("/ban 1 угрозы")
    assert keys(await office.op.say("/unban 1")) == ["desk-unban-leader"]
    assert keys(await office.chief.say("/unban 1"))[0] == "desk-unbanned(ticket=1)"


async def test_who_blocked_and_who_lifted_it_is_kept() -> None:
    office = await taken()
    await office.op.say("/ban 2d спам")
    await office.chief.say("/unban 1")
    async with office.database.unit_of_work() as uow:
        log = await uow.desk.tickets.changes(TicketId(1))
    done = [(change.event, change.by) for change in log if "blocked" in change.event]
    assert done == [(TicketEvent.BLOCKED, office.op.me), (TicketEvent.UNBLOCKED, office.chief.me)]


@pytest.mark.parametrize("command", ["/close 1", "/ban 1 7d спам"])
async def test_who_had_it_hears_that_somebody_else_ended_it(command: str) -> None:
    office = await taken()
    assert to(await office.chief.say(command), office.op) == ["desk-ended-by-other(ticket=1)"]
    office = await taken()
    assert "desk-ended-by-other(ticket=1)" not in to(await office.op.say(command), office.op)
