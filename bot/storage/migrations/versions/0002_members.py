"""Members, the identity vault and the consent log."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_INSTANT = sa.DateTime(timezone=True)
_SQLITE = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {action} ON {table}"
    " BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
)
_POSTGRESQL = (
    "CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION club_refuse_change()"
)
_APPEND_ONLY = ("consent_texts", "consent_events", "erasure_acts")


def upgrade() -> None:
    """Create them."""
    _create_members()
    _create_consents()
    _create_codes()
    _create_acts()
    _create_links()
    for table in _APPEND_ONLY:
        _forbid_changes(table)


def downgrade() -> None:
    """Drop them, with all they hold."""
    for table in (
        "link_codes",
        "erasure_acts",
        "phone_codes",
        "consent_events",
        "consent_texts",
        "profiles",
    ):
        op.drop_table(table)


def _forbid_changes(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRESQL.format(table=table))
        return
    for action in ("UPDATE", "DELETE"):
        op.execute(_SQLITE.format(table=table, action=action, verb=action.lower()))


def _create_members() -> None:
    op.create_table(
        "profiles",
        sa.Column("member_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("lookup", sa.Text),
        sa.PrimaryKeyConstraint("member_id", "field", name="pk_profiles"),
        sa.ForeignKeyConstraint(["member_id"], ["club_members.id"], name="fk_profiles_member_id"),
        sa.UniqueConstraint("lookup", name="uq_profiles_lookup"),
        sa.CheckConstraint("field IN ('name', 'phone', 'email', 'birthday')", name=op.f("ck_profiles_field")),
    )


def _create_consents() -> None:
    op.create_table(
        "consent_texts",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_consent_texts"),
    )
    op.create_table(
        "consent_events",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("contact_id", _ROW_ID, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("change", sa.Text, nullable=False),
        sa.Column("shown_ref", sa.Text, nullable=False),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_consent_events"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_consent_events_contact_id"),
        sa.ForeignKeyConstraint(["digest"], ["consent_texts.digest"], name="fk_consent_events_digest"),
        sa.CheckConstraint("change IN ('given', 'declined', 'withdrawn')", name=op.f("ck_consent_events_change")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consent_events_contact_id", "consent_events", ["contact_id", "id"])


def _create_codes() -> None:
    op.create_table(
        "phone_codes",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("contact_id", _ROW_ID, nullable=False),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("sent_at", _INSTANT, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
        sa.Column("is_used", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name="pk_phone_codes"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_phone_codes_contact_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_phone_codes_sent_at", "phone_codes", ["sent_at"])
    op.create_index("ix_phone_codes_contact_id", "phone_codes", ["contact_id", "sent_at"])
    op.create_index("ix_phone_codes_phone", "phone_codes", ["phone", "sent_at"])


def _create_acts() -> None:
    op.create_table(
        "erasure_acts",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("operator", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("erased", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("system", sa.Text, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("responsible", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erasure_acts"),
        sqlite_autoincrement=True,
    )


def _create_links() -> None:
    op.create_table(
        "link_codes",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("member_id", _ROW_ID, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("claimed_by_id", _ROW_ID),
        sa.Column("confirmed_at", _INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_link_codes"),
        sa.ForeignKeyConstraint(["member_id"], ["club_members.id"], name="fk_link_codes_member_id"),
        sa.ForeignKeyConstraint(["claimed_by_id"], ["contacts.id"], name="fk_link_codes_claimed_by_id"),
        sa.UniqueConstraint("digest", name="uq_link_codes_digest"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_link_codes_member_id", "link_codes", ["member_id"])
