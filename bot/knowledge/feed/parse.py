"""Parse: one file, packed or not, into a `Feed`; `archive` opens it, `reader` reads every XML text in it."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.catalogue import Category, Offer
from bot.domain.errors import PackError
from bot.domain.problems import Severity
from bot.knowledge.feed.archive import Source, opened
from bot.knowledge.feed.feed import Feed
from bot.knowledge.feed.findings import Findings
from bot.knowledge.feed.reader import FeedReader
from bot.knowledge.progress import Progress, no_progress


def read_feed(path: Path, *, label: str, progress: Progress = no_progress) -> Feed:
    """Read an .xml, .yml, .gz or .zip file. Never raises for what is inside: the problems tell.

    `label` is the file's name in problems. A feed with errors still holds what could be read.
    """
    gathering = _Gathering(Findings(label), progress)
    try:
        with opened(path, label=label) as sources:
            for source in sources:
                gathering.read(source)
    except PackError as refused:
        for problem in refused.problems:
            gathering.findings.take(problem)
    return gathering.finish()


@dataclass(slots=True)
class _Gathering:
    """Offers and categories of all sources of one file."""

    findings: Findings
    progress: Progress
    name: str = ""
    categories: dict[str, Category] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    _unplaced: list[tuple[Offer, str, int | None]] = field(default_factory=list)

    def read(self, source: Source) -> None:
        reader = FeedReader(source, self.findings, self.progress)
        for offer in reader.offers():
            self._keep(offer, reader)
        self.name = self.name or reader.shop_name
        for category_id, category in reader.categories.items():
            self.categories.setdefault(category_id, category)

    def _keep(self, offer: Offer, reader: FeedReader) -> None:
        if offer.id in self.offers:
            text = f"offer {offer.id} is there twice; the first is kept"
            self.findings.add("duplicate-offer", text, line=reader.line, file=reader.source.label)
            return
        self.offers[offer.id] = offer
        known = reader.categories
        if not offer.category_ids or not all(category_id in known for category_id in offer.category_ids):
            self._unplaced.append((offer, reader.source.label, reader.line))

    def finish(self) -> Feed:
        for offer, file, line in self._unplaced:
            self._judge(offer, file, line)
        if not self.offers and not any(p.severity is Severity.ERROR for p in self.findings.problems()):
            self.findings.add("empty-feed", "no offers that can be used", severity=Severity.ERROR)
        return Feed(name=self.name, categories=self.categories, offers=self.offers, problems=self.findings.problems())

    def _judge(self, offer: Offer, file: str, line: int | None) -> None:
        """Look at the categories again, now that all are known: some feeds name them after the offers."""
        unknown = [category_id for category_id in offer.category_ids if category_id not in self.categories]
        if unknown:
            text = f"offer {offer.id} is in the unknown category {unknown[0][:40]}; kept"
            self.findings.add("unknown-category", text, line=line, file=file)
        elif not offer.category_ids:
            self.findings.add("unknown-category", f"offer {offer.id} is in no category; kept", line=line, file=file)
