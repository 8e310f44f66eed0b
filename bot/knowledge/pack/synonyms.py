"""Synonyms: `synonyms.yaml` read and checked."""

from collections.abc import Iterator

from bot.domain.text import fold
from bot.knowledge.pack.notation.tree import Leaf, LeafKind, Node, Row, Table, describe
from bot.knowledge.pack.notation.values import read_text
from bot.knowledge.pack.notation.yaml_tree import read_yaml
from bot.knowledge.pack.report import Report

_FEWEST = 2


def read_synonyms(text: str, report: Report) -> tuple[tuple[str, ...], ...]:
    """Read groups of words that mean the same, in order; a group of one word is left out."""
    root = read_yaml(text, report)
    if root is None or (isinstance(root, Leaf) and root.kind is LeafKind.NOTHING):
        return ()
    if isinstance(root, Leaf):
        report.error("not-a-list", f"is {describe(root)}; write a list of groups: - [telly, television]", root.line)
        return ()
    groups: list[tuple[str, ...]] = []
    lines: dict[str, int] = {}
    for items, line in _groups(root, report):
        group = _words(items, report)
        if len(group) < _FEWEST:
            report.warn("lonely-word", f"a group of one word ({', '.join(group)[:60]}) changes nothing; skipped", line)
            continue
        for word in group:
            if lines.setdefault(fold(word), line) != line:
                text = f"“{word[:60]}” is also in the group of line {lines[fold(word)]}; join them or remove it"
                report.warn("repeated-word", text, line)
        groups.append(group)
    return tuple(groups)


def _groups(root: Row | Table, report: Report) -> Iterator[tuple[tuple[Node, ...], int]]:
    """Yield the words of each group with its line; the key of a mapping is a word of its group."""
    if isinstance(root, Table):
        for key, line in root.repeated.items():
            report.warn("repeated-key", f"{key[:60]} is written twice; the last one counts", line)
        for key, node in root.values.items():
            line = root.lines[key]
            name = Leaf(text=key, kind=LeafKind.TEXT, line=line)
            yield (name, *_items(node, report)), line
    else:
        for node in root.items:
            if items := _items(node, report):
                yield items, node.line


def _items(node: Node, report: Report) -> tuple[Node, ...]:
    if isinstance(node, Row):
        return node.items
    report.error("not-a-list", f"a group is {describe(node)}; write it in brackets: [telly, television]", node.line)
    return ()


def _words(items: tuple[Node, ...], report: Report) -> tuple[str, ...]:
    words: dict[str, str] = {}
    for item in items:
        if word := read_text(item, "a word", report):
            words.setdefault(fold(word), word)
    return tuple(words.values())
