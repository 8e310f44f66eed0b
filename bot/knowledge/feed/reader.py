"""Reader: one XML text, chunk by chunk in bounded memory, into categories and, by `offers`, offers."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from bot.domain.catalogue import Category, Offer
from bot.domain.errors import PackError
from bot.domain.problems import Severity
from bot.knowledge.feed.archive import Source
from bot.knowledge.feed.bounds import LONGEST_ID, LONGEST_NAME
from bot.knowledge.feed.elements import ROOTS, Element, events, external_entities, line_of, make_parser, prune
from bot.knowledge.feed.faults import Faults
from bot.knowledge.feed.findings import Findings
from bot.knowledge.feed.markup import line
from bot.knowledge.feed.offers import OfferReader
from bot.knowledge.progress import Progress, no_progress

_CHUNK = 1 << 16
_LARGEST_ELEMENT = 8 << 20
_ROOT_WITHIN = 1 << 20


@dataclass(slots=True)
class FeedReader:
    """Reads one source. After `offers()` is exhausted, `categories` (by id) and `shop_name` are complete.

    `line` is where the offer yielded last begins. Memory does not grow with the number of offers: what the caller
    drops is gone.
    """

    source: Source
    findings: Findings
    progress: Progress = no_progress
    categories: dict[str, Category] = field(default_factory=dict)
    shop_name: str = ""
    line: int | None = None
    _root: Element | None = None
    _gap: int = 0
    _faults: Faults = field(init=False)

    def __post_init__(self) -> None:
        self._faults = Faults(self.findings, self.source.label)

    def offers(self) -> Iterator[Offer]:
        """Yield usable offers in the order of the feed, repeated ids included; what is wrong goes to `findings`."""
        parser = make_parser()
        reader = OfferReader(self.findings, self.source.label)
        count = 0
        for _ in self._chunks(parser):
            for element in self._ended(parser):
                if (offer := self._offer(element, reader)) is not None:
                    count += 1
                    yield offer
        for element in self._last(parser):
            if (offer := self._offer(element, reader)) is not None:
                count += 1
                yield offer
        self._faults.report(parser, is_empty=count == 0)

    def _chunks(self, parser: etree.XMLPullParser) -> Iterator[None]:
        """Feed the parser, a step a chunk, until the source ends or must not be read on."""
        steps = 0
        try:
            while piece := self.source.read(_CHUNK):
                parser.feed(piece)
                self._faults.look_at(piece)
                self._gap += len(piece)
                yield
                steps += 1
                if steps % 16 == 0:
                    self.progress("feed", *self.source.position())
                if self._tidy_up() or (steps % 64 == 0 and self._faults.are_too_many(parser)):
                    return
        except PackError as refused:
            self._faults.stop(refused.problems)
        except etree.LxmlError as fault:
            self._faults.stop_at(fault)

    def _ended(self, parser: etree.XMLPullParser) -> Iterator[Element]:
        for event, element in events(parser):
            if self._root is None:
                self._root, self._faults.root = element, str(element.tag)
            if event == "end" and element.tag not in ROOTS:
                self._gap = 0
                yield element

    def _last(self, parser: etree.XMLPullParser) -> Iterator[Element]:
        """Yield what the parser still holds, but an offer that was cut in the middle."""
        try:
            parser.close()
        except etree.LxmlError as fault:
            self._faults.stop_at(fault)
        elements = list(self._ended(parser))
        if self._faults.is_cut(parser):
            elements = [element for element in elements if not _is_open_end(element)]
        yield from elements
        self._name_shop()
        self._report_entities()

    def _offer(self, element: Element, reader: OfferReader) -> Offer | None:
        if element.tag == "category":
            self._category(element)
            return None
        self.line = line_of(element)
        return reader.read(element)

    def _category(self, element: Element) -> None:
        parent = element.getparent()
        if parent is None or parent.tag == "offer":
            return  # a dialect: the name of the shelf inside an offer
        category_id, name = (element.get("id") or "").strip(), line(element.text or "")[:LONGEST_NAME]
        parent_id = (element.get("parentId") or element.get("parent_id") or "").strip()
        if not category_id or len(category_id) > LONGEST_ID or not name:
            self._warn("bad-category", "a category without an id or a name; skipped", element)
        elif category_id in self.categories:
            self._warn("duplicate-category", f"category {category_id} is there twice; the first is kept", element)
        else:
            parent_id = "" if parent_id == category_id else parent_id[:LONGEST_ID]
            self.categories[category_id] = Category(category_id, name, parent_id or None)

    def _name_shop(self) -> None:
        if self._root is not None and not self.shop_name:
            name = self._root.findtext("shop/name") or self._root.findtext("name")
            self.shop_name = line(name or "")[:LONGEST_NAME]

    def _report_entities(self) -> None:
        for name in external_entities(self._root) if self._root is not None else ():
            text = f"the feed declares the entity {name[:LONGEST_ID]} to stand in another file, which is never opened"
            self.findings.add("external-entity", text, file=self.source.label)

    def _tidy_up(self) -> bool:
        """Forget what was read; tell whether the source is no feed, or one element of it grows without end."""
        if self._root is None:
            return self._gap > _ROOT_WITHIN
        self._name_shop()
        if prune(self._root):
            self._gap = 0
        if self._gap <= _LARGEST_ELEMENT:
            return False
        text = f"one element is longer than {_LARGEST_ELEMENT >> 20} MB, or an & is not written as &amp;; stopped"
        self.findings.add("too-large", text, severity=Severity.ERROR, file=self.source.label)
        return True

    def _warn(self, kind: str, text: str, element: Element) -> None:
        self.findings.add(kind, text, line=line_of(element), file=self.source.label)


def _is_open_end(element: Element) -> bool:
    """Whether nothing follows the element, nor any of its parents: the place where the text was cut."""
    node: Element | None = element
    while node is not None:
        if node.getnext() is not None:
            return False
        node = node.getparent()
    return True
