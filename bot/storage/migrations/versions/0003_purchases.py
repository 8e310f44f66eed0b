"""Receipts claimed, orders of the store, devices, and the brand's own people."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

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
_APPEND_ONLY = ("receipt_checks", "order_returns")


def upgrade() -> None:
    """Create them."""
    _create_claims()
    _create_orders()
    _create_devices()
    _create_staff()
    for table in _APPEND_ONLY:
        _forbid_changes(table)


def downgrade() -> None:
    """Drop them, with all they hold."""
    for table in (
        "staff",
        "device_disputes",
        "devices",
        "order_returns",
        "order_lines",
        "orders",
        "receipt_checks",
        "receipt_claims",
    ):
        op.drop_table(table)


def _forbid_changes(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRESQL.format(table=table))
        return
    for action in ("UPDATE", "DELETE"):
        op.execute(_SQLITE.format(table=table, action=action, verb=action.lower()))


def _create_claims() -> None:
    op.create_table(
        "receipt_claims",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("member_id", _ROW_ID, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("sent_at", _INSTANT, nullable=False),
        sa.Column("drive", sa.Text),
        sa.Column("document", sa.BigInteger),
        sa.Column("sign", sa.BigInteger),
        sa.Column("total_kopecks", sa.BigInteger),
        sa.Column("operation", sa.Integer),
        sa.Column("day", sa.Date),
        sa.Column("clock", sa.Text),
        sa.Column("holds_key", sa.Boolean, nullable=False),
        sa.Column("refusal", sa.Text),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("points", sa.BigInteger, nullable=False),
        sa.Column("decided_at", _INSTANT),
        sa.Column("decided_by", _ROW_ID),
        sa.PrimaryKeyConstraint("id", name="pk_receipt_claims"),
        sa.ForeignKeyConstraint(["member_id"], ["club_members.id"], name="fk_receipt_claims_member_id"),
        sa.ForeignKeyConstraint(["decided_by"], ["contacts.id"], name="fk_receipt_claims_decided_by"),
        sa.CheckConstraint(
            "state IN ('sent', 'reading', 'checking', 'review', 'accepted', 'refused')",
            name=op.f("ck_receipt_claims_state"),
        ),
        sa.CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name=op.f("ck_receipt_claims_refusal")),
        sa.CheckConstraint("state NOT IN ('checking', 'accepted') OR holds_key", name=op.f("ck_receipt_claims_held")),
        sa.CheckConstraint(
            "NOT holds_key OR (drive IS NOT NULL AND document IS NOT NULL)", name=op.f("ck_receipt_claims_read")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_receipt_claims_member_id", "receipt_claims", ["member_id", "id"])
    op.create_index("ix_receipt_claims_drive", "receipt_claims", ["drive", "document"])
    op.create_index("ix_receipt_claims_sign", "receipt_claims", ["sign"])
    _index_some("uq_receipt_claims_key", "holds_key", ["drive", "document"], is_unique=True)
    _index_some("ix_receipt_claims_review", "state = 'review'", ["id"])
    op.create_table(
        "receipt_checks",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("claim_id", _ROW_ID, nullable=False),
        sa.Column("provider", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_receipt_checks"),
        sa.ForeignKeyConstraint(["claim_id"], ["receipt_claims.id"], name="fk_receipt_checks_claim_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_receipt_checks_claim_id", "receipt_checks", ["claim_id", "id"])


def _index_some(name: str, condition: str, columns: list[str], *, is_unique: bool = False) -> None:
    some = sa.text(condition)
    op.create_index(name, "receipt_claims", columns, unique=is_unique, sqlite_where=some, postgresql_where=some)


def _create_orders() -> None:
    op.create_table(
        "orders",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("store", sa.Text, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("bought_at", _INSTANT, nullable=False),
        sa.Column("card", sa.Text, nullable=False),
        sa.Column("drive", sa.Text),
        sa.Column("document", sa.BigInteger),
        sa.Column("member_id", _ROW_ID),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("stored_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_orders"),
        sa.ForeignKeyConstraint(["member_id"], ["club_members.id"], name="fk_orders_member_id"),
        sa.UniqueConstraint("store", "number", name="uq_orders_store_number"),
        sa.CheckConstraint("(member_id IS NULL) = (source = '')", name=op.f("ck_orders_counted")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_orders_drive", "orders", ["drive", "document"])
    op.create_index("ix_orders_number", "orders", ["number"])
    op.create_index("ix_orders_member_id", "orders", ["member_id"])
    op.create_table(
        "order_lines",
        sa.Column("order_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("product", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("serial", sa.Text, nullable=False),
        sa.Column("paid_kopecks", sa.BigInteger, nullable=False),
        sa.Column("returned_kopecks", sa.BigInteger, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("order_id", "number", name="pk_order_lines"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_order_lines_order_id"),
        sa.CheckConstraint(
            "0 <= returned_kopecks AND returned_kopecks <= paid_kopecks", name=op.f("ck_order_lines_returned")
        ),
    )
    op.create_table(
        "order_returns",
        sa.Column("order_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("lines", sa.Text, nullable=False),
        sa.Column("returned_at", _INSTANT, nullable=False),
        sa.Column("stored_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("order_id", "number", name="pk_order_returns"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_order_returns_order_id"),
    )


def _create_devices() -> None:
    op.create_table(
        "devices",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("serial", sa.Text, nullable=False),
        sa.Column("member_id", _ROW_ID, nullable=False),
        sa.Column("offer", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("bought_on", sa.Date, nullable=False),
        sa.Column("warranty_until", sa.Date, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("registered_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_devices"),
        sa.ForeignKeyConstraint(["member_id"], ["club_members.id"], name="fk_devices_member_id"),
        sa.UniqueConstraint("serial", name="uq_devices_serial"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_devices_member_id", "devices", ["member_id", "id"])
    op.create_table(
        "device_disputes",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("device_id", _ROW_ID, nullable=False),
        sa.Column("member_id", _ROW_ID, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("bought_on", sa.Date, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("opened_at", _INSTANT, nullable=False),
        sa.Column("closed_at", _INSTANT),
        sa.Column("closed_by", _ROW_ID),
        sa.PrimaryKeyConstraint("id", name="pk_device_disputes"),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name="fk_device_disputes_device_id"),
        sa.ForeignKeyConstraint(["member_id"], ["club_members.id"], name="fk_device_disputes_member_id"),
        sa.ForeignKeyConstraint(["closed_by"], ["contacts.id"], name="fk_device_disputes_closed_by"),
        sa.CheckConstraint("state IN ('open', 'granted', 'denied')", name=op.f("ck_device_disputes_state")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_device_disputes_device_id", "device_disputes", ["device_id", "member_id"])


def _create_staff() -> None:
    op.create_table(
        "staff",
        sa.Column("contact_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("added_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("contact_id", "role", name="pk_staff"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_staff_contact_id"),
        sa.CheckConstraint(
            "role IN ('operator', 'supervisor', 'marketer', 'sponsor', 'admin')", name=op.f("ck_staff_role")
        ),
    )
