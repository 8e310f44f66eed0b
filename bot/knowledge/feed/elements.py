"""Elements: lxml set up safely for `reader`, and what stands in one element, without entities, for `offers`."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml names its element type no other way

ROOTS = ("yml_catalog", "shop")
"""Roots of a feed; some shops leave the outer one out."""

_TAGS = (*ROOTS, "category", "offer")


def make_parser() -> etree.XMLPullParser:
    """Make a parser that loads no DTD, resolves no entity, opens nothing, and goes on after a mistake.

    It reports `_TAGS` only, so that a feed of any size costs one call an offer.
    """
    return etree.XMLPullParser(
        events=("start", "end"),
        tag=_TAGS,
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


class _Declared(Protocol):
    """An entity of a DTD; the stubs of lxml know none of it."""

    name: str
    content: str | None


def external_entities(root: Element) -> list[str]:
    """Name the entities that the document declares to stand in another file; nothing ever opens that file."""
    declared: Callable[[], Iterable[_Declared]] | None
    declared = getattr(root.getroottree().docinfo.internalDTD, "iterentities", None)
    return [entity.name for entity in declared() if entity.content is None] if declared else []


def text_of(element: Element) -> tuple[str, int]:
    """Join the texts of `element` without the entities it refers to; also tell how many those are.

    Elements inside count only in a description, where people forget to escape HTML. Anywhere else they are there
    because an end tag is missing, and do not belong.
    """
    parts = [element.text or ""]
    entities = 0
    for child in element:
        if _is_entity(child):
            entities += 1
            parts.append(child.tail or "")
        elif element.tag == "description":
            parts.extend(str(text) for text in child.itertext("*"))
            parts.append(child.tail or "")
    return " ".join(part for part in parts if part), entities


def line_of(element: Element) -> int | None:
    """Tell the line where the start tag of `element` is."""
    line: object = element.sourceline
    return line if isinstance(line, int) else None


def prune(root: Element) -> int:
    """Forget what is complete and nobody asked for; return how many elements went.

    To be called between two feedings of the parser. Only the open end of the tree stays: an offer or a category in
    the middle of being read is not touched.
    """
    count = 0
    node = root
    while len(node) and node.tag not in {"offer", "category"}:
        count += len(node) - 1
        del node[:-1]
        node = node[-1]
    return count


def events(parser: etree.XMLPullParser) -> Iterator[tuple[str, Element]]:
    """Yield what the parser has ready: "start" or "end", and the element."""
    for event, element in parser.read_events():
        if isinstance(element, Element):
            yield event, element


def _is_entity(node: object) -> bool:
    return isinstance(node, etree._Entity)  # noqa: SLF001
