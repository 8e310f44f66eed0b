"""Birthdays, what members want to hear of, who invites whom."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create them."""
    _create_birthdays()
    _create_notices()
    _create_invitations()
    op.create_index("ix_club_members_tier_since", "club_members", ["tier_since"])
    op.create_index("ix_club_members_invited_by", "club_members", ["invited_by_id"])


def downgrade() -> None:
    """Drop them, with all they hold."""
    op.drop_index("ix_club_members_invited_by", table_name="club_members")
    op.drop_index("ix_club_members_tier_since", table_name="club_members")
    for table in ("invitees", "invitations", "member_notices", "birthdays"):
        op.drop_table(table)


def _create_birthdays() -> None:
    op.create_table(
        "birthdays",
        sa.Column("member_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("known_at", _INSTANT, nullable=False),
        sa.Column("changes", sa.Integer, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("member_id", name="pk_birthdays"),
        sa.ForeignKeyConstraint(["member_id"], ["club_members.id"], name="fk_birthdays_member_id"),
    )
    op.create_index("ix_birthdays_day", "birthdays", ["day", "member_id"])


def _create_notices() -> None:
    op.create_table(
        "member_notices",
        sa.Column("member_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("is_muted", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("told", sa.Text, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("member_id", "kind", name="pk_member_notices"),
        sa.ForeignKeyConstraint(["member_id"], ["club_members.id"], name="fk_member_notices_member_id"),
        sa.CheckConstraint(
            "kind IN ('expiring', 'available', 'tier', 'birthday')", name=op.f("ck_member_notices_kind")
        ),
    )


def _create_invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("member_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("member_id", name="pk_invitations"),
        sa.ForeignKeyConstraint(["member_id"], ["club_members.id"], name="fk_invitations_member_id"),
        sa.UniqueConstraint("code", name="uq_invitations_code"),
    )
    op.create_table(
        "invitees",
        sa.Column("contact_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("member_id", _ROW_ID, nullable=False),
        sa.Column("invited_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("contact_id", name="pk_invitees"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_invitees_contact_id"),
        sa.ForeignKeyConstraint(["member_id"], ["club_members.id"], name="fk_invitees_member_id"),
    )
