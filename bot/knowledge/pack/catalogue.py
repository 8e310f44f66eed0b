"""Catalogue: the feeds of a pack read and merged."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from bot.domain.catalogue import Catalogue, Category, Offer
from bot.domain.problems import Problem, Severity, warning
from bot.knowledge.feed.address import shown
from bot.knowledge.feed.feed import Feed
from bot.knowledge.pack.check import Check
from bot.knowledge.pack.files import FEED_ENDINGS, choose, list_files
from bot.knowledge.progress import Progress

_LISTED_OF_A_KIND = 100
_REST = re.compile(r"and [0-9]+ more of the kind ")


class ReadFeed(Protocol):
    """Reads one feed by path or address; `label` names a file in problems. Never raises for what it finds."""

    def __call__(self, source: str | Path, *, label: str, progress: Progress) -> Feed: ...


@dataclass(slots=True)
class Feeds:
    """What the feeds of a pack say together. `counts` has the exact number of problems by kind."""

    categories: dict[str, Category] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    _labels: dict[str, str] = field(default_factory=dict)

    @property
    def catalogue(self) -> Catalogue:
        """Everything read so far."""
        return Catalogue(categories=self.categories, offers=self.offers)

    @property
    def known_ids(self) -> frozenset[str]:
        """The ids of offers and categories, which other files refer to."""
        return frozenset(self.offers) | frozenset(self.categories)

    def add(self, feed: Feed, label: str) -> None:
        """Join a feed; an offer that is there already is skipped and counted."""
        self.problems.extend(problem for problem in feed.problems if not _is_rest(problem))
        self.counts.update(feed.counts or Counter(problem.kind for problem in feed.problems))
        for category_id, category in feed.categories.items():
            self.categories.setdefault(category_id, category)
        for offer_id, offer in feed.offers.items():
            if offer_id in self.offers:
                self._note(offer_id, label)
            else:
                self.offers[offer_id] = offer
                self._labels[offer_id] = label

    def _note(self, offer_id: str, label: str) -> None:
        kind = "offer-in-two-feeds"
        self.counts[kind] += 1
        if self.counts[kind] <= _LISTED_OF_A_KIND:
            text = f"offer {offer_id} is also in {self._labels[offer_id]}, which is kept"
            self.problems.append(warning(kind, text, file=label))


def read_catalogue(directory: Path, urls: Sequence[str], *, read: ReadFeed, progress: Progress) -> Feeds:
    """Read `catalogue.xml`, every feed in `catalogue/` and every address, in this order.

    An address that cannot be read is a warning: the brand's site may be down while the bot starts.
    """
    feeds = Feeds()
    check = Check("catalogue")
    top = directory / "catalogue.xml"
    files = choose(list_files(directory / "catalogue", check), FEED_ENDINGS, check)
    for path in [top, *files] if top.exists() else files:
        label = path.relative_to(directory).as_posix()
        feeds.add(read(path, label=label, progress=progress), label)
    for url in urls:
        feeds.add(_lenient(read(url, label=shown(url), progress=progress)), shown(url))
    feeds.problems.extend(check.problems)
    feeds.counts.update(problem.kind for problem in check.problems)
    return feeds


def _is_rest(problem: Problem) -> bool:
    """Whether it only tells how many more there are, which `counts` tells for the whole pack."""
    return problem.line is None and _REST.match(problem.text) is not None


def _lenient(feed: Feed) -> Feed:
    problems = tuple(replace(problem, severity=Severity.WARNING) for problem in feed.problems)
    return replace(feed, problems=problems)
