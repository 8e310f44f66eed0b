"""What the staff looked at and did, and adjustments that wait for a second person."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_INSTANT = sa.DateTime(timezone=True)
_SQLITE = (
    "CREATE TRIGGER audit_log_no_{verb} BEFORE {action} ON audit_log"
    " BEGIN SELECT RAISE(ABORT, 'audit_log is only added to'); END"
)
_POSTGRESQL = (
    "CREATE TRIGGER audit_log_no_change BEFORE UPDATE OR DELETE ON audit_log"
    " FOR EACH ROW EXECUTE FUNCTION club_refuse_change()"
)


def upgrade() -> None:
    """Create them."""
    op.create_table(
        "audit_log",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("by_id", _ROW_ID, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("member_id", _ROW_ID),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_log"),
        sa.ForeignKeyConstraint(["by_id"], ["contacts.id"], name="fk_audit_log_by_id"),
        sa.ForeignKeyConstraint(["member_id"], ["club_members.id"], name="fk_audit_log_member_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_log_member_id", "audit_log", ["member_id", "id"])
    _forbid_changes()
    _create_adjustments()


def downgrade() -> None:
    """Drop them, with all they hold."""
    op.drop_table("asked_adjustments")
    op.drop_table("audit_log")


def _forbid_changes() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRESQL)
        return
    for action in ("UPDATE", "DELETE"):
        op.execute(_SQLITE.format(action=action, verb=action.lower()))


def _create_adjustments() -> None:
    op.create_table(
        "asked_adjustments",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("member_id", _ROW_ID, nullable=False),
        sa.Column("points", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("asked_by", _ROW_ID, nullable=False),
        sa.Column("asked_at", _INSTANT, nullable=False),
        sa.Column("decided_by", _ROW_ID),
        sa.Column("decided_at", _INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_asked_adjustments"),
        sa.ForeignKeyConstraint(["member_id"], ["club_members.id"], name="fk_asked_adjustments_member_id"),
        sa.ForeignKeyConstraint(["asked_by"], ["contacts.id"], name="fk_asked_adjustments_asked_by"),
        sa.ForeignKeyConstraint(["decided_by"], ["contacts.id"], name="fk_asked_adjustments_decided_by"),
        sqlite_autoincrement=True,
    )
