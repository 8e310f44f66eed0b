"""Moves: what may become of a ticket, each from one state of it to the next. Pure; `now` and times are UTC.

Raises, from every move: DeskError, which says to whoever tried what to do instead.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain.desk.errors import NotHeldError, OwnTicketError, ResolvedError, StillOpenError, TakenError
from bot.domain.desk.ticket import HELD, QUEUED, Cause, Ticket, TicketState, same_account
from bot.domain.messages import Address


def claim(ticket: Ticket, *, by: Address, seat: Address, lease_until: datetime) -> Ticket:
    """Let `by` have it, to be worked on at `seat`; again is no harm, and moves it to another seat."""
    _must_be_open(ticket)
    if same_account(ticket.customer, by):
        raise OwnTicketError(ticket.id)
    if ticket.is_held and not ticket.is_held_by(by):
        raise TakenError(ticket)
    if ticket.is_held_by(by):
        lease = ticket.lease_until or (lease_until if ticket.owed_since is not None else None)
        return replace(ticket, seat=seat, state=_awake(ticket), lease_until=lease, snoozed_until=None)
    return replace(
        ticket,
        state=TicketState.CLAIMED,
        operator=by,
        last_operator=by,
        seat=seat,
        is_bot_on=False,
        lease_until=lease_until if ticket.owed_since is not None else None,
        snoozed_until=None,
    )


def answer(ticket: Ticket, *, by: Address, now: datetime) -> Ticket:
    """Note that the holder answered: nothing is owed, so the lease rests."""
    _must_be_held_by(ticket, by)
    return replace(
        _at_rest(ticket),
        state=TicketState.ANSWERING,
        owed_since=None,
        promised_at=None,
        answered_at=ticket.answered_at or now,
    )


def hear(ticket: Ticket, *, now: datetime, lease_until: datetime) -> Ticket:
    """Note that the customer wrote: an answer is owed, and who snoozed it is woken."""
    _must_be_open(ticket)
    owed = ticket.owed_since or now
    if not ticket.is_held:
        return replace(ticket, owed_since=owed)
    lease = ticket.lease_until or lease_until
    return replace(ticket, state=_awake(ticket), owed_since=owed, lease_until=lease, snoozed_until=None)


def snooze(ticket: Ticket, *, by: Address, until: datetime, promised_at: datetime) -> Ticket:
    """Put it off: nothing is owed until then, or until the customer writes. Who waits for an answer is promised one."""
    _must_be_held_by(ticket, by)
    promised = promised_at if ticket.owed_since is not None else None
    return replace(ticket, state=TicketState.SNOOZED, snoozed_until=until, lease_until=None, promised_at=promised)


def wake(ticket: Ticket, *, now: datetime, lease_until: datetime) -> Ticket:
    """End a snooze that is over; the holder owes a word."""
    if ticket.state is not TicketState.SNOOZED:
        return ticket
    owed = ticket.owed_since or now
    return replace(
        ticket,
        state=_awake(ticket),
        owed_since=owed,
        promised_at=None,
        lease_until=lease_until,
        snoozed_until=None,
    )


def transfer(ticket: Ticket, *, by: Address, to: Address, seat: Address, lease_until: datetime) -> Ticket:
    """Give it to a colleague, who has it at once."""
    _must_be_held_by(ticket, by)
    lease = lease_until if ticket.owed_since is not None else None
    return replace(
        ticket, state=_awake(ticket), operator=to, last_operator=to, seat=seat, lease_until=lease, snoozed_until=None
    )


def release(ticket: Ticket, *, promised_at: datetime | None) -> Ticket:
    """Put it back in the queue: given back, or its holder was silent for too long or is gone."""
    if not ticket.is_held:
        return ticket
    return replace(_at_rest(ticket), state=TicketState.WAITING, operator=None, seat=None, promised_at=promised_at)


def resolve(ticket: Ticket, *, now: datetime, reason: str) -> Ticket:
    """End it, whoever had it: the stretch of the human is over, and the bot answers again."""
    _must_be_open(ticket)
    return replace(
        _at_rest(ticket),
        state=TicketState.RESOLVED,
        resolved_at=now,
        reason=reason,
        operator=None,
        seat=None,
        owed_since=None,
        promised_at=None,
        is_bot_on=False,
    )


def take_back(ticket: Ticket, *, by: Address, now: datetime, lease_until: datetime) -> Ticket:
    """Note that an answer was taken back: one is owed again."""
    _must_be_held_by(ticket, by)
    return replace(ticket, owed_since=ticket.owed_since or now, lease_until=ticket.lease_until or lease_until)


def reopen(ticket: Ticket, *, cause: Cause, now: datetime, promised_at: datetime, topic: str = "") -> Ticket:
    """Open it again: it waits, for its last operator first. Without a `topic` it is about what it was about."""
    if ticket.is_open:
        raise StillOpenError(ticket.id)
    return replace(
        ticket,
        state=TicketState.REOPENED,
        cause=cause,
        owed_since=now,
        promised_at=promised_at,
        topic=topic or ticket.topic,
        opened_at=now,
        answered_at=None,
        resolved_at=None,
        reason="",
    )


def call_again(ticket: Ticket) -> Ticket:
    """Let a person come after all, where the bot was to go on."""
    return replace(ticket, is_bot_on=False)


def leave_to_bot(ticket: Ticket) -> Ticket:
    """Let the bot go on answering until somebody takes it."""
    if ticket.state not in QUEUED:
        return ticket
    return replace(ticket, is_bot_on=True)


def _at_rest(ticket: Ticket) -> Ticket:
    return replace(ticket, lease_until=None, snoozed_until=None)


def _awake(ticket: Ticket) -> TicketState:
    if ticket.state is not TicketState.SNOOZED:
        return ticket.state
    return TicketState.ANSWERING if ticket.answered_at is not None else TicketState.CLAIMED


def _must_be_open(ticket: Ticket) -> None:
    if not ticket.is_open:
        raise ResolvedError(ticket.id)


def _must_be_held_by(ticket: Ticket, by: Address) -> None:
    _must_be_open(ticket)
    if ticket.state not in HELD:
        raise NotHeldError(ticket.id)
    if not ticket.is_held_by(by):
        raise TakenError(ticket)
