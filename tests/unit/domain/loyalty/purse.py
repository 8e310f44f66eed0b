"""Purse: one account to try operations on, in a line each."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.domain.loyalty.account import Account
from bot.domain.loyalty.audit import audit
from bot.domain.loyalty.commands import (
    Burn,
    Capture,
    Command,
    Earn,
    PlaceHold,
    Release,
    ReverseBurn,
    ReverseEarn,
)
from bot.domain.loyalty.entry import AccountId, Entry
from bot.services.club.points import Points
from tests.fakes.club.unit import FakeClubUnit, at_once

DAY = timedelta(days=1)


@dataclass(slots=True)
class Purse:
    """An empty account; every operation has a key of its own unless it is given one."""

    unit: FakeClubUnit = field(default_factory=FakeClubUnit)
    now: datetime = datetime(2026, 3, 1, 12, tzinfo=UTC)
    points: Points = field(default_factory=Points)
    id: AccountId = field(init=False)
    asked: int = 0

    def __post_init__(self) -> None:
        self.id = at_once(self.unit.club.ledger.create())

    @property
    def account(self) -> Account:
        """The sums, everything due done."""
        while at_once(self.points.settle(self.unit, now=self.now, limit=10)):
            pass
        for books in at_once(self.unit.club.ledger.books(after=AccountId(0), limit=10)):
            assert audit(books) == []
        return self.unit.tables.accounts[self.id]

    def post(self, command: Command) -> Entry:
        """Do anything."""
        return at_once(self.points.post(self.unit, command, now=self.now)).entry

    def earn(self, points: int, *, pending: int = 0, life: int | None = None, key: str = "") -> Entry:
        """Earn; `pending` and `life` are in days."""
        return self.post(
            Earn(
                account=self.id,
                key=key or self._key(),
                points=points,
                activates_at=self.now + pending * DAY if pending else None,
                expires_at=None if life is None else self.now + (pending + life) * DAY,
            )
        )

    def burn(self, points: int) -> Entry:
        """Spend."""
        return self.post(Burn(account=self.id, key=self._key(), points=points))

    def hold(self, points: int, *, days: int = 1) -> Entry:
        """Set aside."""
        expires_at = self.now + days * DAY
        return self.post(PlaceHold(account=self.id, key=self._key(), points=points, expires_at=expires_at))

    def capture(self, hold: Entry, points: int) -> Entry:
        """Spend what was set aside."""
        return self.post(Capture(account=self.id, key=self._key(), hold=hold.ref, points=points))

    def release(self, hold: Entry) -> Entry:
        """Give back what was set aside."""
        return self.post(Release(account=self.id, key=self._key(), hold=hold.ref))

    def take_back(self, earned: Entry, points: int) -> Entry:
        """Have a purchase returned."""
        return self.post(ReverseEarn(account=self.id, key=self._key(), reverses=earned.ref, points=points))

    def refund(self, spent: Entry, points: int, *, life: int = 30) -> Entry:
        """Have a reward returned."""
        expires_at = self.now + life * DAY
        command = ReverseBurn(
            account=self.id, key=self._key(), reverses=spent.ref, points=points, expires_at=expires_at
        )
        return self.post(command)

    def wait(self, days: int) -> None:
        """Let time pass."""
        self.now += days * DAY

    def _key(self) -> str:
        self.asked += 1
        return f"op:{self.asked}"
