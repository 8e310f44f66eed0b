"""Members, purchases, rewards and promo codes in memory."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.errors import ConflictError, RejectedError
from bot.domain.loyalty.card import CardNumber
from bot.domain.loyalty.earning import Purchase
from bot.domain.loyalty.entry import AccountId, Entry, EntryKind, EntryRef
from bot.domain.loyalty.member import Member, MemberId
from bot.domain.loyalty.promo import PromoCode
from bot.domain.loyalty.tiers import Standing
from bot.domain.loyalty.voucher import Voucher, VoucherStatus
from bot.domain.messages import Address
from bot.services.club.books import Accrued, StoredPurchase
from tests.fakes.club.tables import ClubTables


class FakeMemberBook:
    """`MemberBook` in memory."""

    def __init__(self, tables: ClubTables) -> None:
        self._tables = tables

    async def create(
        self,
        account: AccountId,
        *,
        card: CardNumber,
        joined_at: datetime,
        age_confirmed: int = 0,
        invited_by: MemberId | None = None,
    ) -> Member:
        """Number it."""
        if any(member.account == account or member.card == card for member in self._tables.members.values()):
            raise ConflictError("someone else wrote the same first")
        member = Member(
            id=MemberId(len(self._tables.members) + 1),
            account=account,
            card=card,
            joined_at=joined_at,
            age_confirmed=age_confirmed,
            invited_by=invited_by,
        )
        self._tables.members[member.id] = member
        return member

    async def get(self, member: MemberId) -> Member | None:
        """Look it up."""
        return self._tables.members.get(member)

    async def by_card(self, card: CardNumber) -> Member | None:
        """Look at all."""
        return next((member for member in self._tables.members.values() if member.card == card), None)

    async def link(self, address: Address, member: MemberId, *, at: datetime) -> None:
        """Note it, as the latest."""
        self._tables.writers.pop(address, None)
        self._tables.writers[address] = member

    async def unlink(self, address: Address) -> None:
        """Forget it."""
        self._tables.writers.pop(address, None)

    async def addresses(self, member: MemberId) -> Sequence[Address]:
        """The latest first."""
        return [address for address, whose in reversed(self._tables.writers.items()) if whose == member]

    async def leave(self, member: MemberId, *, at: datetime | None) -> None:
        """Note it."""
        self._tables.members[member] = replace(self._tables.members[member], left_at=at)

    async def who(self, address: Address) -> Member | None:
        """Look it up."""
        member = self._tables.writers.get(address)
        return None if member is None else self._tables.members[member]

    async def stand(self, member: MemberId, standing: Standing) -> None:
        """Note it."""
        self._tables.members[member] = replace(self._tables.members[member], standing=standing)

    async def by_accounts(self, accounts: Sequence[AccountId]) -> Mapping[AccountId, Member]:
        """Look at all."""
        return {member.account: member for member in self._tables.members.values() if member.account in accounts}

    async def active(self, *, after: MemberId, limit: int) -> Sequence[Member]:
        """Sort them."""
        members = sorted(self._tables.members.values(), key=lambda member: member.id)
        return [member for member in members if member.is_active and member.id > after][:limit]

    async def count_friends(self, member: MemberId) -> int:
        """Count them."""
        return sum(1 for other in self._tables.members.values() if other.invited_by == member)


class FakePurchaseBook:
    """`PurchaseBook` in memory."""

    def __init__(self, tables: ClubTables) -> None:
        self._tables = tables

    async def add(self, member: MemberId, purchase: Purchase, *, at: datetime) -> bool:
        """Keep it once."""
        if purchase.source in self._tables.purchases:
            return False
        returned = {line.number: 0 for line in purchase.lines}
        self._tables.purchases[purchase.source] = StoredPurchase(member=member, purchase=purchase, returned=returned)
        return True

    async def accrue(self, source: str, accrued: Sequence[Accrued]) -> None:
        """Keep them sorted."""
        stored = self._tables.purchases[source]
        both = sorted((*stored.accrued, *accrued), key=lambda each: each.entry)
        self._tables.purchases[source] = replace(stored, accrued=tuple(both))

    async def get(self, source: str) -> StoredPurchase | None:
        """Look it up."""
        return self._tables.purchases.get(source)

    async def add_return(self, source: str, *, of: str, lines: Mapping[int, int], at: datetime) -> bool:
        """Keep it once; refuse what a database refuses."""
        if source in self._tables.returns:
            return False
        stored = self._tables.purchases[of]
        returned = {line: kopecks + lines.get(line, 0) for line, kopecks in stored.returned.items()}
        if any(returned[line.number] > line.paid_kopecks for line in stored.purchase.lines):
            raise RejectedError("the database refuses these values")
        self._tables.returns[source] = of
        self._tables.purchases[of] = replace(stored, returned=returned)
        return True

    async def kept(self, member: MemberId) -> str | None:
        """Look for one that was not returned."""
        stored = (each for each in self._tables.purchases.values() if each.member == member)
        return next((each.purchase.source for each in stored if not each.is_returned), None)

    async def earned(self, account: AccountId, *, since: date, until: date) -> Mapping[str, int]:
        """Add them up."""
        sums = Counter[str]()
        for entry in self._earned(account):
            if entry.qualified_on is not None and since <= entry.qualified_on < until:
                sums[entry.basis.rule] += entry.points
        return dict(sums)

    async def count_earned(self, account: AccountId, rule: str, *, since: datetime) -> int:
        """Count them."""
        return sum(1 for entry in self._earned(account) if entry.basis.rule == rule and entry.at >= since)

    async def spend_budget(self, rule: str, points: int) -> int:
        """Add to it."""
        self._tables.budgets[rule] = self._tables.budgets.get(rule, 0) + points
        return self._tables.budgets[rule]

    def _earned(self, account: AccountId) -> list[Entry]:
        return [
            entry
            for entry in self._tables.entries.values()
            if entry.ref.account == account and entry.kind is EntryKind.EARN and entry.basis.rule
        ]


class FakeRewardBook:
    """`RewardBook` in memory."""

    def __init__(self, tables: ClubTables) -> None:
        self._tables = tables

    async def taken(self) -> Mapping[str, int]:
        """Leave out none."""
        return {reward: taken for reward, taken in self._tables.stocks.items() if taken}

    async def take(self, reward: str, *, stock: int | None) -> bool:
        """Count up to the stock."""
        taken = self._tables.stocks.get(reward, 0)
        if stock is not None and taken >= stock:
            return False
        self._tables.stocks[reward] = taken + 1
        return True

    async def give_back(self, reward: str) -> None:
        """Count down."""
        self._tables.stocks[reward] -= 1

    async def import_codes(self, reward: str, codes: Sequence[str]) -> int:
        """Keep those that are new."""
        known = {voucher.code for voucher in self._tables.vouchers.values()} | set(self._tables.ready)
        new = [code for code in dict.fromkeys(codes) if code not in known]
        for code in new:
            self._tables.next_voucher += 1
            self._tables.ready[code] = (self._tables.next_voucher, reward)
        return len(new)

    async def codes_left(self) -> Mapping[str, int]:
        """Count those that are ready."""
        return Counter(reward for _, reward in self._tables.ready.values())

    async def issue(self, voucher: Voucher, *, is_imported: bool) -> Voucher | None:
        """Take the next code, or number the voucher."""
        if is_imported:
            code = next((code for code, (_, reward) in self._tables.ready.items() if reward == voucher.reward), None)
            if code is None:
                return None
            id_, _ = self._tables.ready.pop(code)
        else:
            self._tables.next_voucher += 1
            id_, code = self._tables.next_voucher, voucher.code
        issued = replace(voucher, id=id_, code=code)
        self._tables.vouchers[id_] = issued
        return issued

    async def of(self, member: MemberId) -> Sequence[Voucher]:
        """Sort them."""
        found = (voucher for voucher in self._tables.vouchers.values() if voucher.member == member)
        return sorted(found, key=lambda voucher: -voucher.id)

    async def by_entry(self, entry: EntryRef) -> Voucher | None:
        """Look through everything."""
        return next((voucher for voucher in self._tables.vouchers.values() if voucher.entry == entry), None)

    async def by_code(self, code: str) -> Voucher | None:
        """Look through everything."""
        return next((voucher for voucher in self._tables.vouchers.values() if voucher.code == code), None)

    async def count(self, member: MemberId, reward: str, *, since: datetime) -> int:
        """Count them."""
        return sum(
            1
            for voucher in await self.of(member)
            if voucher.reward == reward and voucher.issued_at >= since and voucher.status is not VoucherStatus.REFUNDED
        )

    async def close(self, voucher: int, status: VoucherStatus, *, at: datetime) -> bool:
        """Change it once."""
        found = self._tables.vouchers[voucher]
        if found.status is not VoucherStatus.ISSUED:
            return False
        self._tables.vouchers[voucher] = replace(found, status=status)
        return True


class FakePromoBook:
    """`PromoBook` in memory."""

    def __init__(self, tables: ClubTables) -> None:
        self._tables = tables

    async def add(self, codes: Sequence[PromoCode]) -> int:
        """Keep those that are new."""
        before = len(self._tables.promo)
        for promo in codes:
            self._tables.promo.setdefault(promo.code, promo)
        return len(self._tables.promo) - before

    async def find(self, codes: Sequence[str]) -> PromoCode | None:
        """Look them up."""
        return next((self._tables.promo[code] for code in codes if code in self._tables.promo), None)

    async def has_used(self, code: str, member: MemberId) -> bool:
        """Look it up."""
        return (code, member) in self._tables.promo_uses

    async def use(self, code: str, member: MemberId, *, at: datetime, is_waiting: bool) -> None:
        """Count it once."""
        if (code, member) in self._tables.promo_uses:
            raise ConflictError("someone else wrote the same first")
        promo = self._tables.promo[code]
        self._tables.promo_uses[code, member] = is_waiting
        self._tables.promo[code] = replace(promo, uses=promo.uses + 1)

    async def take_waiting(self, member: MemberId) -> Sequence[PromoCode]:
        """Look through everything."""
        found = sorted(code for (code, who), waits in self._tables.promo_uses.items() if who == member and waits)
        for code in found:
            self._tables.promo_uses[code, member] = False
        return [self._tables.promo[code] for code in found]
