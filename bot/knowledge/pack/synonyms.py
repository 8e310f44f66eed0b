"""Synonyms: `synonyms.yaml` read and checked."""

from collections.abc import Iterator

from bot.domain.text import fold
from bot.knowledge.pack.check import Check
from bot.knowledge.pack.notation.tree import Leaf, LeafKind, Node, Row, Table, describe
from bot.knowledge.pack.notation.values import read_text
from bot.knowledge.pack.notation.yaml_tree import read_yaml

_FEWEST = 2


def read_synonyms(text: str, check: Check) -> tuple[tuple[str, ...], ...]:
    """Read groups of words that mean the same, in order; a group of one word is left out."""
    root = read_yaml(text, check)
    if root is None or (isinstance(root, Leaf) and root.kind is LeafKind.NOTHING):
        return ()
    if isinstance(root, Leaf):
        check.error("not-a-list", f"is {describe(root)}; write a list of groups: - [telly, television]", root.line)
        return ()
    groups: list[tuple[str, ...]] = []
    lines: dict[str, int] = {}
    for items, line in _groups(root, check):
        group = _words(items, check)
        if len(group) < _FEWEST:
            check.warn("lonely-word", f"a group of one word ({', '.join(group)[:60]}) changes nothing; skipped", line)
            continue
        for word in group:
            if lines.setdefault(fold(word), line) != line:
                text = f"“{word[:60]}” is also in the group of line {lines[fold(word)]}; join them or remove it"
                check.warn("repeated-word", text, line)
        groups.append(group)
    return tuple(groups)


def _groups(root: Row | Table, check: Check) -> Iterator[tuple[tuple[Node, ...], int]]:
    """Yield the words of each group with its line; the key of a mapping is a word of its group."""
    if isinstance(root, Table):
        for key, line in root.repeated.items():
            check.warn("repeated-key", f"{key[:60]} is written twice; the last one counts", line)
        for key, node in root.values.items():
            line = root.lines[key]
            name = Leaf(text=key, kind=LeafKind.TEXT, line=line)
            yield (name, *_items(node, check)), line
    else:
        for node in root.items:
            if items := _items(node, check):
                yield items, node.line


def _items(node: Node, check: Check) -> tuple[Node, ...]:
    if isinstance(node, Row):
        return node.items
    check.error("not-a-list", f"a group is {describe(node)}; write it in brackets: [telly, television]", node.line)
    return ()


def _words(items: tuple[Node, ...], check: Check) -> tuple[str, ...]:
    words: dict[str, str] = {}
    for item in items:
        if word := read_text(item, "a word", check):
            words.setdefault(fold(word), word)
    return tuple(words.values())
