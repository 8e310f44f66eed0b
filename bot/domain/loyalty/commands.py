"""Commands: what can be asked of a ledger. Each has a key: asked twice under the same key, it is done once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import TypeAlias

from bot.domain.loyalty.entry import MOST_POINTS, AccountId, Basis, EntryRef

LONGEST_KEY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Command:
    account: AccountId
    key: str
    basis: Basis = field(default_factory=Basis)

    def __post_init__(self) -> None:
        if not 0 < len(self.key) <= LONGEST_KEY:
            raise ValueError(f"a key has 1 to {LONGEST_KEY} characters")
        for name, (amount, least) in self._amounts().items():
            if not least <= amount <= MOST_POINTS:
                raise ValueError(f"{name} must be {least} to {MOST_POINTS}, not {amount}")

    def _amounts(self) -> Mapping[str, tuple[int, int]]:
        return {}

    def _payload(self) -> tuple[object, ...]:
        return tuple(amount for amount, _ in self._amounts().values())

    @property
    def fingerprint(self) -> str:
        """Tell what is asked for, and of which account. Times are left out: they follow from the first asking."""
        words = "|".join(map(str, (type(self).__name__, *self._payload(), self.basis.source)))
        return f"{sha256(words.encode()).hexdigest()[:32]}:{self.account}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earn(_Command):
    """Give points: available at `activates_at` (None: at once), until `expires_at` (None: for ever).

    None at all may be given: a capped accrual is written down too. `qualifying` points count for the day
    `qualified_on`.
    """

    points: int
    qualifying: int = 0
    qualified_on: date | None = None
    activates_at: datetime | None = None
    expires_at: datetime | None = None

    def _amounts(self) -> Mapping[str, tuple[int, int]]:
        return {"points": (self.points, 0), "qualifying": (self.qualifying, 0)}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceHold(_Command):
    """Set points aside until `expires_at`."""

    points: int
    expires_at: datetime

    def _amounts(self) -> Mapping[str, tuple[int, int]]:
        return {"points": (self.points, 1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture(_Command):
    """Spend what was set aside, at most as much; the rest is released."""

    hold: EntryRef
    points: int

    def _amounts(self) -> Mapping[str, tuple[int, int]]:
        return {"points": (self.points, 1)}

    def _payload(self) -> tuple[object, ...]:
        return self.hold, self.points


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(_Command):
    """Give back what was set aside."""

    hold: EntryRef

    def _payload(self) -> tuple[object, ...]:
        return (self.hold,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Burn(_Command):
    """Spend points at once."""

    points: int

    def _amounts(self) -> Mapping[str, tuple[int, int]]:
        return {"points": (self.points, 1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjust(_Command):
    """Give (`points` above 0) or take (below 0) by hand; `basis` says who and why. Takes no more than is available."""

    points: int
    expires_at: datetime | None = None

    def __post_init__(self) -> None:
        super(Adjust, self).__post_init__()  # slots make a new class: the short form would name the old one
        if not self.points or not (self.basis.actor and self.basis.reason):
            raise ValueError("an adjustment is not of nothing, and says who made it and why")

    def _amounts(self) -> Mapping[str, tuple[int, int]]:
        return {"points": (self.points, -MOST_POINTS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseEarn(_Command):
    """Take back points of an earning, or of a giving by hand: of the lot they are in, then of others, then as debt.

    What had expired is not taken once more.
    """

    reverses: EntryRef
    points: int
    qualifying: int = 0

    def _amounts(self) -> Mapping[str, tuple[int, int]]:
        return {"points": (self.points, 0), "qualifying": (self.qualifying, 0)}

    def _payload(self) -> tuple[object, ...]:
        return self.reverses, self.points, self.qualifying


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseBurn(_Command):
    """Give spent points back to the lots they came from; what would be expired there gets a lot until `expires_at`."""

    reverses: EntryRef
    points: int
    expires_at: datetime | None = None

    def _amounts(self) -> Mapping[str, tuple[int, int]]:
        return {"points": (self.points, 1)}

    def _payload(self) -> tuple[object, ...]:
        return self.reverses, self.points


Command: TypeAlias = Earn | PlaceHold | Capture | Release | Burn | Adjust | ReverseEarn | ReverseBurn
