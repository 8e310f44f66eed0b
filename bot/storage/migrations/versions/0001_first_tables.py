"""Contacts, conversations, the transcript, feedback, ratings, ignored questions, timers, jobs, bookmarks, the club."""

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations import first_club

revision = "0001"
down_revision = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create them."""
    _create_contacts()
    _create_conversations()
    _create_transcript()
    _index_transcript()
    _create_feedback()
    _create_ratings()
    _create_timers()
    _create_jobs()
    op.create_table(
        "bookmarks",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_bookmarks"),
    )
    op.create_table(
        "ignored_questions",
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("ignored_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("text", name="pk_ignored_questions"),
    )
    first_club.create()


def downgrade() -> None:
    """Drop them, with all they hold."""
    first_club.drop()
    op.drop_table("ignored_questions")
    for table in ("bookmarks", "jobs", "timers", "ratings", "feedback", "transcript", "conversations", "contacts"):
        op.drop_table(table)


def _create_contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("chat_id", sa.Text, nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("display_name", sa.Text),
        sa.Column("first_seen_at", _INSTANT),
        sa.Column("unreachable_at", _INSTANT),
        sa.Column("unreachable_reason", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_contacts"),
        sa.UniqueConstraint("channel", "chat_id", "user_id", name="uq_contacts_channel_chat_id_user_id"),
        sqlite_autoincrement=True,
    )


def _create_conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("contact_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("language_origin", sa.Text, nullable=False),
        sa.Column("flow", sa.Text),
        sa.Column("remembered", sa.Text),
        sa.PrimaryKeyConstraint("contact_id", name="pk_conversations"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_conversations_contact_id"),
        sa.CheckConstraint(
            "language_origin IN ('default', 'platform', 'detected', 'chosen')",
            name=op.f("ck_conversations_language_origin"),
        ),
    )


def _create_transcript() -> None:
    op.create_table(
        "transcript",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("contact_id", _ROW_ID, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("direction", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("update_id", sa.Text),
        sa.Column("answers_id", _ROW_ID),
        sa.Column("number", sa.Integer),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("skill", sa.Text),
        sa.Column("outcome", sa.Text),
        sa.Column("confidence", sa.Float(53)),
        sa.Column("took_ms", sa.Integer),
        sa.Column("occurred_at", _INSTANT, nullable=False),
        sa.Column("ready_at", _INSTANT),
        sa.Column("handled_at", _INSTANT),
        sa.Column("begun_at", _INSTANT),
        sa.Column("sent_at", _INSTANT),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("retry_at", _INSTANT),
        sa.Column("platform_ref", sa.Text),
        sa.Column("error", sa.Text),
        sa.Column("sources", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_transcript"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_transcript_contact_id"),
        sa.ForeignKeyConstraint(["answers_id"], ["transcript.id"], name="fk_transcript_answers_id"),
        sa.UniqueConstraint("update_id", "channel", name="uq_transcript_update_id_channel"),
        sa.UniqueConstraint("answers_id", "number", name="uq_transcript_answers_id_number"),
        sa.CheckConstraint(
            "(direction = 'in' AND status IN ('waiting', 'handled', 'failed') AND update_id IS NOT NULL)"
            " OR (direction = 'out' AND status IN ('queued', 'sent', 'failed', 'unknown', 'unreachable')"
            " AND answers_id IS NOT NULL AND number IS NOT NULL)",
            name=op.f("ck_transcript_status"),
        ),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_transcript_confidence")),
        sqlite_autoincrement=True,
    )


def _index_transcript() -> None:
    for name, columns, condition in (
        ("ix_transcript_waiting", ["id"], "status = 'waiting'"),
        ("ix_transcript_waiting_contact", ["contact_id", "id"], "status = 'waiting'"),
        ("ix_transcript_queued", ["id"], "status = 'queued'"),
        ("ix_transcript_queued_contact", ["contact_id"], "status = 'queued'"),
        ("ix_transcript_retry", ["contact_id", "id"], "retry_at IS NOT NULL"),
    ):
        where = sa.text(condition)
        op.create_index(name, "transcript", columns, sqlite_where=where, postgresql_where=where)


def _create_feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("contact_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("begun_by", sa.Text(), nullable=False),
        sa.Column("rating", sa.Integer, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("given_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("contact_id", "begun_by", name="pk_feedback"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_feedback_contact_id"),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_feedback_rating")),
    )


def _create_ratings() -> None:
    op.create_table(
        "ratings",
        sa.Column("answers_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("contact_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("thumb", sa.Text, nullable=False),
        sa.Column("fault", sa.Text),
        sa.Column("given_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("answers_id", "number", "contact_id", name="pk_ratings"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_ratings_contact_id"),
        sa.ForeignKeyConstraint(
            ["answers_id", "number"], ["transcript.answers_id", "transcript.number"], name="fk_ratings_answers_id"
        ),
        sa.CheckConstraint("thumb IN ('up', 'down')", name=op.f("ck_ratings_thumb")),
        sa.CheckConstraint(
            "fault IS NULL OR (thumb = 'down' AND fault IN ('topic', 'wrong', 'unclear'))",
            name=op.f("ck_ratings_fault"),
        ),
    )


def _create_timers() -> None:
    op.create_table(
        "timers",
        sa.Column("contact_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("args", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("contact_id", "key", name="pk_timers"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_timers_contact_id"),
    )
    op.create_index("ix_timers_due_at", "timers", ["due_at"])


def _create_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("contact_id", _ROW_ID, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("args", sa.Text, nullable=False),
        sa.Column("then_action", sa.Text, nullable=False),
        sa.Column("then_args", sa.Text, nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_jobs_contact_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_jobs_due_at", "jobs", ["due_at"])
