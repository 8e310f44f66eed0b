"""The tables of members, purchases, rewards and promo codes in the first revision."""

import sqlalchemy as sa
from alembic import op

_ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_INSTANT = sa.DateTime(timezone=True)
_TABLES = (
    "club_promo_uses", "club_promo_codes", "club_vouchers", "club_stocks", "club_budgets", "club_returns",
    "club_accruals", "club_purchase_lines", "club_purchases", "club_member_contacts", "club_members",
)  # fmt: skip
ONLY_ADDED_TO = ("club_accruals", "club_returns")
_ENTRY = ["club_entries.account_id", "club_entries.number"]


def create() -> None:
    """Create them."""
    _create_members()
    _create_purchases()
    _create_what_purchases_earned()
    _create_rewards()
    _create_promo_codes()


def drop() -> None:
    """Drop them, with all they hold."""
    for table in _TABLES:
        op.drop_table(table)


def _id(name: str, *, may_be_empty: bool = False) -> sa.Column[int]:
    return sa.Column(name, _ROW_ID, autoincrement=False, nullable=may_be_empty)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def _create_members() -> None:
    op.create_table(
        "club_members",
        sa.Column("id", _ROW_ID, nullable=False),
        _id("account_id"),
        sa.Column("card", sa.Text, nullable=False),
        sa.Column("joined_at", _INSTANT, nullable=False),
        sa.Column("left_at", _INSTANT),
        sa.Column("age_confirmed", sa.Integer, nullable=False),
        sa.Column("tier", sa.Text),
        sa.Column("tier_since", sa.Date),
        sa.Column("tier_until", sa.Date),
        _id("invited_by_id", may_be_empty=True),
        sa.PrimaryKeyConstraint("id", name="pk_club_members"),
        _foreign("club_members", "account_id", "club_accounts.id"),
        _foreign("club_members", "invited_by_id", "club_members.id"),
        sa.UniqueConstraint("account_id", name="uq_club_members_account_id"),
        sa.UniqueConstraint("card", name="uq_club_members_card"),
        sa.CheckConstraint(
            "(tier IS NULL) = (tier_since IS NULL) AND (tier IS NULL) = (tier_until IS NULL)",
            name=op.f("ck_club_members_tier"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "club_member_contacts",
        _id("contact_id"),
        _id("member_id"),
        sa.Column("linked_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("contact_id", name="pk_club_member_contacts"),
        _foreign("club_member_contacts", "contact_id", "contacts.id"),
        _foreign("club_member_contacts", "member_id", "club_members.id"),
    )
    op.create_index("ix_club_member_contacts_member", "club_member_contacts", ["member_id"])


def _create_purchases() -> None:
    op.create_table(
        "club_purchases",
        sa.Column("id", _ROW_ID, nullable=False),
        _text("source"),
        _text("kind"),
        _id("member_id"),
        sa.Column("bought_at", _INSTANT, nullable=False),
        sa.Column("recorded_at", _INSTANT, nullable=False),
        sa.Column("paid_kopecks", sa.BigInteger, nullable=False),
        sa.Column("returned_kopecks", sa.BigInteger, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_club_purchases"),
        _foreign("club_purchases", "member_id", "club_members.id"),
        sa.UniqueConstraint("source", name="uq_club_purchases_source"),
        sa.CheckConstraint(
            "0 <= returned_kopecks AND returned_kopecks <= paid_kopecks", name=op.f("ck_club_purchases_returned")
        ),
        sa.CheckConstraint("kind IN ('purchase', 'receipt')", name=op.f("ck_club_purchases_kind")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_club_purchases_member", "club_purchases", ["member_id", "id"])
    op.create_table(
        "club_purchase_lines",
        _id("purchase_id"),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        _text("product"),
        _text("categories"),
        sa.Column("paid_kopecks", sa.BigInteger, nullable=False),
        sa.Column("returned_kopecks", sa.BigInteger, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("purchase_id", "number", name="pk_club_purchase_lines"),
        _foreign("club_purchase_lines", "purchase_id", "club_purchases.id"),
        sa.CheckConstraint(
            "0 <= returned_kopecks AND returned_kopecks <= paid_kopecks", name=op.f("ck_club_purchase_lines_returned")
        ),
    )


def _create_what_purchases_earned() -> None:
    op.create_table(
        "club_accruals",
        _id("purchase_id"),
        _id("account_id"),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        _text("lines"),
        sa.PrimaryKeyConstraint("purchase_id", "account_id", "number", name="pk_club_accruals"),
        _foreign("club_accruals", "purchase_id", "club_purchases.id"),
        sa.ForeignKeyConstraint(["account_id", "number"], _ENTRY, name="fk_club_accruals_account_id"),
    )
    op.create_table(
        "club_returns",
        _text("source"),
        _id("purchase_id"),
        _text("lines"),
        sa.Column("returned_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_club_returns"),
        _foreign("club_returns", "purchase_id", "club_purchases.id"),
    )
    op.create_table(
        "club_budgets",
        _text("rule"),
        sa.Column("spent", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("rule", name="pk_club_budgets"),
    )


def _create_rewards() -> None:
    op.create_table(
        "club_stocks",
        _text("reward"),
        sa.Column("taken", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("reward", name="pk_club_stocks"),
        sa.CheckConstraint("taken >= 0", name=op.f("ck_club_stocks_taken")),
    )
    op.create_table(
        "club_vouchers",
        sa.Column("id", _ROW_ID, nullable=False),
        _text("reward"),
        _text("code"),
        _text("status"),
        _id("member_id", may_be_empty=True),
        _id("account_id", may_be_empty=True),
        sa.Column("number", sa.Integer),
        sa.Column("cost", sa.BigInteger),
        sa.Column("issued_at", _INSTANT),
        sa.Column("expires_at", _INSTANT),
        sa.Column("closed_at", _INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_club_vouchers"),
        _foreign("club_vouchers", "member_id", "club_members.id"),
        sa.ForeignKeyConstraint(["account_id", "number"], _ENTRY, name="fk_club_vouchers_account_id"),
        sa.UniqueConstraint("code", name="uq_club_vouchers_code"),
        sa.UniqueConstraint("account_id", "number", name="uq_club_vouchers_account_id_number"),
        sa.CheckConstraint("status IN ('ready', 'issued', 'used', 'refunded')", name=op.f("ck_club_vouchers_status")),
        sa.CheckConstraint(
            "(status = 'ready') = (member_id IS NULL) AND (member_id IS NULL) = (number IS NULL)"
            " AND (member_id IS NULL) = (issued_at IS NULL) AND (member_id IS NULL) = (cost IS NULL)",
            name=op.f("ck_club_vouchers_issued"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_club_vouchers_member", "club_vouchers", ["member_id", "id"])
    op.create_index("ix_club_vouchers_ready", "club_vouchers", ["reward", "status", "id"])


def _create_promo_codes() -> None:
    op.create_table(
        "club_promo_codes",
        _text("code"),
        _text("campaign"),
        sa.Column("points", sa.BigInteger, nullable=False),
        sa.Column("since", _INSTANT),
        sa.Column("until", _INSTANT),
        sa.Column("uses_limit", sa.Integer),
        sa.Column("uses", sa.Integer, nullable=False),
        _id("member_id", may_be_empty=True),
        sa.Column("is_first_purchase", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_club_promo_codes"),
        _foreign("club_promo_codes", "member_id", "club_members.id"),
        sa.CheckConstraint(
            "uses >= 0 AND (uses_limit IS NULL OR uses <= uses_limit) AND points > 0",
            name=op.f("ck_club_promo_codes_uses"),
        ),
    )
    op.create_table(
        "club_promo_uses",
        _text("code"),
        _id("member_id"),
        sa.Column("used_at", _INSTANT, nullable=False),
        sa.Column("is_waiting", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("code", "member_id", name="pk_club_promo_uses"),
        _foreign("club_promo_uses", "code", "club_promo_codes.code"),
        _foreign("club_promo_uses", "member_id", "club_members.id"),
    )
    op.create_index("ix_club_promo_uses_member", "club_promo_uses", ["member_id"])
