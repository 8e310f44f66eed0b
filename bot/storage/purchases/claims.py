"""Claims on receipts as rows; an index of the database sees to it that a receipt is held by one."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Integer, Row, bindparam, func, insert, literal_column, or_, select, update

from bot.domain.loyalty.member import MemberId
from bot.domain.messages import Address
from bot.domain.purchases.claim import KEPT, OPEN, Claim, ClaimId, ClaimState, Refusal
from bot.domain.purchases.verification import Verdict, Verification
from bot.domain.receipts.receipt import Operation, Receipt, ReceiptKey
from bot.storage.codec import storable
from bot.storage.contacts import Contacts
from bot.storage.purchases.tables import HOLDS_KEY, IS_IN_REVIEW, receipt_checks, receipt_claims
from bot.storage.transaction import Transaction

_CLAIMS = receipt_claims.c
_ALIVE = sorted(str(state) for state in OPEN | KEPT)
_ADD = insert(receipt_claims).returning(_CLAIMS.id)
_GET = select(receipt_claims).where(_CLAIMS.id == bindparam("claim"))
_GET_LOCKED = _GET.with_for_update()
_KEEP = update(receipt_claims).where(_CLAIMS.id == bindparam("claim"))
_SAME_KEY = (_CLAIMS.drive == bindparam("of_drive"), _CLAIMS.document == bindparam("of_document"))
HOLDER = select(receipt_claims).where(*_SAME_KEY, literal_column(HOLDS_KEY))
ALIKE = (
    select(receipt_claims)
    .where(or_(_SAME_KEY[0] & _SAME_KEY[1], _CLAIMS.sign == bindparam("of_sign")), _CLAIMS.state.in_(_ALIVE))
    .order_by(_CLAIMS.id)
)
OF_MEMBER = (
    select(receipt_claims)
    .where(_CLAIMS.member_id == bindparam("member"))
    .order_by(_CLAIMS.id.desc())
    .limit(bindparam("limit", type_=Integer))
)
WAITING = (
    select(receipt_claims)
    .where(literal_column(IS_IN_REVIEW))
    .order_by(_CLAIMS.id)
    .limit(bindparam("limit", type_=Integer))
)
_COUNT = select(func.count().label("claims")).where(
    _CLAIMS.member_id == bindparam("member"),
    _CLAIMS.sent_at >= bindparam("since"),
    _CLAIMS.state.in_(bindparam("states", expanding=True)),
)
_ADD_CHECK = insert(receipt_checks)
_CHECKS = select(receipt_checks).where(receipt_checks.c.claim_id == bindparam("claim")).order_by(receipt_checks.c.id)


class SqlClaimBook:
    """`ClaimBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def add(self, member: MemberId, *, at: datetime) -> Claim:
        """Begin a claim on a receipt that nobody has read yet."""
        await self._transaction.touch()
        row = {
            "member_id": member,
            "state": str(ClaimState.SENT),
            "sent_at": at,
            "holds_key": False,
            "source": "",
            "points": 0,
        }
        claim = ClaimId((await self._transaction.fetch(_ADD, [row]))[0].id)
        return Claim(id=claim, member=member, state=ClaimState.SENT, sent_at=at)

    async def get(self, claim: ClaimId, *, is_locked: bool = False) -> Claim | None:
        """Return a claim; locked, nobody else can change it until the end."""
        if is_locked:
            await self._transaction.touch()
        rows = await self._transaction.fetch(_GET_LOCKED if is_locked else _GET, {"claim": claim})
        return _claim(rows[0]) if rows else None

    async def keep(self, claim: Claim, *, by: Address | None = None) -> None:
        """Store what a claim is now; `by` is the person of the brand who decided.

        Raises:
            ConflictError: another claim holds the receipt; here or by the commit.
        """
        await self._transaction.touch()
        row = {**_row(claim), "claim": claim.id}
        if by is not None:
            await self._contacts.ensure([by])
            row["decided_by"] = self._contacts.known[by]
        await self._transaction.write(_KEEP, row)

    async def holder(self, key: ReceiptKey) -> Claim | None:
        """Return the claim that holds a receipt."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(HOLDER, {"of_drive": key.drive, "of_document": key.document})
        return _claim(rows[0]) if rows else None

    async def alike(self, receipt: Receipt) -> Sequence[Claim]:
        """Return open and accepted claims of receipts with the same key or the same fiscal sign, oldest first."""
        await self._transaction.touch()
        key = {"of_drive": receipt.drive, "of_document": receipt.document, "of_sign": receipt.sign}
        return [_claim(row) for row in await self._transaction.fetch(ALIKE, key)]

    async def of(self, member: MemberId, *, limit: int) -> Sequence[Claim]:
        """Return the claims of a member, latest first."""
        return [_claim(row) for row in await self._transaction.fetch(OF_MEMBER, {"member": member, "limit": limit})]

    async def waiting(self, *, limit: int) -> Sequence[Claim]:
        """Return the claims that people have to look at, oldest first."""
        return [_claim(row) for row in await self._transaction.fetch(WAITING, {"limit": limit})]

    async def count(self, member: MemberId, states: Collection[ClaimState], *, since: datetime) -> int:
        """Count the claims that a member sent from `since` on and that are in one of `states`."""
        await self._transaction.touch()
        values = {"member": member, "states": sorted(map(str, states)), "since": since}
        return int((await self._transaction.fetch(_COUNT, values))[0].claims)

    async def note_check(self, claim: ClaimId, verification: Verification, *, at: datetime) -> None:
        """Write down what somebody said of the receipt. It stays."""
        await self._transaction.touch()
        row = {
            "claim_id": claim,
            "provider": storable(verification.provider),
            "verdict": str(verification.verdict),
            "digest": verification.digest,
            "at": at,
        }
        await self._transaction.write(_ADD_CHECK, row)

    async def checks(self, claim: ClaimId) -> Sequence[Verification]:
        """Return what was said of the receipt, oldest first."""
        rows = await self._transaction.fetch(_CHECKS, {"claim": claim})
        return [Verification(provider=row.provider, verdict=Verdict(row.verdict), digest=row.digest) for row in rows]


def _row(claim: Claim) -> dict[str, object]:
    receipt = claim.receipt
    clock = receipt.clock if receipt else None
    return {
        "state": str(claim.state),
        "drive": receipt.drive if receipt else None,
        "document": receipt.document if receipt else None,
        "sign": receipt.sign if receipt else None,
        "total_kopecks": receipt.total_kopecks if receipt else None,
        "operation": int(receipt.operation) if receipt else None,
        "day": receipt.day if receipt else None,
        "clock": clock.isoformat() if clock else None,
        "holds_key": claim.holds_key,
        "refusal": str(claim.refusal) if claim.refusal else None,
        "source": storable(claim.source),
        "points": claim.points,
        "decided_at": claim.decided_at,
    }


def _claim(row: Row[Any]) -> Claim:
    return Claim(
        id=ClaimId(row.id),
        member=MemberId(row.member_id),
        state=ClaimState(row.state),
        sent_at=row.sent_at,
        receipt=_receipt(row),
        holds_key=row.holds_key,
        refusal=Refusal(row.refusal) if row.refusal else None,
        source=row.source,
        points=row.points,
        decided_at=row.decided_at,
    )


def _receipt(row: Row[Any]) -> Receipt | None:
    if row.drive is None:
        return None
    day: date = row.day
    return Receipt(
        day=day,
        clock=time.fromisoformat(row.clock) if row.clock else None,
        total_kopecks=row.total_kopecks,
        drive=row.drive,
        document=row.document,
        sign=row.sign,
        operation=Operation(row.operation),
    )
