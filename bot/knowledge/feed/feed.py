"""Feed: what was read of a feed, the bounds of what is kept, and whether it lost too much to be taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.catalogue import Category, Offer
from bot.domain.problems import Problem

SKIPPING_KINDS = frozenset({"bad-id", "duplicate-offer", "no-name", "unsupported-type"})
"""Kinds of problems that cost an offer; every other kind leaves it in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of an offer is kept; what is longer is cut and reported.

    The defaults are above the limits of Yandex Market (name 256, description 6000, url 512 or 2048 by the help page).
    """

    id: int = 120
    name: int = 300
    description: int = 6000
    url: int = 2048
    value: int = 1000
    pictures: int = 30
    params: int = 200
    categories: int = 20
    barcodes: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed says, and what is wrong with it.

    Categories and offers come by id in the order of the feed. `problems` holds at most 100 lines of one kind;
    `counts` has the exact number of each kind.
    """

    name: str = ""
    categories: Mapping[str, Category] = field(default_factory=dict)
    offers: Mapping[str, Offer] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def skipped(self) -> int:
        """Count the offers that the feed has and this does not."""
        return sum(count for kind, count in self.counts.items() if kind in SKIPPING_KINDS)


def lost_too_much(before: int, now: int, *, limit: float = 0.5) -> bool:
    """Whether more than the share `limit` of `before` offers is gone; never when there were none."""
    return before > 0 and before - now > limit * before
