"""Tables of purchases: receipts claimed, orders of the store, devices; and of the brand's own people."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
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

receipt_claims = Table(
    "receipt_claims",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("member_id", RowId, ForeignKey("club_members.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("drive", Text),
    Column("document", BigInteger),
    Column("sign", BigInteger),
    Column("total_kopecks", BigInteger),
    Column("operation", Integer),
    Column("day", Date),
    Column("clock", Text),
    Column("holds_key", Boolean, nullable=False),
    Column("refusal", Text),
    Column("source", Text, nullable=False),
    Column("points", BigInteger, nullable=False),
    Column("decided_at", Instant),
    Column("decided_by", RowId, ForeignKey("contacts.id")),
    CheckConstraint(
        "state IN ('sent', 'reading', 'checking', 'review', 'accepted', 'refused')",
        name="state",
    ),
    CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name="refusal"),
    CheckConstraint("state NOT IN ('checking', 'accepted') OR holds_key", name="held"),
    CheckConstraint("NOT holds_key OR (drive IS NOT NULL AND document IS NOT NULL)", name="read"),
    Index("ix_receipt_claims_member_id", "member_id", "id"),
    Index("ix_receipt_claims_drive", "drive", "document"),
    Index("ix_receipt_claims_sign", "sign"),
    sqlite_autoincrement=True,
)
"""`drive`, `document` and `sign` are tags 1041, 1040 and 1077 of the fiscal data format."""


def _index_some(name: str, condition: str, *columns: Column[object], is_unique: bool = False) -> None:
    some: ColumnElement[bool] = literal_column(condition)
    Index(name, *columns, unique=is_unique, sqlite_where=some, postgresql_where=some)


HOLDS_KEY = "holds_key"
IS_IN_REVIEW = "state = 'review'"
_index_some("uq_receipt_claims_key", HOLDS_KEY, receipt_claims.c.drive, receipt_claims.c.document, is_unique=True)
_index_some("ix_receipt_claims_review", IS_IN_REVIEW, receipt_claims.c.id)

receipt_checks = Table(
    "receipt_checks",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("claim_id", RowId, ForeignKey("receipt_claims.id"), nullable=False),
    Column("provider", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_receipt_checks_claim_id", "claim_id", "id"),
    sqlite_autoincrement=True,
)
keep(receipt_checks)

orders = Table(
    "orders",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("store", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("bought_at", Instant, nullable=False),
    Column("card", Text, nullable=False),
    Column("drive", Text),
    Column("document", BigInteger),
    Column("member_id", RowId, ForeignKey("club_members.id")),
    Column("source", Text, nullable=False),
    Column("stored_at", Instant, nullable=False),
    UniqueConstraint("store", "number"),
    CheckConstraint("(member_id IS NULL) = (source = '')", name="counted"),
    Index("ix_orders_drive", "drive", "document"),
    Index("ix_orders_number", "number"),
    Index("ix_orders_member_id", "member_id"),
    sqlite_autoincrement=True,
)
"""`source` is empty until the order gave points."""

order_lines = Table(
    "order_lines",
    metadata,
    Column("order_id", RowId, ForeignKey("orders.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("product", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("serial", Text, nullable=False),
    Column("paid_kopecks", BigInteger, nullable=False),
    Column("returned_kopecks", BigInteger, nullable=False, server_default="0"),
    CheckConstraint("0 <= returned_kopecks AND returned_kopecks <= paid_kopecks", name="returned"),
)

order_returns = Table(
    "order_returns",
    metadata,
    Column("order_id", RowId, ForeignKey("orders.id"), primary_key=True, autoincrement=False),
    Column("number", Text, primary_key=True),
    Column("lines", Text, nullable=False),
    Column("returned_at", Instant, nullable=False),
    Column("stored_at", Instant, nullable=False),
)
"""`lines` are a JSON object: kopecks by line."""
keep(order_returns)

devices = Table(
    "devices",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("serial", Text, nullable=False),
    Column("member_id", RowId, ForeignKey("club_members.id"), nullable=False),
    Column("offer", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("bought_on", Date, nullable=False),
    Column("warranty_until", Date, nullable=False),
    Column("source", Text, nullable=False),
    Column("registered_at", Instant, nullable=False),
    UniqueConstraint("serial"),
    Index("ix_devices_member_id", "member_id", "id"),
    sqlite_autoincrement=True,
)

device_disputes = Table(
    "device_disputes",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("device_id", RowId, ForeignKey("devices.id"), nullable=False),
    Column("member_id", RowId, ForeignKey("club_members.id"), nullable=False),
    Column("source", Text, nullable=False),
    Column("bought_on", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("closed_by", RowId, ForeignKey("contacts.id")),
    CheckConstraint("state IN ('open', 'granted', 'denied')", name="state"),
    Index("ix_device_disputes_device_id", "device_id", "member_id"),
    sqlite_autoincrement=True,
)

staff = Table(
    "staff",
    metadata,
    Column("contact_id", RowId, ForeignKey("contacts.id"), primary_key=True, autoincrement=False),
    Column("role", Text, primary_key=True),
    Column("added_at", Instant, nullable=False),
    CheckConstraint("role IN ('operator', 'supervisor', 'marketer', 'sponsor', 'admin')", name="role"),
)
