"""After and around tickets: scores, blocks, canned answers, proposed answers."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create them."""
    _create_scores()
    _create_blocks()
    _create_canned()
    _create_proposed()


def downgrade() -> None:
    """Drop them, with all they hold."""
    for table in ("proposed_answers", "canned_answers", "desk_blocks", "desk_scores"):
        op.drop_table(table)


def _create_scores() -> None:
    op.create_table(
        "desk_scores",
        sa.Column("ticket_id", _ROW_ID, nullable=False, autoincrement=False),
        sa.Column("stars", sa.Integer, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_desk_scores_stars")),
        sa.PrimaryKeyConstraint("ticket_id", name="pk_desk_scores"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_desk_scores_ticket_id"),
    )
    op.create_index("ix_desk_scores_at", "desk_scores", ["at"])


def _create_blocks() -> None:
    op.create_table(
        "desk_blocks",
        sa.Column("contact_id", _ROW_ID, nullable=False, autoincrement=False),
        sa.Column("until", _INSTANT),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("by_id", _ROW_ID, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("contact_id", name="pk_desk_blocks"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_desk_blocks_contact_id"),
        sa.ForeignKeyConstraint(["by_id"], ["contacts.id"], name="fk_desk_blocks_by_id"),
    )


def _create_canned() -> None:
    op.create_table(
        "canned_answers",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("by_id", _ROW_ID, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False, server_default="") for name in ("kind", "reference")),
        sa.PrimaryKeyConstraint("name", name="pk_canned_answers"),
        sa.ForeignKeyConstraint(["by_id"], ["contacts.id"], name="fk_canned_answers_by_id"),
    )


def _create_proposed() -> None:
    op.create_table(
        "proposed_answers",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("ticket_id", _ROW_ID, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("question", "answer")),
        sa.Column("by_id", _ROW_ID, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.CheckConstraint("state IN ('open', 'approved', 'dismissed')", name=op.f("ck_proposed_answers_state")),
        sa.PrimaryKeyConstraint("id", name="pk_proposed_answers"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_proposed_answers_ticket_id"),
        sa.ForeignKeyConstraint(["by_id"], ["contacts.id"], name="fk_proposed_answers_by_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_proposed_answers_state", "proposed_answers", ["state", "id"])
