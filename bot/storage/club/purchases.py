"""Purchases as rows."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import bindparam, func, insert, literal_column, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.loyalty.earning import Line, Purchase
from bot.domain.loyalty.entry import AccountId, EntryRef
from bot.domain.loyalty.member import MemberId
from bot.domain.loyalty.program import RuleKind
from bot.services.club.books import Accrued, StoredPurchase
from bot.storage.club.tables import entries
from bot.storage.club.trade_tables import accruals, budgets, purchase_lines, purchases, returns
from bot.storage.statements import insert_new
from bot.storage.transaction import Transaction

_ADD = insert_new(purchases, unique=("source",), returning=(purchases.c.id,))
_ADD_LINE, _ADD_ACCRUAL = insert(purchase_lines), insert(accruals)
_FIND = select(purchases).where(purchases.c.source == bindparam("source"))
_LINES = (
    select(purchase_lines)
    .where(purchase_lines.c.purchase_id == bindparam("purchase"))
    .order_by(purchase_lines.c.number)
)
_ACCRUED = (
    select(accruals)
    .where(accruals.c.purchase_id == bindparam("purchase"))
    .order_by(accruals.c.account_id, accruals.c.number)
)
_ADD_RETURN = insert_new(returns, unique=("source",), returning=(returns.c.source,))
_RETURN_LINE = (
    update(purchase_lines)
    .where(purchase_lines.c.purchase_id == bindparam("purchase"), purchase_lines.c.number == bindparam("line"))
    .values(returned_kopecks=purchase_lines.c.returned_kopecks + bindparam("kopecks"))
)
_RETURN_ALL = (
    update(purchases)
    .where(purchases.c.id == bindparam("purchase"))
    .values(returned_kopecks=purchases.c.returned_kopecks + bindparam("kopecks"))
)
KEPT = (
    select(purchases.c.source)
    .where(purchases.c.member_id == bindparam("member"), purchases.c.returned_kopecks < purchases.c.paid_kopecks)
    .order_by(purchases.c.id)
    .limit(1)
)
_earning = (
    entries.c.account_id == bindparam("account"),
    entries.c.rule != literal_column("''"),
    entries.c.kind == literal_column("'earn'"),
    entries.c.at >= bindparam("since"),
)
EARNED = (
    select(entries.c.rule, func.sum(entries.c.points).label("points"))
    .where(*_earning, entries.c.qualified_on >= bindparam("first_day"), entries.c.qualified_on < bindparam("end_day"))
    .group_by(entries.c.rule)
)
_ROUND_THE_WORLD = timedelta(days=2)
"""Nothing is written down so long before it happens, whatever the time zone: where to begin to look."""
COUNT_EARNED = select(func.count()).select_from(entries).where(*_earning, entries.c.rule == bindparam("rule"))
_sqlite_budget, _postgresql_budget = sqlite.insert(budgets), postgresql.insert(budgets)
_SPEND = {
    "sqlite": _sqlite_budget.on_conflict_do_update(
        index_elements=("rule",), set_={"spent": budgets.c.spent + _sqlite_budget.excluded.spent}
    ).returning(budgets.c.spent),
    "postgresql": _postgresql_budget.on_conflict_do_update(
        index_elements=("rule",), set_={"spent": budgets.c.spent + _postgresql_budget.excluded.spent}
    ).returning(budgets.c.spent),
}


class SqlPurchaseBook:
    """`PurchaseBook` in a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, member: MemberId, purchase: Purchase, *, at: datetime) -> bool:
        """Store a purchase; False when its source was stored before."""
        await self._transaction.touch()
        row = {
            "source": purchase.source,
            "kind": purchase.kind,
            "member_id": member,
            "bought_at": purchase.at,
            "recorded_at": at,
            "paid_kopecks": purchase.paid_kopecks,
        }
        added = await self._transaction.fetch(_ADD, [row])
        if not added:
            return False
        lines = [
            {
                "purchase_id": added[0].id,
                "number": line.number,
                "product": line.product,
                "categories": json.dumps(sorted(line.categories)),
                "paid_kopecks": line.paid_kopecks,
            }
            for line in purchase.lines
        ]
        await self._transaction.write(_ADD_LINE, lines)
        return True

    async def accrue(self, source: str, accrued: Sequence[Accrued]) -> None:
        """Note what a purchase earned."""
        await self._transaction.touch()
        purchase = await self._id(source)
        rows = [
            {
                "purchase_id": purchase,
                "account_id": each.entry.account,
                "number": each.entry.number,
                "lines": json.dumps(list(each.lines)),
            }
            for each in accrued
        ]
        await self._transaction.write(_ADD_ACCRUAL, rows)

    async def get(self, source: str) -> StoredPurchase | None:
        """Return a purchase."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(_FIND, {"source": source})
        if not rows:
            return None
        lines = await self._transaction.fetch(_LINES, {"purchase": rows[0].id})
        earned = await self._transaction.fetch(_ACCRUED, {"purchase": rows[0].id})
        return StoredPurchase(
            member=MemberId(rows[0].member_id),
            purchase=Purchase(
                source=source,
                kind=RuleKind(rows[0].kind),
                at=rows[0].bought_at,
                lines=tuple(
                    Line(
                        number=line.number,
                        paid_kopecks=line.paid_kopecks,
                        product=line.product,
                        categories=frozenset(json.loads(line.categories)),
                    )
                    for line in lines
                ),
            ),
            accrued=tuple(
                Accrued(entry=EntryRef(AccountId(row.account_id), row.number), lines=tuple(json.loads(row.lines)))
                for row in earned
            ),
            returned={line.number: line.returned_kopecks for line in lines},
        )

    async def add_return(self, source: str, *, of: str, lines: Mapping[int, int], at: datetime) -> bool:
        """Note that kopecks of lines came back; False when this return was stored before."""
        await self._transaction.touch()
        purchase = await self._id(of)
        words = json.dumps({str(line): kopecks for line, kopecks in lines.items()})
        row = {"source": source, "purchase_id": purchase, "lines": words, "returned_at": at}
        if not await self._transaction.fetch(_ADD_RETURN, [row]):
            return False
        changes = [{"purchase": purchase, "line": line, "kopecks": kopecks} for line, kopecks in lines.items()]
        await self._transaction.write(_RETURN_LINE, changes)
        await self._transaction.write(_RETURN_ALL, {"purchase": purchase, "kopecks": sum(lines.values())})
        return True

    async def kept(self, member: MemberId) -> str | None:
        """Return the source of the first purchase of which a member kept anything."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(KEPT, {"member": member})
        return rows[0].source if rows else None

    async def earned(self, account: AccountId, *, since: date, until: date) -> Mapping[str, int]:
        """Sum what an account earned, by rule, for what happened from the day `since` on and before `until`."""
        await self._transaction.touch()
        written = datetime.combine(since, time(), tzinfo=UTC) - _ROUND_THE_WORLD
        values = {"account": account, "since": written, "first_day": since, "end_day": until}
        rows = await self._transaction.fetch(EARNED, values)
        return {row.rule: int(row.points) for row in rows}

    async def count_earned(self, account: AccountId, rule: str, *, since: datetime) -> int:
        """Count the times an account earned by a rule from `since` on."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(COUNT_EARNED, {"account": account, "rule": rule, "since": since})
        return int(rows[0][0])

    async def spend_budget(self, rule: str, points: int) -> int:
        """Add `points` to what a rule gave to everybody; return the sum."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(_SPEND, [{"rule": rule, "spent": points}])
        return int(rows[0].spent)

    async def _id(self, source: str) -> int:
        rows = await self._transaction.fetch(_FIND, {"source": source})
        return int(rows[0].id)
