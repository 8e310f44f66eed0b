"""Rewards and vouchers as rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, literal_column, select, update

from bot.domain.loyalty.entry import AccountId, EntryRef
from bot.domain.loyalty.member import MemberId
from bot.domain.loyalty.voucher import Voucher, VoucherStatus
from bot.storage.club.trade_tables import stocks, vouchers
from bot.storage.statements import insert_new
from bot.storage.transaction import Transaction

_TAKEN = select(stocks.c.reward, stocks.c.taken).where(stocks.c.taken > 0)
_STOCK = insert_new(stocks, unique=("reward",), returning=(stocks.c.reward,))
_TAKE = (
    update(stocks)
    .where(stocks.c.reward == bindparam("name"), stocks.c.taken < bindparam("stock"))
    .values(taken=stocks.c.taken + 1)
    .returning(stocks.c.taken)
)
_GIVE_BACK = update(stocks).where(stocks.c.reward == bindparam("name")).values(taken=stocks.c.taken - 1)
_ENDLESS = 2**31 - 1
_IMPORT = insert_new(vouchers, unique=("code",), returning=(vouchers.c.id,))
_ISSUE = insert(vouchers).returning(vouchers.c.id)
_READY = (
    select(vouchers.c.id, vouchers.c.code)
    .where(vouchers.c.reward == bindparam("reward"), vouchers.c.status == literal_column("'ready'"))
    .order_by(vouchers.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_LEFT = (
    select(vouchers.c.reward, func.count().label("codes"))
    .where(vouchers.c.status == literal_column("'ready'"))
    .group_by(vouchers.c.reward)
)
_ISSUE_READY = (
    update(vouchers)
    .where(vouchers.c.id == bindparam("voucher"))
    .values(
        status="issued",
        **{name: bindparam(name) for name in ("member_id", "account_id", "number", "cost", "issued_at", "expires_at")},
    )
)
_issued = vouchers.c.member_id.is_not(None)
_OF = select(vouchers).where(vouchers.c.member_id == bindparam("member")).order_by(vouchers.c.id.desc())
_BY_ENTRY = select(vouchers).where(
    vouchers.c.account_id == bindparam("account"), vouchers.c.number == bindparam("number")
)
_BY_CODE = select(vouchers).where(vouchers.c.code == bindparam("code"), _issued).with_for_update()
_COUNT = (
    select(func.count())
    .select_from(vouchers)
    .where(
        vouchers.c.member_id == bindparam("member"),
        vouchers.c.reward == bindparam("reward"),
        vouchers.c.issued_at >= bindparam("since"),
        vouchers.c.status != literal_column("'refunded'"),
    )
)
_CLOSE = (
    update(vouchers)
    .where(vouchers.c.id == bindparam("voucher"), vouchers.c.status == literal_column("'issued'"))
    .values(status=bindparam("new_status"), closed_at=bindparam("at"))
    .returning(vouchers.c.id)
)


class SqlRewardBook:
    """`RewardBook` in a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def taken(self) -> Mapping[str, int]:
        """Return how many of each reward were taken and not given back."""
        await self._transaction.touch()
        return {row.reward: row.taken for row in await self._transaction.fetch(_TAKEN, {})}

    async def take(self, reward: str, *, stock: int | None) -> bool:
        """Take one; False when `stock` were taken."""
        await self._transaction.touch()
        await self._transaction.fetch(_STOCK, [{"reward": reward, "taken": 0}])
        values = {"name": reward, "stock": _ENDLESS if stock is None else stock}
        return bool(await self._transaction.fetch(_TAKE, values))

    async def give_back(self, reward: str) -> None:
        """Put one back."""
        await self._transaction.touch()
        await self._transaction.write(_GIVE_BACK, {"name": reward})

    async def import_codes(self, reward: str, codes: Sequence[str]) -> int:
        """Store codes for a reward; return how many were new."""
        await self._transaction.touch()
        rows = [{"reward": reward, "code": code, "status": "ready"} for code in dict.fromkeys(codes)]
        return len(await self._transaction.fetch(_IMPORT, rows))

    async def codes_left(self) -> Mapping[str, int]:
        """Count the imported codes that nobody has, by reward."""
        await self._transaction.touch()
        return {row.reward: row.codes for row in await self._transaction.fetch(_LEFT, {})}

    async def issue(self, voucher: Voucher, *, is_imported: bool) -> Voucher | None:
        """Give a voucher out, under the next imported code or its own; None when no imported code is left."""
        await self._transaction.touch()
        values = _values(voucher)
        if not is_imported:
            row = {"reward": voucher.reward, "code": voucher.code, "status": "issued", **values}
            added = await self._transaction.fetch(_ISSUE, [row])
            return _named(voucher, added[0].id, voucher.code)
        ready = await self._transaction.fetch(_READY, {"reward": voucher.reward})
        if not ready:
            return None
        await self._transaction.write(_ISSUE_READY, {"voucher": ready[0].id, **values})
        return _named(voucher, ready[0].id, ready[0].code)

    async def of(self, member: MemberId) -> Sequence[Voucher]:
        """Return the vouchers of a member, latest first."""
        await self._transaction.touch()
        return [_read(row) for row in await self._transaction.fetch(_OF, {"member": member})]

    async def by_entry(self, entry: EntryRef) -> Voucher | None:
        """Return the voucher that an entry paid for."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(_BY_ENTRY, {"account": entry.account, "number": entry.number})
        return _read(rows[0]) if rows else None

    async def by_code(self, code: str) -> Voucher | None:
        """Return an issued voucher by its code, locked until the commit."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(_BY_CODE, {"code": code})
        return _read(rows[0]) if rows else None

    async def count(self, member: MemberId, reward: str, *, since: datetime) -> int:
        """Count how many of a reward a member took since then, those refunded left out."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(_COUNT, {"member": member, "reward": reward, "since": since})
        return int(rows[0][0])

    async def close(self, voucher: int, status: VoucherStatus, *, at: datetime) -> bool:
        """Mark an issued voucher as used or refunded; False when it is issued no more."""
        await self._transaction.touch()
        values = {"voucher": voucher, "new_status": status, "at": at}
        return bool(await self._transaction.fetch(_CLOSE, values))


def _values(voucher: Voucher) -> dict[str, object]:
    return {
        "member_id": voucher.member,
        "account_id": voucher.entry.account,
        "number": voucher.entry.number,
        "cost": voucher.cost,
        "issued_at": voucher.issued_at,
        "expires_at": voucher.expires_at,
    }


def _named(voucher: Voucher, id_: int, code: str) -> Voucher:
    return Voucher(
        id=id_,
        reward=voucher.reward,
        code=code,
        status=VoucherStatus.ISSUED,
        member=voucher.member,
        entry=voucher.entry,
        cost=voucher.cost,
        issued_at=voucher.issued_at,
        expires_at=voucher.expires_at,
    )


def _read(row: Row[Any]) -> Voucher:
    return Voucher(
        id=row.id,
        reward=row.reward,
        code=row.code,
        status=VoucherStatus(row.status),
        member=MemberId(row.member_id),
        entry=EntryRef(AccountId(row.account_id), row.number),
        cost=row.cost,
        issued_at=row.issued_at,
        expires_at=row.expires_at,
    )
