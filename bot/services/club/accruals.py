"""Accruals: points earned by the rules of the program, with tiers, caps, budgets and waiting times."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.loyalty.commands import Earn
from bot.domain.loyalty.earning import Accrual, Line, Purchase, Situation, earn_by_event, earn_by_purchase
from bot.domain.loyalty.entry import AccountId, Basis, Entry
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.period import Period
from bot.domain.loyalty.program import Program, Rule, RuleKind
from bot.domain.loyalty.tiers import review, window_start
from bot.services.club.books import Accrued
from bot.services.club.points import Points, Posted
from bot.services.club.ports import ClubUnit, Need

_A_MONTH = Period(months=1)


class Accruals:
    """What members earn. Never commits."""

    def __init__(self, points: Points) -> None:
        self._points = points

    async def lock(self, unit: ClubUnit, member: Member, *, now: datetime) -> AccountId:
        """Lock the account of a member, so that caps are counted by one at a time; return the one in use."""
        account = await self._points.in_use(unit, member.account)
        await unit.club.ledger.load(account, Need(), now=now)
        return account

    async def happened(
        self,
        unit: ClubUnit,
        program: Program,
        member: Member,
        *,
        kind: RuleKind,
        occasion: str,
        now: datetime,
        line: Line | None = None,
    ) -> Sequence[Entry]:
        """Give what something gives: joining, a review, a birthday. Once for each `occasion` of a member: whatever
        became of the rule, its cap or its budget since, told again it is what was given then.

        Locks the account. `line` is the product it is about.
        """
        account = await self.lock(unit, member, now=now)
        source = f"{kind}:{member.id}:{occasion}"
        day = now.astimezone(program.zone).date()
        situation = await self._situation(unit, program, member, account, rules=program.active(kind, day), day=day)
        found = earn_by_event(program, kind, day, situation, line=line)
        entries = []
        for accrual in found:
            before = await unit.club.ledger.find(_key(source, accrual.rule))
            given = before or (await self._give(unit, program, account, accrual, source=source, at=now, now=now)).entry
            entries.append(given)
        return entries

    async def bought(
        self, unit: ClubUnit, program: Program, member: Member, purchase: Purchase, *, is_first: bool, now: datetime
    ) -> Sequence[Entry]:
        """Give what a purchase gives, and note it beside the purchase. The account is locked already."""
        account = await self._points.in_use(unit, member.account)
        day = purchase.at.astimezone(program.zone).date()
        rules = [*program.active(purchase.kind, day), *program.active(RuleKind.FIRST_PURCHASE, day)]
        situation = await self._situation(unit, program, member, account, rules=rules, day=day, is_first=is_first)
        entries, accrued = list[Entry](), list[Accrued]()
        for accrual in earn_by_purchase(program, purchase, situation):
            posted = await self._give(
                unit, program, account, accrual, source=purchase.source, at=purchase.at, now=now, waits=True
            )
            entries.append(posted.entry)
            accrued.append(Accrued(entry=posted.entry.ref, lines=accrual.lines))
        await unit.club.purchases.accrue(purchase.source, accrued)
        return entries

    async def give(
        self,
        unit: ClubUnit,
        program: Program,
        member: Member,
        points: int,
        *,
        key: str,
        basis: Basis,
        at: datetime,
        now: datetime,
    ) -> Posted:
        """Give a number of points that waits as those of a purchase at `at` do."""
        activates_at = _activates_at(program, at)
        command = Earn(
            account=member.account,
            key=key,
            points=points,
            activates_at=activates_at,
            expires_at=_expires_at(program, max(activates_at or now, now)),
            basis=basis,
        )
        return await self._points.post(unit, command, now=now)

    async def review_tier(self, unit: ClubUnit, program: Program, member: Member, *, now: datetime) -> Member:
        """Bring the tier of a member up to date; return the member with it."""
        day = now.astimezone(program.zone).date()
        qualifying = await self._points.qualifying(unit, member.account, since=window_start(program, day))
        standing = review(program, member.standing, qualifying=qualifying, day=day)
        if standing is None or standing == member.standing:
            return member
        await unit.club.members.stand(member.id, standing)
        found = await unit.club.members.get(member.id)
        return found or member

    async def _situation(
        self,
        unit: ClubUnit,
        program: Program,
        member: Member,
        account: AccountId,
        *,
        rules: Sequence[Rule],
        day: date,
        is_first: bool = False,
    ) -> Situation:
        """Look up what `rules` that may count on `day` need to know, budgets locked, in the order of their names."""
        month = day.replace(day=1)
        is_capped = any(rule.cap_per_month is not None for rule in rules)
        books = unit.club.purchases
        earned = await books.earned(account, since=month, until=_A_MONTH.after(month)) if is_capped else {}
        budgets = sorted(rule.id for rule in rules if rule.budget is not None)
        spent = {rule: await unit.club.purchases.spend_budget(rule, 0) for rule in budgets}
        tier = program.tier(member.standing.tier) if member.standing else None
        return Situation(tier=tier, is_first=is_first, earned=earned, spent=spent)

    async def _give(
        self,
        unit: ClubUnit,
        program: Program,
        account: AccountId,
        accrual: Accrual,
        *,
        source: str,
        at: datetime,
        now: datetime,
        waits: bool = False,
    ) -> Posted:
        rule = accrual.rule
        activates_at = _activates_at(program, at) if waits else None
        command = Earn(
            account=account,
            key=_key(source, rule),
            points=accrual.points,
            qualifying=accrual.qualifying,
            qualified_on=at.astimezone(program.zone).date(),
            activates_at=activates_at,
            expires_at=_expires_at(program, max(activates_at or now, now)),
            basis=Basis(rule=rule.id, version=rule.version, inputs=accrual.inputs, source=source),
        )
        posted = await self._points.post(unit, command, now=now)
        if rule.budget is not None and not posted.is_repeated:
            await unit.club.purchases.spend_budget(rule.id, accrual.points)
        return posted


def _key(source: str, rule: Rule) -> str:
    return f"earn:{source}:{rule.id}"


def _activates_at(program: Program, at: datetime) -> datetime | None:
    return program.pending.end(at, program.zone) if program.pending else None


def _expires_at(program: Program, at: datetime) -> datetime | None:
    """Points live to the end of their last day, so that nobody loses them in the middle of it."""
    moment = at - timedelta(microseconds=1) if _is_midnight(at, program.zone) else at
    return program.points_expire.end(moment, program.zone) if program.points_expire else None


def _is_midnight(at: datetime, zone: ZoneInfo) -> bool:
    local = at.astimezone(zone)
    return (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
