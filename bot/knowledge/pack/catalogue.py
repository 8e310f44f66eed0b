"""Catalogue: the feeds of a pack read and merged."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from bot.domain.catalogue import Catalogue, Category, Offer
from bot.domain.problems import Problem, Severity
from bot.knowledge.feed.address import shown
from bot.knowledge.feed.feed import Feed
from bot.knowledge.feed.findings import Findings
from bot.knowledge.pack.check import Check
from bot.knowledge.pack.files import FEED_ENDINGS, choose, list_files
from bot.knowledge.progress import Progress


class ReadFeed(Protocol):
    """Reads one feed by path or address; `label` names a file in problems. Never raises for what it finds."""

    def __call__(self, source: str | Path, *, label: str, progress: Progress) -> Feed: ...


@dataclass(slots=True)
class Feeds:
    """What the feeds of a pack say together."""

    categories: dict[str, Category] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    _labels: dict[str, str] = field(default_factory=dict)
    _problems: list[Problem] = field(default_factory=list)
    _repeats: Findings = field(default_factory=lambda: Findings("catalogue"))

    @property
    def catalogue(self) -> Catalogue:
        """Everything read so far."""
        return Catalogue(categories=self.categories, offers=self.offers)

    @property
    def known_ids(self) -> frozenset[str]:
        """The ids of offers and categories, which other files refer to."""
        return frozenset(self.offers) | frozenset(self.categories)

    @property
    def problems(self) -> Sequence[Problem]:
        """Everything wrong so far."""
        return (*self._problems, *self._repeats.problems())

    def take(self, problems: Sequence[Problem]) -> None:
        """Add problems that somebody else found."""
        self._problems.extend(problems)

    def add(self, feed: Feed, label: str) -> None:
        """Join a feed; an offer that is there already is skipped and counted."""
        self.take(feed.problems)
        for category_id, category in feed.categories.items():
            self.categories.setdefault(category_id, category)
        for offer_id, offer in feed.offers.items():
            if offer_id in self.offers:
                text = f"offer {offer_id} is also in {self._labels[offer_id]}, which is kept"
                self._repeats.add("offer-in-two-feeds", text, file=label)
            else:
                self.offers[offer_id] = offer
                self._labels[offer_id] = label


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
    feeds.take(check.problems)
    return feeds


def _lenient(feed: Feed) -> Feed:
    problems = tuple(replace(problem, severity=Severity.WARNING) for problem in feed.problems)
    return replace(feed, problems=problems)
