"""The tables of the club in the first revision."""

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations import first_trade

_ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_INSTANT = sa.DateTime(timezone=True)
_TABLES = ("club_months", "club_holds", "club_moves", "club_lots", "club_entries", "club_accounts")
_ONLY_ADDED_TO = ("club_entries", "club_moves", *first_trade.ONLY_ADDED_TO)
_REFUSE = """
CREATE OR REPLACE FUNCTION club_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""


def create() -> None:
    """Create them, and forbid what must not be done to them."""
    _create_accounts()
    _create_entries()
    _create_lots()
    _create_moves()
    _create_holds()
    _create_months()
    first_trade.create()
    _forbid_changes()


def drop() -> None:
    """Drop them, with all they hold."""
    first_trade.drop()
    for table in _TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION club_refuse_change()")


def _account(name: str = "account_id") -> sa.Column[int]:
    return sa.Column(name, _ROW_ID, autoincrement=False, nullable=False)


def _points(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger, nullable=False) for name in names]


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _number(name: str = "number") -> sa.Column[int]:
    return sa.Column(name, sa.Integer, autoincrement=False, nullable=False)


def _index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _create_accounts() -> None:
    op.create_table(
        "club_accounts",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("merged_into_id", _ROW_ID),
        *_points("pending", "available", "held", "debt", "qualifying"),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("lots", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_club_accounts"),
        sa.ForeignKeyConstraint(["merged_into_id"], ["club_accounts.id"], name="fk_club_accounts_merged_into_id"),
        sa.CheckConstraint("status IN ('open', 'frozen', 'merged')", name=op.f("ck_club_accounts_status")),
        sa.CheckConstraint("(status = 'merged') = (merged_into_id IS NOT NULL)", name=op.f("ck_club_accounts_merged")),
        sa.CheckConstraint(
            "pending >= 0 AND available >= 0 AND held >= 0 AND debt >= 0 AND (debt = 0 OR available = 0)",
            name=op.f("ck_club_accounts_sums"),
        ),
        sqlite_autoincrement=True,
    )


def _create_entries() -> None:
    op.create_table(
        "club_entries",
        _account(),
        _number(),
        *_texts("kind"),
        *_points("points", "pending", "available", "held", "debt", "qualifying"),
        sa.Column("qualified_on", sa.Date),
        *_texts("key", "fingerprint"),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("reverses_account_id", _ROW_ID),
        sa.Column("reverses_number", sa.Integer),
        sa.Column("hold_number", sa.Integer),
        *_texts("rule", "version", "inputs", "source", "campaign", "actor", "reason"),
        sa.PrimaryKeyConstraint("account_id", "number", name="pk_club_entries"),
        sa.ForeignKeyConstraint(["account_id"], ["club_accounts.id"], name="fk_club_entries_account_id"),
        sa.ForeignKeyConstraint(
            ["reverses_account_id", "reverses_number"],
            ["club_entries.account_id", "club_entries.number"],
            name="fk_club_entries_reverses_account_id",
        ),
        sa.UniqueConstraint("key", name="uq_club_entries_key"),
        sa.CheckConstraint(
            "kind IN ('earn', 'activate', 'hold', 'capture', 'release', 'burn', 'expire', 'adjust', 'reverse_earn',"
            " 'reverse_burn', 'merge_in', 'merge_out')",
            name=op.f("ck_club_entries_kind"),
        ),
        sa.CheckConstraint("points >= 0 AND number >= 1", name=op.f("ck_club_entries_points")),
    )
    columns = ["reverses_account_id", "reverses_number"]
    _index("ix_club_entries_rule", "club_entries", ["account_id", "at"], "rule != ''")
    _index("ix_club_entries_reverses", "club_entries", columns, "reverses_number IS NOT NULL")


def _create_lots() -> None:
    op.create_table(
        "club_lots",
        _account(),
        _number(),
        _account("source_account_id"),
        sa.Column("source_number", sa.Integer, nullable=False),
        *_points("granted", "remaining", "held", "expired"),
        sa.Column("is_pending", sa.Boolean, nullable=False),
        sa.Column("activates_at", _INSTANT),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "number", name="pk_club_lots"),
        sa.ForeignKeyConstraint(["account_id"], ["club_accounts.id"], name="fk_club_lots_account_id"),
        sa.ForeignKeyConstraint(
            ["source_account_id", "source_number"],
            ["club_entries.account_id", "club_entries.number"],
            name="fk_club_lots_source_account_id",
        ),
        sa.CheckConstraint(
            "0 <= held AND held <= remaining AND 0 <= expired AND remaining + expired <= granted",
            name=op.f("ck_club_lots_left"),
        ),
    )
    op.create_index("ix_club_lots_source", "club_lots", ["source_account_id", "source_number"])
    for name, columns in (
        ("ix_club_lots_spending", ["account_id", "expires_at", "number"]),
        ("ix_club_lots_due", ["due_at", "account_id"]),
        ("ix_club_lots_account_due", ["account_id", "due_at"]),
    ):
        _index(name, "club_lots", columns, "remaining > held")


def _create_moves() -> None:
    op.create_table(
        "club_moves",
        _account(),
        _number(),
        _number("position"),
        sa.Column("lot_number", sa.Integer, nullable=False),
        *_points("remaining", "held", "expired"),
        sa.PrimaryKeyConstraint("account_id", "number", "position", name="pk_club_moves"),
        sa.ForeignKeyConstraint(
            ["account_id", "number"],
            ["club_entries.account_id", "club_entries.number"],
            name="fk_club_moves_account_id",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "lot_number"], ["club_lots.account_id", "club_lots.number"], name="fk_club_moves_lot_number"
        ),
    )


def _create_holds() -> None:
    op.create_table(
        "club_holds",
        _account(),
        _number(),
        *_points("points", "captured", "released"),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "number", name="pk_club_holds"),
        sa.ForeignKeyConstraint(
            ["account_id", "number"],
            ["club_entries.account_id", "club_entries.number"],
            name="fk_club_holds_account_id",
        ),
        sa.CheckConstraint(
            "captured >= 0 AND released >= 0 AND (captured + released = 0 OR captured + released = points)",
            name=op.f("ck_club_holds_closed"),
        ),
    )
    is_open = "captured + released = 0"
    _index("ix_club_holds_open", "club_holds", ["expires_at", "account_id"], is_open)
    _index("ix_club_holds_account_open", "club_holds", ["account_id"], is_open)


def _create_months() -> None:
    op.create_table(
        "club_months",
        _account(),
        sa.Column("month", sa.Date, nullable=False),
        *_points("qualifying"),
        sa.PrimaryKeyConstraint("account_id", "month", name="pk_club_months"),
        sa.ForeignKeyConstraint(["account_id"], ["club_accounts.id"], name="fk_club_months_account_id"),
    )


def _forbid_changes() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_REFUSE)
        for table in _ONLY_ADDED_TO:
            words = f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
            op.execute(f"{words} FOR EACH ROW EXECUTE FUNCTION club_refuse_change()")
        return
    for table in _ONLY_ADDED_TO:
        for action in ("UPDATE", "DELETE"):
            words = f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table}"
            op.execute(f"{words} BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END")
