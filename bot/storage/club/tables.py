"""Tables of the ledger. What happened is never changed: the database itself refuses it.

Sums in accounts, what is left in lots, and months are kept beside the entries to be quick; the audit counts them anew.
"""

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
    literal_column,
)

from bot.storage.append_only import keep
from bot.storage.columns import Instant, RowId
from bot.storage.metadata import metadata

ENTRY_KINDS = (
    "earn", "activate", "hold", "capture", "release", "burn", "expire", "adjust", "reverse_earn", "reverse_burn",
    "merge_in", "merge_out",
)  # fmt: skip

accounts = Table(
    "club_accounts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("status", Text, nullable=False),
    Column("merged_into_id", RowId, ForeignKey("club_accounts.id")),
    Column("pending", BigInteger, nullable=False),
    Column("available", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False),
    Column("debt", BigInteger, nullable=False),
    Column("qualifying", BigInteger, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("lots", Integer, nullable=False),
    CheckConstraint("status IN ('open', 'frozen', 'merged')", name="status"),
    CheckConstraint("(status = 'merged') = (merged_into_id IS NOT NULL)", name="merged"),
    CheckConstraint(
        "pending >= 0 AND available >= 0 AND held >= 0 AND debt >= 0 AND (debt = 0 OR available = 0)", name="sums"
    ),
    sqlite_autoincrement=True,
)

entries = Table(
    "club_entries",
    metadata,
    Column("account_id", RowId, ForeignKey("club_accounts.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("points", BigInteger, nullable=False),
    Column("pending", BigInteger, nullable=False),
    Column("available", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False),
    Column("debt", BigInteger, nullable=False),
    Column("qualifying", BigInteger, nullable=False),
    Column("qualified_on", Date),
    Column("key", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("reverses_account_id", RowId),
    Column("reverses_number", Integer),
    Column("hold_number", Integer),
    Column("rule", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("inputs", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("campaign", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=False),
    UniqueConstraint("key"),
    ForeignKeyConstraint(
        ["reverses_account_id", "reverses_number"], ["club_entries.account_id", "club_entries.number"]
    ),
    CheckConstraint(f"kind IN ({', '.join(repr(kind) for kind in ENTRY_KINDS)})", name="kind"),
    CheckConstraint("points >= 0 AND number >= 1", name="points"),
)
"""What each entry changed the sums of its account by. `inputs` are a JSON object."""

_reversing = entries.c.reverses_number.is_not(None)
Index(
    "ix_club_entries_reverses",
    entries.c.reverses_account_id,
    entries.c.reverses_number,
    sqlite_where=_reversing,
    postgresql_where=_reversing,
)

_ruled = entries.c.rule != literal_column("''")
Index("ix_club_entries_rule", entries.c.account_id, entries.c.at, sqlite_where=_ruled, postgresql_where=_ruled)

lots = Table(
    "club_lots",
    metadata,
    Column("account_id", RowId, ForeignKey("club_accounts.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("source_account_id", RowId, nullable=False),
    Column("source_number", Integer, nullable=False),
    Column("granted", BigInteger, nullable=False),
    Column("remaining", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False),
    Column("expired", BigInteger, nullable=False),
    Column("is_pending", Boolean, nullable=False),
    Column("activates_at", Instant),
    Column("expires_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    ForeignKeyConstraint(["source_account_id", "source_number"], ["club_entries.account_id", "club_entries.number"]),
    CheckConstraint("0 <= held AND held <= remaining AND 0 <= expired AND remaining + expired <= granted", name="left"),
    Index("ix_club_lots_source", "source_account_id", "source_number"),
)
"""`expires_at` of what never expires is in the year 9999, so that it sorts last on both databases."""

_live = lots.c.remaining > lots.c.held
Index(
    "ix_club_lots_spending", lots.c.account_id, lots.c.expires_at, lots.c.number,
    sqlite_where=_live, postgresql_where=_live,
)  # fmt: skip
Index("ix_club_lots_due", lots.c.due_at, lots.c.account_id, sqlite_where=_live, postgresql_where=_live)
Index("ix_club_lots_account_due", lots.c.account_id, lots.c.due_at, sqlite_where=_live, postgresql_where=_live)

moves = Table(
    "club_moves",
    metadata,
    Column("account_id", RowId, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("lot_number", Integer, nullable=False),
    Column("remaining", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False),
    Column("expired", BigInteger, nullable=False),
    ForeignKeyConstraint(["account_id", "number"], ["club_entries.account_id", "club_entries.number"]),
    ForeignKeyConstraint(
        ["account_id", "lot_number"], ["club_lots.account_id", "club_lots.number"], name="fk_club_moves_lot_number"
    ),
)

holds = Table(
    "club_holds",
    metadata,
    Column("account_id", RowId, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("points", BigInteger, nullable=False),
    Column("captured", BigInteger, nullable=False),
    Column("released", BigInteger, nullable=False),
    Column("expires_at", Instant, nullable=False),
    ForeignKeyConstraint(["account_id", "number"], ["club_entries.account_id", "club_entries.number"]),
    CheckConstraint(
        "captured >= 0 AND released >= 0 AND (captured + released = 0 OR captured + released = points)", name="closed"
    ),
)

_open = holds.c.captured + holds.c.released == literal_column("0")
Index("ix_club_holds_open", holds.c.expires_at, holds.c.account_id, sqlite_where=_open, postgresql_where=_open)
Index("ix_club_holds_account_open", holds.c.account_id, sqlite_where=_open, postgresql_where=_open)

months = Table(
    "club_months",
    metadata,
    Column("account_id", RowId, ForeignKey("club_accounts.id"), primary_key=True, autoincrement=False),
    Column("month", Date, primary_key=True),
    Column("qualifying", BigInteger, nullable=False),
)
"""Qualifying points by the first day of the month they count for."""

for table in (entries, moves):
    keep(table)
