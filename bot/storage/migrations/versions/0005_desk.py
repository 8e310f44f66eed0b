"""The operators' desk: tickets and their log, seats, what was passed on, rooms, notes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_INSTANT = sa.DateTime(timezone=True)
_OPEN = sa.text("state != 'resolved'")
_SQLITE = (
    "CREATE TRIGGER ticket_events_no_{verb} BEFORE {action} ON ticket_events"
    " BEGIN SELECT RAISE(ABORT, 'ticket_events is only added to'); END"
)
_POSTGRESQL = (
    "CREATE TRIGGER ticket_events_no_change BEFORE UPDATE OR DELETE ON ticket_events"
    " FOR EACH ROW EXECUTE FUNCTION club_refuse_change()"
)


def upgrade() -> None:
    """Create them."""
    _create_tickets()
    _create_events()
    _create_seats()
    _create_relays()
    _create_rooms()
    _create_notes()


def downgrade() -> None:
    """Drop them, with all they hold."""
    for table in ("ticket_notes", "desk_rooms", "relays", "desk_seats", "ticket_events", "tickets"):
        op.drop_table(table)


def _create_tickets() -> None:
    op.create_table(
        "tickets",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("customer_id", _ROW_ID, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("state", "cause", "priority", "topic", "tags")),
        *(sa.Column(name, _ROW_ID) for name in ("operator_id", "last_operator_id", "seat_id")),
        sa.Column("opened_at", _INSTANT, nullable=False),
        *(
            sa.Column(name, _INSTANT)
            for name in (
                "owed_since",
                "promised_at",
                "lease_until",
                "snoozed_until",
                "answered_at",
                "resolved_at",
            )
        ),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("is_bot_on", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tickets"),
        *(
            sa.ForeignKeyConstraint([name], ["contacts.id"], name=f"fk_tickets_{name}")
            for name in ("customer_id", "operator_id", "last_operator_id", "seat_id")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'claimed', 'answering', 'snoozed', 'resolved', 'reopened')",
            name=op.f("ck_tickets_state"),
        ),
        sa.CheckConstraint(
            "(state IN ('claimed', 'answering', 'snoozed')) = (operator_id IS NOT NULL)",
            name=op.f("ck_tickets_operator"),
        ),
        sa.CheckConstraint("(state = 'snoozed') = (snoozed_until IS NOT NULL)", name=op.f("ck_tickets_snoozed")),
        sa.CheckConstraint("(state = 'resolved') = (resolved_at IS NOT NULL)", name=op.f("ck_tickets_resolved")),
        sa.CheckConstraint("lease_until IS NULL OR state IN ('claimed', 'answering')", name=op.f("ck_tickets_lease")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tickets_customer_id", "tickets", ["customer_id", "id"])
    _index_open("ix_tickets_open", ["customer_id"], is_unique=True)
    _index_open("ix_tickets_open_state", ["state", "id"])


def _index_open(name: str, columns: list[str], *, is_unique: bool = False) -> None:
    op.create_index(name, "tickets", columns, unique=is_unique, sqlite_where=_OPEN, postgresql_where=_OPEN)


def _create_events() -> None:
    op.create_table(
        "ticket_events",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("ticket_id", _ROW_ID, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("by_id", _ROW_ID),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ticket_events"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_ticket_events_ticket_id"),
        sa.ForeignKeyConstraint(["by_id"], ["contacts.id"], name="fk_ticket_events_by_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ticket_events_ticket_id", "ticket_events", ["ticket_id", "id"])
    op.create_index("ix_ticket_events_at", "ticket_events", ["at"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRESQL)
        return
    for action in ("UPDATE", "DELETE"):
        op.execute(_SQLITE.format(action=action, verb=action.lower()))


def _create_seats() -> None:
    op.create_table(
        "desk_seats",
        sa.Column("contact_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("is_online", sa.Boolean, nullable=False),
        sa.Column("current_id", _ROW_ID),
        sa.Column("since", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("contact_id", name="pk_desk_seats"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_desk_seats_contact_id"),
        sa.ForeignKeyConstraint(["current_id"], ["tickets.id"], name="fk_desk_seats_current_id"),
    )


def _create_relays() -> None:
    op.create_table(
        "relays",
        sa.Column("event_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("target_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("ticket_id", _ROW_ID, nullable=False),
        sa.Column("source_id", _ROW_ID, nullable=False),
        sa.Column("ref", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("event_id", "target_id", name="pk_relays"),
        sa.ForeignKeyConstraint(["event_id"], ["transcript.id"], name="fk_relays_event_id"),
        sa.ForeignKeyConstraint(["target_id"], ["contacts.id"], name="fk_relays_target_id"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_relays_ticket_id"),
        sa.ForeignKeyConstraint(["source_id"], ["contacts.id"], name="fk_relays_source_id"),
    )
    op.create_index("ix_relays_source_id", "relays", ["source_id", "ref"])
    op.create_index("ix_relays_target_id", "relays", ["target_id", "event_id"])


def _create_rooms() -> None:
    op.create_table(
        "desk_rooms",
        sa.Column("customer_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("room_id", _ROW_ID, nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "channel", name="pk_desk_rooms"),
        sa.ForeignKeyConstraint(["customer_id"], ["contacts.id"], name="fk_desk_rooms_customer_id"),
        sa.ForeignKeyConstraint(["room_id"], ["contacts.id"], name="fk_desk_rooms_room_id"),
        sa.UniqueConstraint("room_id", name="uq_desk_rooms_room_id"),
    )


def _create_notes() -> None:
    op.create_table(
        "ticket_notes",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("ticket_id", _ROW_ID, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("by_id", _ROW_ID, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ticket_notes"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_ticket_notes_ticket_id"),
        sa.ForeignKeyConstraint(["by_id"], ["contacts.id"], name="fk_ticket_notes_by_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ticket_notes_ticket_id", "ticket_notes", ["ticket_id", "id"])
