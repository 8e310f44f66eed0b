"""Every table and every named constraint.

`contacts` is the identity vault: who is behind a pseudonymous id stands there and nowhere else, so that erasing a
person keeps the log.
"""

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    FromClause,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

from bot.storage.club import tables as club
from bot.storage.club import trade_tables as trade
from bot.storage.columns import Instant, RowId
from bot.storage.desk import tables as desk
from bot.storage.members import tables as members
from bot.storage.metadata import metadata
from bot.storage.purchases import tables as purchases

__all__ = ["club", "desk", "members", "metadata", "purchases", "trade"]

contacts = Table(
    "contacts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("chat_id", Text, nullable=False),
    Column("user_id", Text, nullable=False),
    Column("display_name", Text),
    Column("first_seen_at", Instant),
    Column("unreachable_at", Instant),
    Column("unreachable_reason", Text),
    UniqueConstraint("channel", "chat_id", "user_id"),
    sqlite_autoincrement=True,
)
"""`first_seen_at` is empty for who was written to and never wrote; `unreachable_at` is set for who blocked us."""

conversations = Table(
    "conversations",
    metadata,
    Column("contact_id", RowId, ForeignKey("contacts.id"), primary_key=True, autoincrement=False),
    Column("language", Text, nullable=False),
    Column("language_origin", Text, nullable=False),
    Column("flow", Text),
    Column("remembered", Text),
    CheckConstraint("language_origin IN ('default', 'platform', 'detected', 'chosen')", name="language_origin"),
)
"""`flow` is the form being filled in, `remembered` are the goods shown last, both as JSON."""

transcript = Table(
    "transcript",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("contact_id", RowId, ForeignKey("contacts.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("update_id", Text),
    Column("answers_id", RowId, ForeignKey("transcript.id")),
    Column("number", Integer),
    Column("kind", Text, nullable=False),
    Column("skill", Text),
    Column("outcome", Text),
    Column("confidence", Float(53)),
    Column("took_ms", Integer),
    Column("occurred_at", Instant, nullable=False),
    Column("ready_at", Instant),
    Column("handled_at", Instant),
    Column("begun_at", Instant),
    Column("sent_at", Instant),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("retry_at", Instant),
    Column("platform_ref", Text),
    Column("error", Text),
    Column("sources", Text),
    Column("text", Text, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("update_id", "channel"),
    UniqueConstraint("answers_id", "number"),
    CheckConstraint(
        "(direction = 'in' AND status IN ('waiting', 'handled', 'failed') AND update_id IS NOT NULL)"
        " OR (direction = 'out' AND status IN ('queued', 'sent', 'failed', 'unknown', 'unreachable')"
        " AND answers_id IS NOT NULL AND number IS NOT NULL)",
        name="status",
    ),
    CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
    sqlite_autoincrement=True,
)
"""`ready_at` is until when a text waits for more of the same; `begun_at` is set while a message is on its way to a
platform that shows a repeat. `outcome` of a message is ``unknown`` when one try may have arrived unnoticed.

`sources` and `body` are JSON: what was answered from, and what `text` leaves out. Short columns come first, so that
counting does not read long texts. The unique key begins with `update_id`: beginning with `channel` it would look to
SQLite like a good way to find the queued messages of a channel."""


def is_waiting(rows: FromClause) -> ColumnElement[bool]:
    """Condition of the rows of the inbox. A literal: a bound value does not match that of a partial index."""
    return rows.c.status == literal_column("'waiting'")


def is_queued(rows: FromClause) -> ColumnElement[bool]:
    """Condition of the rows of the outbox."""
    return rows.c.status == literal_column("'queued'")


def _index_some(name: str, condition: ColumnElement[bool], *columns: Column[Any]) -> Index:
    return Index(name, *columns, sqlite_where=condition, postgresql_where=condition)


_index_some("ix_transcript_waiting", is_waiting(transcript), transcript.c.id)
_index_some("ix_transcript_waiting_contact", is_waiting(transcript), transcript.c.contact_id, transcript.c.id)
_index_some("ix_transcript_queued", is_queued(transcript), transcript.c.id)
_index_some("ix_transcript_queued_contact", is_queued(transcript), transcript.c.contact_id)
_index_some("ix_transcript_retry", transcript.c.retry_at.is_not(None), transcript.c.contact_id, transcript.c.id)

feedback = Table(
    "feedback",
    metadata,
    Column("contact_id", RowId, ForeignKey("contacts.id"), primary_key=True, autoincrement=False),
    Column("begun_by", Text, primary_key=True),
    Column("rating", Integer, nullable=False),
    Column("comment", Text, nullable=False),
    Column("given_at", Instant, nullable=False),
    CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
)

ratings = Table(
    "ratings",
    metadata,
    Column("answers_id", RowId, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("contact_id", RowId, ForeignKey("contacts.id"), primary_key=True, autoincrement=False),
    Column("thumb", Text, nullable=False),
    Column("fault", Text),
    Column("given_at", Instant, nullable=False),
    ForeignKeyConstraint(["answers_id", "number"], ["transcript.answers_id", "transcript.number"]),
    CheckConstraint("thumb IN ('up', 'down')", name="thumb"),
    CheckConstraint("fault IS NULL OR (thumb = 'down' AND fault IN ('topic', 'wrong', 'unclear'))", name="fault"),
)
"""The message is named by what it answers and its number there. The key begins with it, to find its ratings."""

ignored_questions = Table(
    "ignored_questions",
    metadata,
    Column("text", Text, primary_key=True),
    Column("ignored_at", Instant, nullable=False),
)

timers = Table(
    "timers",
    metadata,
    Column("contact_id", RowId, ForeignKey("contacts.id"), primary_key=True, autoincrement=False),
    Column("key", Text, primary_key=True),
    Column("due_at", Instant, nullable=False),
    Column("action", Text, nullable=False),
    Column("args", Text, nullable=False),
    Index("ix_timers_due_at", "due_at"),
)
"""`args` are a JSON list."""

bookmarks = Table(
    "bookmarks",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("contact_id", RowId, ForeignKey("contacts.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("args", Text, nullable=False),
    Column("then_action", Text, nullable=False),
    Column("then_args", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Index("ix_jobs_due_at", "due_at"),
    sqlite_autoincrement=True,
)
"""`args` and `then_args` are JSON lists; `then_action` is empty for a job that tells nobody.

`due_at` of a job that somebody has is when others may take it."""
