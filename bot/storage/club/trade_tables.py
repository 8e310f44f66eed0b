"""Tables of members, purchases, rewards and promo codes."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from bot.storage.append_only import keep
from bot.storage.columns import Instant, RowId
from bot.storage.metadata import metadata

_ENTRY = ["club_entries.account_id", "club_entries.number"]

members = Table(
    "club_members",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("account_id", RowId, ForeignKey("club_accounts.id"), nullable=False),
    Column("card", Text, nullable=False),
    Column("joined_at", Instant, nullable=False),
    Column("left_at", Instant),
    Column("age_confirmed", Integer, nullable=False),
    Column("tier", Text),
    Column("tier_since", Date),
    Column("tier_until", Date),
    Column("invited_by_id", RowId, ForeignKey("club_members.id")),
    UniqueConstraint("account_id"),
    UniqueConstraint("card"),
    CheckConstraint("(tier IS NULL) = (tier_since IS NULL) AND (tier IS NULL) = (tier_until IS NULL)", name="tier"),
    Index("ix_club_members_tier_since", "tier_since"),
    Index("ix_club_members_invited_by", "invited_by_id"),
    sqlite_autoincrement=True,
)

member_contacts = Table(
    "club_member_contacts",
    metadata,
    Column("contact_id", RowId, ForeignKey("contacts.id"), primary_key=True, autoincrement=False),
    Column("member_id", RowId, ForeignKey("club_members.id"), nullable=False),
    Column("linked_at", Instant, nullable=False),
    Index("ix_club_member_contacts_member", "member_id"),
)

purchases = Table(
    "club_purchases",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("source", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("member_id", RowId, ForeignKey("club_members.id"), nullable=False),
    Column("bought_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("paid_kopecks", BigInteger, nullable=False),
    Column("returned_kopecks", BigInteger, nullable=False, server_default="0"),
    UniqueConstraint("source"),
    CheckConstraint("0 <= returned_kopecks AND returned_kopecks <= paid_kopecks", name="returned"),
    CheckConstraint("kind IN ('purchase', 'receipt')", name="kind"),
    Index("ix_club_purchases_member", "member_id", "id"),
    sqlite_autoincrement=True,
)

purchase_lines = Table(
    "club_purchase_lines",
    metadata,
    Column("purchase_id", RowId, ForeignKey("club_purchases.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("product", Text, nullable=False),
    Column("categories", Text, nullable=False),
    Column("paid_kopecks", BigInteger, nullable=False),
    Column("returned_kopecks", BigInteger, nullable=False, server_default="0"),
    CheckConstraint("0 <= returned_kopecks AND returned_kopecks <= paid_kopecks", name="returned"),
)
"""`categories` are a JSON list."""

accruals = Table(
    "club_accruals",
    metadata,
    Column("purchase_id", RowId, ForeignKey("club_purchases.id"), primary_key=True, autoincrement=False),
    Column("account_id", RowId, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("lines", Text, nullable=False),
    ForeignKeyConstraint(["account_id", "number"], _ENTRY),
)
"""Which entries a purchase earned; `lines` are a JSON list of the lines that each counted."""

returns = Table(
    "club_returns",
    metadata,
    Column("source", Text, primary_key=True),
    Column("purchase_id", RowId, ForeignKey("club_purchases.id"), nullable=False),
    Column("lines", Text, nullable=False),
    Column("returned_at", Instant, nullable=False),
)
"""`lines` are a JSON object: kopecks by line."""

budgets = Table(
    "club_budgets",
    metadata,
    Column("rule", Text, primary_key=True),
    Column("spent", BigInteger, nullable=False),
)

stocks = Table(
    "club_stocks",
    metadata,
    Column("reward", Text, primary_key=True),
    Column("taken", Integer, nullable=False),
    CheckConstraint("taken >= 0", name="taken"),
)

vouchers = Table(
    "club_vouchers",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("reward", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("member_id", RowId, ForeignKey("club_members.id")),
    Column("account_id", RowId),
    Column("number", Integer),
    Column("cost", BigInteger),
    Column("issued_at", Instant),
    Column("expires_at", Instant),
    Column("closed_at", Instant),
    ForeignKeyConstraint(["account_id", "number"], _ENTRY),
    UniqueConstraint("code"),
    UniqueConstraint("account_id", "number"),
    CheckConstraint("status IN ('ready', 'issued', 'used', 'refunded')", name="status"),
    CheckConstraint(
        "(status = 'ready') = (member_id IS NULL) AND (member_id IS NULL) = (number IS NULL)"
        " AND (member_id IS NULL) = (issued_at IS NULL) AND (member_id IS NULL) = (cost IS NULL)",
        name="issued",
    ),
    Index("ix_club_vouchers_member", "member_id", "id"),
    Index("ix_club_vouchers_ready", "reward", "status", "id"),
    sqlite_autoincrement=True,
)

promo_codes = Table(
    "club_promo_codes",
    metadata,
    Column("code", Text, primary_key=True),
    Column("campaign", Text, nullable=False),
    Column("points", BigInteger, nullable=False),
    Column("since", Instant),
    Column("until", Instant),
    Column("uses_limit", Integer),
    Column("uses", Integer, nullable=False),
    Column("member_id", RowId, ForeignKey("club_members.id")),
    Column("is_first_purchase", Boolean, nullable=False),
    CheckConstraint("uses >= 0 AND (uses_limit IS NULL OR uses <= uses_limit) AND points > 0", name="uses"),
)

promo_uses = Table(
    "club_promo_uses",
    metadata,
    Column("code", Text, ForeignKey("club_promo_codes.code"), primary_key=True),
    Column("member_id", RowId, ForeignKey("club_members.id"), primary_key=True, autoincrement=False),
    Column("used_at", Instant, nullable=False),
    Column("is_waiting", Boolean, nullable=False),
    Index("ix_club_promo_uses_member", "member_id"),
)

for table in (accruals, returns):
    keep(table)
