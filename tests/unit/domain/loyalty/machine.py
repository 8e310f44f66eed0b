"""LedgerMachine: everything that can be done with points, in any order, with the eleven invariants after every step.

The numbers are those of the ledger's contract:
1 entries are only added; 2 the sums are those of the entries and of the lots; 3 a lot has between nothing and what was
granted, the soonest to expire is spent first; 4 a key is done once; 5 nothing is negative, what was spent and is taken
back is debt; 6 what was spent goes back to where it came from; 7 expiry can be done again; 8 a hold is captured and
released to the last point; 9 everything can be counted from zero; 10 points are whole; 11 a purchase earns once by a
rule.
"""

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from bot.domain.errors import (
    AlreadyReversedError,
    HoldExpiredError,
    HoldNotFoundError,
    InsufficientPointsError,
    RepeatedKeyError,
)
from bot.domain.loyalty.account import AccountStatus
from bot.domain.loyalty.commands import (
    Adjust,
    Burn,
    Capture,
    Earn,
    PlaceHold,
    Release,
    ReverseBurn,
    ReverseEarn,
)
from bot.domain.loyalty.entry import EntryKind
from tests.fakes.club.unit import at_once
from tests.unit.domain.loyalty.world import ACCOUNTS, ANY, DAY, DAYS, HAND, POINTS, SHARE, TERM, LedgerWorld


