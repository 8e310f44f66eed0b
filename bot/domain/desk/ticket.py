"""Ticket: a conversation that a person of the brand is to answer, as a state machine. Pure.

::

    waiting ──claim──> claimed ──answer──> answering ──resolve──> resolved
       ^  ^               │  ^                │   ^                  │
       │  └──release──────┴──┼────────────────┘   │                  │ reopen
       │                     └──────wake──────────┼── snoozed        v
       └──────────────────────────────────────────┴────────────── reopened (waits like waiting, its last operator first)

A holder owes an answer while `owed_since` is set; then, and only then, the lease runs.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.messages import Address

TicketId = NewType("TicketId", int)


class TicketState(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    ANSWERING = "answering"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"
    REOPENED = "reopened"


QUEUED = frozenset({TicketState.WAITING, TicketState.REOPENED})
"""Somebody has to take it."""
HELD = frozenset({TicketState.CLAIMED, TicketState.ANSWERING, TicketState.SNOOZED})
"""Somebody has it."""


class Cause(StrEnum):
    """Who or what called a person."""

    WISH = "wish"
    DOUBT = "doubt"
    ANGER = "anger"
    DISPUTE = "dispute"
    INBOX = "inbox"


class Priority(StrEnum):
    """How soon it is to be answered."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"

    @property
    def rank(self) -> int:
        """The most urgent first, from 0."""
        return _RANKS.index(self)


_RANKS = (Priority.URGENT, Priority.HIGH, Priority.NORMAL, Priority.LOW)


class TicketEvent(StrEnum):
    """What changed a ticket, or was done about it."""

    OPENED = "opened"
    CLAIMED = "claimed"
    ANSWERED = "answered"
    HEARD = "heard"
    SNOOZED = "snoozed"
    WOKEN = "woken"
    RELEASED = "released"
    EXPIRED = "expired"
    TRANSFERRED = "transferred"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"
    LEFT_TO_BOT = "left_to_bot"
    NOTED = "noted"
    TAGGED = "tagged"
    PROMISED = "promised"
    WARNED = "warned"
    RATED = "rated"
    TAKEN_BACK = "taken_back"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """`customer` is where they are reached; `operator` the private chat of who holds it; `seat` is the chat, topic or
    room where the holder works on it.

    `opened_at` is when it was opened, or opened again; `promised_at` is what the customer was told, `lease_until` when
    a silent holder loses it. With `is_bot_on` the bot goes on answering while nobody holds it. `version` grows with
    every change; 0 was never stored.
    """

    id: TicketId
    customer: Address
    state: TicketState
    cause: Cause
    opened_at: datetime
    priority: Priority = Priority.NORMAL
    topic: str = ""
    tags: tuple[str, ...] = ()
    operator: Address | None = None
    last_operator: Address | None = None
    seat: Address | None = None
    owed_since: datetime | None = None
    promised_at: datetime | None = None
    lease_until: datetime | None = None
    snoozed_until: datetime | None = None
    answered_at: datetime | None = None
    resolved_at: datetime | None = None
    reason: str = ""
    is_bot_on: bool = False
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it is not over."""
        return self.state is not TicketState.RESOLVED

    @property
    def is_held(self) -> bool:
        """Whether somebody has it."""
        return self.state in HELD

    @property
    def is_held_outside(self) -> bool:
        """Whether somebody answers by the platform's own inbox, past us."""
        return self.is_held and self.seat == self.customer

    @property
    def silences_bot(self) -> bool:
        """Whether the customer talks to a person now, or waits for one and wants no bot meanwhile."""
        return self.is_held or (self.is_open and not self.is_bot_on)

    def is_held_by(self, operator: Address) -> bool:
        """Whether that account has it, from whichever chat it writes."""
        held = self.operator
        return self.is_held and held is not None and same_account(held, operator)


def same_account(one: Address, other: Address) -> bool:
    """Whether two addresses are of one account of a platform."""
    return (one.channel, one.user_id) == (other.channel, other.user_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketChange:
    """A line of a ticket's log; `by` is None for what happens by itself. `note` says more, in a few machine words."""

    ticket: TicketId
    at: datetime
    event: TicketEvent
    state: TicketState
    by: Address | None = None
    note: str = ""


def queue_order(ticket: Ticket) -> tuple[int, datetime, int]:
    """Sort key: the most urgent first, then who waits longest."""
    return (ticket.priority.rank, ticket.owed_since or ticket.opened_at, ticket.id)
