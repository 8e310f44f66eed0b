"""Feed: what was read of a feed; whether it lost too much to be taken."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.catalogue import Category, Offer
from bot.domain.problems import Problem, count_by_kind

_MOST_LOST = 0.5


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


def lost_too_much(before: int, now: int) -> bool:
    """Whether so many of `before` offers are gone that it looks like a mistake; never when there were none."""
    return before > 0 and before - now > _MOST_LOST * before