class LedgerMachine(LedgerWorld):
    """Plays with a few accounts."""

    @initialize()
    def open_accounts(self) -> None:
        for _ in range(ACCOUNTS):
            at_once(self.unit.club.ledger.create())

    @rule(points=st.integers(0, 60), who=ANY, pending=DAYS, life=st.none() | st.integers(1, 40), qualifying=DAYS)
    def earn(self, points: int, who: int, pending: int, life: int | None, qualifying: int) -> None:
        activates_at = self.now + pending * DAY
        command = Earn(
            account=self._account(who),
            key=self._key(),
            points=points,
            qualifying=qualifying,
            qualified_on=self.now.date(),
            activates_at=activates_at if pending else None,
            expires_at=None if life is None else activates_at + life * DAY,
        )
        self._post(command)

    @rule(share=SHARE, who=ANY)
    def burn(self, share: int, who: int) -> None:
        account = self._account(who)
        self._spend(Burn(account=account, key=self._key(), points=self._part(account, share)))

    @rule(share=SHARE, who=ANY, life=st.integers(1, 10))
    def hold(self, share: int, who: int, life: int) -> None:
        account, expires_at = self._account(who), self.now + life * DAY
        points = self._part(account, share)
        self._spend(PlaceHold(account=account, key=self._key(), points=points, expires_at=expires_at))

    @precondition(lambda self: self.tables.holds)
    @rule(points=POINTS, which=ANY)
    def capture(self, points: int, which: int) -> None:
        hold = self._hold(which)
        try:
            self._post(Capture(account=hold.account, key=self._key(), hold=hold, points=points))
        except InsufficientPointsError:
            assert points > self.tables.holds[hold].points
        except (HoldNotFoundError, HoldExpiredError):
            self._is_closed(hold)

    @precondition(lambda self: self.tables.holds)
    @rule(which=ANY)
    def release(self, which: int) -> None:
        hold = self._hold(which)
        try:
            self._post(Release(account=hold.account, key=self._key(), hold=hold))
        except (HoldNotFoundError, HoldExpiredError):
            self._is_closed(hold)

    @rule(points=st.integers(-40, 40).filter(bool), who=ANY, life=st.integers(1, 40))
    def adjust(self, points: int, who: int, life: int) -> None:
        expires_at = self.now + life * DAY
        command = Adjust(account=self._account(who), key=self._key(), points=points, expires_at=expires_at, basis=HAND)
        self._post(command) if points > 0 else self._spend(command)

    @precondition(lambda self: self._any(EntryKind.EARN))
    @rule(which=ANY, share=SHARE)
    def reverse_earn(self, which: int, share: int) -> None:
        of = self._any(EntryKind.EARN)
        entry = of[which % len(of)]
        left = entry.points - self._reversed(entry)
        points = left * share // 100 + (share > 100)
        earlier = list(self.tables.reversals.get(entry.ref, ()))
        qualified = entry.change.qualifying + sum(self.tables.entries[ref].change.qualifying for ref in earlier)
        qualifying = qualified * share // 100 + (share > 100)
        command = ReverseEarn(
            account=entry.ref.account, key=self._key(), reverses=entry.ref, points=points, qualifying=qualifying
        )
        try:
            posted = self._post(command)
        except AlreadyReversedError:
            assert points > left
        else:
            assert points <= left
            self._was_taken(posted.entry, entry, earlier)

    @precondition(lambda self: self._any(EntryKind.BURN, EntryKind.CAPTURE))
    @rule(which=ANY, share=SHARE)
    def reverse_burn(self, which: int, share: int) -> None:
        of = self._any(EntryKind.BURN, EntryKind.CAPTURE)
        entry = of[which % len(of)]
        left = entry.points - self._reversed(entry)
        points = max(left * share // 100 + (share > 100), 1)
        expires_at = self.now + TERM
        command = ReverseBurn(
            account=entry.ref.account, key=self._key(), reverses=entry.ref, points=points, expires_at=expires_at
        )
        before, lots = self._worth(self._in_use(entry.ref.account)), dict(self.tables.lots)
        try:
            posted = self._post(command)
        except AlreadyReversedError:
            assert points > left
        else:
            assert points <= left
            self._went_back(posted.entry, entry, lots)
            assert sum(self._worth(posted.account.id)) == sum(before) + points

    @rule(one=ANY, other=ANY)
    def merge(self, one: int, other: int) -> None:
        source, target = self._account(one), self._account(other)
        opened = sum(1 for account in self.tables.accounts.values() if account.status is not AccountStatus.MERGED)
        if source == target or opened < 3 - self.asked % 2:
            return
        before = [sum(both) for both in zip(self._worth(source), self._worth(target), strict=True)]
        before[1] -= self._held_too_late(source)
        key = self._key()
        first = at_once(self.points.merge(self.unit, source, target, key=key, basis=HAND, now=self.now))
        again = at_once(self.points.merge(self.unit, source, target, key=key, basis=HAND, now=self.now))
        assert (again.entry, again.is_repeated) == (first.entry, True)
        assert list(self._worth(target)) == before
        assert sum(self._worth(source)) == 0

    @precondition(lambda self: self._merged())
    @rule(which=ANY)
    def undo_merge(self, which: int) -> None:
        """No point is made or lost but by what expires in between; only who is merged is opened again."""
        merged = self._merged()
        source = merged[which % len(merged)]
        target = self.tables.accounts[source].merged_into
        before, key = self._worth(target), self._key()
        qualifying = self.tables.accounts[target].qualifying
        for is_repeated in (False, True):
            done = at_once(self.points.undo_merge(self.unit, source, target, key=key, basis=HAND, now=self.now))
            assert (done.account.id, done.is_repeated) == (source, is_repeated)
        both = [sum(each) for each in zip(self._worth(source), self._worth(target), strict=True)]
        assert both == list(before)
        assert sum(self.tables.accounts[each].qualifying for each in (source, target)) == qualifying
        assert self.tables.accounts[source].status is AccountStatus.OPEN

    @rule(points=POINTS, who=ANY)
    def get_into_debt(self, points: int, who: int) -> None:
        """Buy, spend what that gave with all else there is, and return what was bought."""
        account = self._account(who)
        earned = self._post(Earn(account=account, key=self._key(), points=points)).entry
        self.burn(share=100, who=who)
        self._post(ReverseEarn(account=account, key=self._key(), reverses=earned.ref, points=points))
        assert self.tables.accounts[account].debt >= points

    @rule(days=st.integers(-3, 8))
    def move_clock(self, days: int) -> None:
        self.now += days * DAY

    @rule(limit=st.integers(1, 3))
    def settle(self, limit: int) -> None:
        """(7)"""
        self._settle(limit)

    @precondition(lambda self: self.done)
    @rule(which=ANY)
    def repeat(self, which: int) -> None:
        """(4, 11) The same key and the same words: the same entry. The same key and other words: a mistake."""
        command, ref = self.done[which % len(self.done)]
        before = self.tables.copy()
        posted = at_once(self.points.post(self.unit, command, now=self.now))
        assert (posted.entry.ref, posted.is_repeated) == (ref, True)
        for wrong in self._twisted(command, ref):
            try:
                at_once(self.points.post(self.unit, wrong, now=self.now))
            except RepeatedKeyError:
                continue
            raise AssertionError(f"{wrong} was taken for {command}")
        assert self.tables == before

    @rule(who=ANY)
    def read_balance(self, who: int) -> None:
        """What is shown is what there is once everything due is done."""
        account = self._account(who)
        shown = at_once(self.points.balance(self.unit, account, now=self.now))
        self._settle(ACCOUNTS)
        kept = self.tables.accounts[account]
        assert (shown.pending, shown.available, shown.held, shown.debt) == (
            kept.pending,
            kept.available,
            kept.held,
            kept.debt,
        )
