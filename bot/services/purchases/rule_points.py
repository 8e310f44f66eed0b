"""RulePoints: `PurchasePoints` by the rules of the programme, straight into the ledger."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.domain.loyalty.commands import Earn, ReverseEarn
from bot.domain.loyalty.earning import (
    Accrual,
    Line,
    Purchase,
    Situation,
    earn_by_event,
    earn_by_purchase,
    returned_points,
)
from bot.domain.loyalty.entry import Basis, Entry, EntryKind
from bot.domain.loyalty.program import Program, RuleKind
from bot.domain.members.member import Member
from bot.services.club.points import Points
from bot.services.club.ports import Need
from bot.services.ports import UnitOfWork
from bot.services.purchases.points import CameBack, Given

_PAGE = 200
_LINES = "lines"


class RulePoints:
    """Gives and takes points. Never commits."""

    def __init__(self, points: Points, program: Callable[[], Program]) -> None:
        self._points = points
        self._program = program

    async def bought(self, uow: UnitOfWork, member: Member, purchase: Purchase, *, now: datetime) -> Given:
        """Give the points of a purchase; they wait while goods can be returned. Locks the account."""
        program = self._program()
        situation = await self._situation(uow, member, is_first=True, now=now)
        found = [
            accrual
            for accrual in earn_by_purchase(program, purchase, situation)
            if not await self._had_first(uow, member, accrual)
        ]
        activates_at = program.pending.end(purchase.at, program.zone) if program.pending else None
        given = [
            await self._give(uow, member, each, source=purchase.source, at=purchase.at, from_at=activates_at, now=now)
            for each in found
        ]
        return Given(points=sum(given), from_at=activates_at)

    async def came_back(self, uow: UnitOfWork, member: Member, back: CameBack, *, now: datetime) -> int:
        """Take back in proportion, and return how many points. Locks the account."""
        await uow.club.ledger.load(await self._points.in_use(uow, member.account), Need(), now=now)
        taken = 0
        for rule in dict.fromkeys(rule.id for rule in self._program().rules):
            for key in (_key(back.purchase.source, rule), _first_key(member, rule)):
                entry = await uow.club.ledger.find(key)
                if entry is not None and entry.basis.source == back.purchase.source:
                    taken += await self._take_back(uow, entry, back, now=now)
        return taken

    async def registered(self, uow: UnitOfWork, member: Member, *, serial: str, product: Line, now: datetime) -> Given:
        """Give what the registration of a device gives. Locks the account."""
        program = self._program()
        situation = await self._situation(uow, member, is_first=False, now=now)
        day = now.astimezone(program.zone).date()
        found = earn_by_event(program, RuleKind.PRODUCT_REGISTRATION, day, situation, line=product)
        source = f"{RuleKind.PRODUCT_REGISTRATION}:{serial}"
        given = [await self._give(uow, member, each, source=source, at=now, from_at=None, now=now) for each in found]
        return Given(points=sum(given))

    async def _give(
        self,
        uow: UnitOfWork,
        member: Member,
        accrual: Accrual,
        *,
        source: str,
        at: datetime,
        from_at: datetime | None,
        now: datetime,
    ) -> int:
        program, rule = self._program(), accrual.rule
        lives = program.points_expire
        words = ",".join(map(str, accrual.lines))
        command = Earn(
            account=member.account,
            key=_first_key(member, rule.id) if rule.kind is RuleKind.FIRST_PURCHASE else _key(source, rule.id),
            points=accrual.points,
            qualifying=accrual.qualifying,
            qualified_on=at.astimezone(program.zone).date(),
            activates_at=from_at,
            expires_at=lives.end(max(from_at or now, now), program.zone) if lives else None,
            basis=Basis(rule=rule.id, version=rule.version, inputs={**accrual.inputs, _LINES: words}, source=source),
        )
        return (await self._points.post(uow, command, now=now)).entry.points

    async def _take_back(self, uow: UnitOfWork, entry: Entry, back: CameBack, *, now: datetime) -> int:
        """Reverse the part that is due. What was for the purchase as such stays until all of it is back."""
        counted = {int(number) for number in str(entry.basis.inputs.get(_LINES, "")).split(",") if number}
        lines = [line for line in back.purchase.lines if line.number in counted] or back.purchase.lines
        paid, returned = _sum(lines), sum(back.returned.get(line.number, 0) for line in lines)
        if not counted and returned < paid:
            return 0
        loaded = await uow.club.ledger.load(entry.ref.account, Need(reverses=entry.ref), now=now)
        before = loaded.reversible if loaded else None
        if before is None:
            return 0
        points = returned_points(entry.points, paid=paid, returned=returned, reversed_before=before.reversed)
        qualifying = returned_points(
            entry.change.qualifying, paid=paid, returned=returned, reversed_before=before.qualifying
        )
        if not (points or qualifying):
            return 0
        command = ReverseEarn(
            account=entry.ref.account,
            key=f"{back.source}:{entry.ref}",
            reverses=entry.ref,
            points=points,
            qualifying=qualifying,
            basis=Basis(source=back.source, inputs={"paid_kopecks": paid, "returned_kopecks": returned}),
        )
        return (await self._points.post(uow, command, now=now)).entry.points

    async def _had_first(self, uow: UnitOfWork, member: Member, accrual: Accrual) -> bool:
        if accrual.rule.kind is not RuleKind.FIRST_PURCHASE:
            return False
        return await uow.club.ledger.find(_first_key(member, accrual.rule.id)) is not None

    async def _situation(self, uow: UnitOfWork, member: Member, *, is_first: bool, now: datetime) -> Situation:
        """Lock the account, so that caps are counted by one at a time, and sum up the month."""
        account = await self._points.in_use(uow, member.account)
        await uow.club.ledger.load(account, Need(), now=now)
        if all(rule.cap_per_month is None for rule in self._program().rules):
            return Situation(is_first=is_first)
        month = now.astimezone(self._program().zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        earned: dict[str, int] = {}
        before: int | None = None
        while page := await self._points.history(uow, account, before=before, limit=_PAGE):
            _add_up(earned, [entry for entry in page if entry.at >= month])
            if page[-1].at < month:
                break
            before = page[-1].ref.number
        return Situation(is_first=is_first, earned=earned)


def _add_up(earned: dict[str, int], entries: Sequence[Entry]) -> None:
    for entry in entries:
        if entry.kind is EntryKind.EARN:
            earned[entry.basis.rule] = earned.get(entry.basis.rule, 0) + entry.points


def _sum(lines: Sequence[Line]) -> int:
    return sum(line.paid_kopecks for line in lines)


def _key(source: str, rule: str) -> str:
    return f"earn:{source}:{rule}"


def _first_key(member: Member, rule: str) -> str:
    return f"earn:first:{member.id}:{rule}"
