"""Feed: what was read of a feed, the bounds of what is kept, and whether it lost too much to be taken."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.catalogue import Category, Offer
from bot.domain.problems import Problem, count_by_kind


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

    Categories and offers come by id in the order of the feed. `problems` holds a bounded number of lines of one kind,
    the last of which stands for all the others.
    """

    name: str = ""
    categories: Mapping[str, Category] = field(default_factory=dict)
    offers: Mapping[str, Offer] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def counts(self) -> Counter[str]:
        """Count by kind, exactly, in how many places something is wrong."""
        return count_by_kind(self.problems)


def lost_too_much(before: int, now: int, *, limit: float = 0.5) -> bool:
    """Whether more than the share `limit` of `before` offers is gone; never when there were none."""
    return before > 0 and before - now > limit * before
