"""Tables of the desk: tickets and their log, seats of the staff, what was passed on, rooms, notes."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

from bot.storage.append_only import keep
from bot.storage.columns import Instant, RowId
from bot.storage.metadata import metadata

tickets = Table(
    "tickets",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("customer_id", RowId, ForeignKey("contacts.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("priority", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("tags", Text, nullable=False),
    Column("operator_id", RowId, ForeignKey("contacts.id")),
    Column("last_operator_id", RowId, ForeignKey("contacts.id")),
    Column("seat_id", RowId, ForeignKey("contacts.id")),
    Column("opened_at", Instant, nullable=False),
    Column("owed_since", Instant),
    Column("promised_at", Instant),
    Column("lease_until", Instant),
    Column("snoozed_until", Instant),
    Column("answered_at", Instant),
    Column("resolved_at", Instant),
    Column("reason", Text, nullable=False),
    Column("is_bot_on", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint(
        "state IN ('waiting', 'claimed', 'answering', 'snoozed', 'resolved', 'reopened')",
        name="state",
    ),
    CheckConstraint("(state IN ('claimed', 'answering', 'snoozed')) = (operator_id IS NOT NULL)", name="operator"),
    CheckConstraint("(state = 'snoozed') = (snoozed_until IS NOT NULL)", name="snoozed"),
    CheckConstraint("(state = 'resolved') = (resolved_at IS NOT NULL)", name="resolved"),
    CheckConstraint("lease_until IS NULL OR state IN ('claimed', 'answering')", name="lease"),
    Index("ix_tickets_customer_id", "customer_id", "id"),
    sqlite_autoincrement=True,
)
"""`tags` are a JSON list; `topic` are the customer's own words, masked."""


def is_open(rows: Table) -> ColumnElement[bool]:
    """Condition of tickets that are not over. A literal, as partial indexes need it."""
    return rows.c.state != literal_column("'resolved'")


def _index_open(name: str, *columns: Column[object], is_unique: bool = False) -> None:
    Index(name, *columns, unique=is_unique, sqlite_where=is_open(tickets), postgresql_where=is_open(tickets))


_index_open("ix_tickets_open", tickets.c.customer_id, is_unique=True)
_index_open("ix_tickets_open_state", tickets.c.state, tickets.c.id)

ticket_events = Table(
    "ticket_events",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("ticket_id", RowId, ForeignKey("tickets.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("event", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("by_id", RowId, ForeignKey("contacts.id")),
    Column("note", Text, nullable=False),
    Index("ix_ticket_events_ticket_id", "ticket_id", "id"),
    Index("ix_ticket_events_at", "at"),
    sqlite_autoincrement=True,
)
keep(ticket_events)
"""`note` holds machine words only, nobody's own: it stays when a person is forgotten."""

desk_seats = Table(
    "desk_seats",
    metadata,
    Column("contact_id", RowId, ForeignKey("contacts.id"), primary_key=True, autoincrement=False),
    Column("is_online", Boolean, nullable=False),
    Column("current_id", RowId, ForeignKey("tickets.id")),
    Column("since", Instant, nullable=False),
)

relays = Table(
    "relays",
    metadata,
    Column("event_id", RowId, ForeignKey("transcript.id"), primary_key=True, autoincrement=False),
    Column("target_id", RowId, ForeignKey("contacts.id"), primary_key=True, autoincrement=False),
    Column("ticket_id", RowId, ForeignKey("tickets.id"), nullable=False),
    Column("source_id", RowId, ForeignKey("contacts.id"), nullable=False),
    Column("ref", Text, nullable=False),
    Index("ix_relays_source_id", "source_id", "ref"),
    Index("ix_relays_target_id", "target_id", "event_id"),
)

desk_rooms = Table(
    "desk_rooms",
    metadata,
    Column("customer_id", RowId, ForeignKey("contacts.id"), primary_key=True, autoincrement=False),
    Column("channel", Text, primary_key=True),
    Column("room_id", RowId, ForeignKey("contacts.id"), nullable=False),
    UniqueConstraint("room_id"),
)

ticket_notes = Table(
    "ticket_notes",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("ticket_id", RowId, ForeignKey("tickets.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("by_id", RowId, ForeignKey("contacts.id"), nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_ticket_notes_ticket_id", "ticket_id", "id"),
    sqlite_autoincrement=True,
)

desk_scores = Table(
    "desk_scores",
    metadata,
    Column("ticket_id", RowId, ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("stars", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("comment", Text, nullable=False),
    CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
    Index("ix_desk_scores_at", "at"),
)

desk_blocks = Table(
    "desk_blocks",
    metadata,
    Column("contact_id", RowId, ForeignKey("contacts.id"), primary_key=True, autoincrement=False),
    Column("until", Instant),
    Column("reason", Text, nullable=False),
    Column("by_id", RowId, ForeignKey("contacts.id"), nullable=False),
    Column("at", Instant, nullable=False),
)

canned_answers = Table(
    "canned_answers",
    metadata,
    Column("name", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("by_id", RowId, ForeignKey("contacts.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False, server_default=""),
    Column("reference", Text, nullable=False, server_default=""),
)

proposed_answers = Table(
    "proposed_answers",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("ticket_id", RowId, ForeignKey("tickets.id"), nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("by_id", RowId, ForeignKey("contacts.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    CheckConstraint("state IN ('open', 'approved', 'dismissed')", name="state"),
    Index("ix_proposed_answers_state", "state", "id"),
    sqlite_autoincrement=True,
)
