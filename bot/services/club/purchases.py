"""Purchases: points for what was bought, taken back in proportion for what was returned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.loyalty.commands import ReverseEarn
from bot.domain.loyalty.earning import OF_FIRST_PURCHASE, Purchase, returned_points
from bot.domain.loyalty.entry import Basis, Entry
from bot.domain.loyalty.member import Member, MemberId
from bot.domain.loyalty.program import Program
from bot.services.club.accruals import Accruals
from bot.services.club.books import Accrued, StoredPurchase
from bot.services.club.points import Points
from bot.services.club.ports import ClubUnit

INVITER, FRIEND = "referral.inviter", "referral.friend"
"""Names of rules that are not in the list of rules, as entries have them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What came of a purchase or a return. `is_repeated`: it was known, and nothing happened."""

    entries: tuple[Entry, ...] = ()
    member: Member | None = None
    is_repeated: bool = False


class Purchases:
    """Purchases and returns, each once however often they are reported. Never commits."""

    def __init__(self, points: Points, accruals: Accruals) -> None:
        self._points = points
        self._accruals = accruals

    async def record(
        self, unit: ClubUnit, program: Program, member_id: MemberId, purchase: Purchase, *, now: datetime
    ) -> Recorded:
        """Give the points of a purchase, and what a first one brings. What cost nothing is none. Locks the account.

        Raises:
            ValueError: no such member.
        """
        member = await _member(unit, member_id)
        await self._accruals.lock(unit, member, now=now)
        is_first = purchase.paid_kopecks > 0 and await unit.club.purchases.kept(member.id) is None
        if not await unit.club.purchases.add(member.id, purchase, at=now):
            return Recorded(member=member, is_repeated=True)
        entries = list(await self._accruals.bought(unit, program, member, purchase, is_first=is_first, now=now))
        if is_first:
            entries += await self._refer(unit, program, member, purchase, now=now)
            entries += await self._keep_promises(unit, program, member, purchase, now=now)
        member = await self._accruals.review_tier(unit, program, member, now=now)
        return Recorded(entries=tuple(entries), member=member)

    async def give_back(
        self, unit: ClubUnit, *, source: str, of: str, lines: Mapping[int, int], now: datetime
    ) -> Recorded | None:
        """Take back the points of what was returned: `lines` are kopecks by line of the purchase `of`.

        What a first purchase brought is kept as long as anything else is, and then goes back with that. More than was
        paid for a line counts as all of it. None where there is no such purchase. Locks the account.
        """
        before = await unit.club.purchases.get(of)
        if before is None:
            return None
        member = await _member(unit, before.member)
        await self._accruals.lock(unit, member, now=now)
        before = await unit.club.purchases.get(of) or before
        paid = {line.number: line.paid_kopecks for line in before.purchase.lines}
        left = {line: paid[line] - before.returned.get(line, 0) for line in paid}
        back = {line: min(kopecks, left[line]) for line, kopecks in lines.items() if left.get(line, 0) > 0 < kopecks}
        if not await unit.club.purchases.add_return(source, of=of, lines=back, at=now):
            return Recorded(member=member, is_repeated=True)
        after = await self._without_gifts(unit, await unit.club.purchases.get(of) or before)
        reversals = [await self._take_back(unit, after, accrued, source=source, now=now) for accrued in after.accrued]
        return Recorded(entries=tuple(entry for entry in reversals if entry is not None), member=member)

    async def _without_gifts(self, unit: ClubUnit, stored: StoredPurchase) -> StoredPurchase:
        """Let another purchase that is kept answer for what this one brought by being the first."""
        source = await unit.club.purchases.kept(stored.member) if stored.is_returned else None
        kept = await unit.club.purchases.get(source) if source is not None else None
        if kept is None:
            return stored
        entries = [(each, await unit.club.ledger.entry(each.entry)) for each in stored.accrued if not each.lines]
        gifts = [each for each, entry in entries if entry is not None and is_of_first_purchase(entry.basis)]
        known = {each.entry for each in kept.accrued}
        await unit.club.purchases.accrue(kept.purchase.source, [each for each in gifts if each.entry not in known])
        return replace(stored, accrued=tuple(each for each in stored.accrued if each not in gifts))

    async def _take_back(
        self, unit: ClubUnit, stored: StoredPurchase, accrued: Accrued, *, source: str, now: datetime
    ) -> Entry | None:
        """Reverse the part of an entry that is due. What was for the purchase as such stays until all is returned."""
        entry = await unit.club.ledger.entry(accrued.entry)
        if entry is None or not (accrued.lines or stored.is_returned):
            return None
        lines = [line for line in stored.purchase.lines if line.number in accrued.lines]
        paid = sum(line.paid_kopecks for line in lines)
        returned = sum(stored.returned.get(line.number, 0) for line in lines)
        before, qualifying_before = await unit.club.ledger.reversed(entry.ref)
        points = returned_points(entry.points, paid=paid, returned=returned, reversed_before=before)
        qualifying = returned_points(
            entry.change.qualifying, paid=paid, returned=returned, reversed_before=qualifying_before
        )
        if not (points or qualifying):
            return None
        command = ReverseEarn(
            account=entry.ref.account,
            key=f"return:{source}:{entry.ref}",
            reverses=entry.ref,
            points=points,
            qualifying=qualifying,
            basis=Basis(source=source, inputs={"paid_kopecks": paid, "returned_kopecks": returned}),
        )
        return (await self._points.post(unit, command, now=now)).entry

    async def _refer(
        self, unit: ClubUnit, program: Program, friend: Member, purchase: Purchase, *, now: datetime
    ) -> Sequence[Entry]:
        """Thank who invited, unless they have been thanked often enough this year, and the friend in any case.

        Nobody is thanked where the two turned out to be one person.
        """
        inviter = await unit.club.members.get(friend.invited_by) if friend.invited_by is not None else None
        if inviter is None:
            return []
        account = await self._points.in_use(unit, inviter.account)
        if account == await self._points.in_use(unit, friend.account):
            return []
        gifts = [(friend, FRIEND, program.referral.friend)]
        year = now.astimezone(program.zone).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
        thanked = await unit.club.purchases.count_earned(account, INVITER, since=year)
        if program.referral.cap_per_year is None or thanked < program.referral.cap_per_year:
            gifts.append((inviter, INVITER, program.referral.inviter))
        entries = []
        for member, rule, points in gifts:
            if points:
                basis = Basis(rule=rule, source=purchase.source, inputs={"friend": friend.id, "inviter": inviter.id})
                key = f"{rule}:{friend.id}:{purchase.source}"
                posted = await self._accruals.give(
                    unit, program, member, points, key=key, basis=basis, at=purchase.at, now=now
                )
                entries.append(posted.entry)
        await unit.club.purchases.accrue(purchase.source, [Accrued(entry=entry.ref) for entry in entries])
        return entries

    async def _keep_promises(
        self, unit: ClubUnit, program: Program, member: Member, purchase: Purchase, *, now: datetime
    ) -> Sequence[Entry]:
        """Give the points of promo codes that waited for the first purchase."""
        entries = []
        for promo in await unit.club.promo.take_waiting(member.id):
            basis = Basis(source=purchase.source, campaign=promo.campaign, inputs={"code": promo.code})
            key = f"promo:{promo.code}:{member.id}"
            posted = await self._accruals.give(
                unit, program, member, promo.points, key=key, basis=basis, at=purchase.at, now=now
            )
            entries.append(posted.entry)
        await unit.club.purchases.accrue(purchase.source, [Accrued(entry=entry.ref) for entry in entries])
        return entries


def is_of_first_purchase(basis: Basis) -> bool:
    """Whether points were given for a purchase because nothing had been bought before."""
    return basis.rule in {INVITER, FRIEND} or "code" in basis.inputs or bool(basis.inputs.get(OF_FIRST_PURCHASE))


async def _member(unit: ClubUnit, member_id: MemberId) -> Member:
    member = await unit.club.members.get(member_id)
    if member is None:
        raise ValueError(f"there is no member {member_id}")
    return member
