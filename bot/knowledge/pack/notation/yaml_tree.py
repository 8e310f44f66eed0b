"""YAML files read into a tree: events only, so no aliases, no tags and no depth can hurt."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from bot.knowledge.pack.check import Check
from bot.knowledge.pack.notation.tree import Leaf, LeafKind, Node, Row, Table

_DEEPEST = 20
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_RESOLVER = yaml.resolver.Resolver()
_KINDS = {
    "tag:yaml.org,2002:int": LeafKind.NUMBER,
    "tag:yaml.org,2002:float": LeafKind.NUMBER,
    "tag:yaml.org,2002:bool": LeafKind.TRUTH,
    "tag:yaml.org,2002:timestamp": LeafKind.DATE,
    "tag:yaml.org,2002:null": LeafKind.NOTHING,
}


class _RefusedError(Exception):
    """The file uses something of YAML that a pack does not need."""

    def __init__(self, kind: str, text: str, line: int) -> None:
        super().__init__(text)
        self.kind = kind
        self.line = line


def read_yaml(text: str, check: Check, *, first_line: int = 1) -> Node | None:
    """Read one YAML document that begins at `first_line` of its file; None when it is empty or broken."""
    try:
        return _Builder(first_line).build(yaml.parse(text, Loader=_LOADER))
    except _RefusedError as refused:
        check.error(refused.kind, str(refused), refused.line)
    except yaml.YAMLError as fault:
        last = first_line + text.rstrip().count("\n")
        check.error("bad-yaml", f"cannot be read as YAML: {_message(fault)}", _line(fault, text, first_line, last))
    return None


@dataclass(slots=True)
class _Open:
    """A list or a table that is still being read."""

    line: int
    is_table: bool
    items: list[tuple[Node, int]] = field(default_factory=list)


class _Builder:
    """Puts the events of one document together."""

    def __init__(self, first_line: int) -> None:
        self._first_line = first_line
        self._stack: list[_Open] = []
        self._root: Node | None = None
        self._documents = 0

    def build(self, events: Iterator[yaml.Event]) -> Node | None:
        for event in events:
            line = 0 if event.start_mark is None else event.start_mark.line
            self._take(event, self._first_line + line)
        return self._root

    def _take(self, event: yaml.Event, line: int) -> None:
        match event:
            case yaml.AliasEvent():
                raise _RefusedError("yaml-alias", f"*{event.anchor} is an alias; write the value out instead", line)
            case yaml.DocumentStartEvent():
                self._start_document(line)
            case yaml.ScalarEvent():
                self._refuse_tag(event.tag, line)
                self._add(_leaf(event, line), line)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._refuse_tag(event.tag, line)
                self._open(line, is_table=isinstance(event, yaml.MappingStartEvent))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                done = self._stack.pop()
                self._add(_table(done) if done.is_table else _row(done), done.line)
            case _:
                pass

    def _start_document(self, line: int) -> None:
        self._documents += 1
        if self._documents > 1:
            raise _RefusedError("yaml-document", "--- begins a second document; keep one list in the file", line)

    def _refuse_tag(self, tag: str | None, line: int) -> None:
        if tag is not None and tag != "!":
            raise _RefusedError("yaml-tag", f"the tag {tag[:60]} is not allowed; write plain text, quoted", line)

    def _open(self, line: int, *, is_table: bool) -> None:
        if len(self._stack) >= _DEEPEST:
            raise _RefusedError("yaml-depth", f"is nested deeper than {_DEEPEST} levels", line)
        self._stack.append(_Open(line, is_table))

    def _add(self, node: Node, line: int) -> None:
        if self._stack:
            self._stack[-1].items.append((node, line))
        else:
            self._root = node


def _leaf(event: yaml.ScalarEvent, line: int) -> Leaf:
    is_plain = not event.style and event.implicit[0]
    return Leaf(text=event.value, kind=_kind(event.value) if is_plain else LeafKind.TEXT, line=line)


def _kind(text: str) -> LeafKind:
    tag: object = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return _KINDS.get(str(tag), LeafKind.TEXT)


def _row(done: _Open) -> Row:
    return Row(items=tuple(node for node, _ in done.items), line=done.line)


def _table(done: _Open) -> Table:
    values: dict[str, Node] = {}
    lines: dict[str, int] = {}
    repeated: dict[str, int] = {}
    for (key, line), (value, _) in zip(done.items[::2], done.items[1::2], strict=True):
        if not isinstance(key, Leaf):
            raise _RefusedError("yaml-key", "a key must be a single word, not a list or a table", line)
        if key.text in values:
            repeated[key.text] = line
        values[key.text] = value
        lines[key.text] = line
    return Table(values=values, lines=lines, line=done.line, repeated=repeated)


def _message(fault: yaml.YAMLError) -> str:
    """Say what is wrong without PyYAML's own places, which do not know about front matter."""
    if isinstance(fault, yaml.MarkedYAMLError):
        return " ".join(part for part in (fault.context, fault.problem) if part)
    if isinstance(fault, yaml.reader.ReaderError):
        return f"a character that YAML does not allow: {fault.reason}"
    return "unknown mistake"


def _line(fault: yaml.YAMLError, text: str, first: int, last: int) -> int | None:
    if isinstance(fault, yaml.MarkedYAMLError) and fault.problem_mark is not None:
        return min(first + fault.problem_mark.line, last)
    if isinstance(fault, yaml.reader.ReaderError) and isinstance(fault.position, int):
        return min(first + text.count("\n", 0, fault.position), last)
    return None
