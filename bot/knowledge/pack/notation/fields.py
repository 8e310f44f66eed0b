"""Fields: the keys of one table, read one by one; what nobody asked for is reported at the end."""

from collections.abc import Sequence

from bot.knowledge.pack.check import Check, hint, listed
from bot.knowledge.pack.names import LONGEST_ID, id_rule, is_id
from bot.knowledge.pack.notation.tree import Leaf, LeafKind, Node, Row, Table, describe
from bot.knowledge.pack.notation.values import is_period, is_url, read_date, read_text, read_whole

MOST_WHOLE = 10**9
"""Nobody means more than that, whatever it counts."""


class Fields:
    """Reads `table`, remembering the keys asked for. `owner` names the table in messages: ``[contacts]``."""

    def __init__(self, table: Table, check: Check, *, owner: str = "") -> None:
        self.table = table
        self.check = check
        self.owner = owner
        self._known: list[str] = []

    def has(self, key: str) -> bool:
        """Whether the key is there with a value."""
        node = self.node(key)
        return node is not None and not (isinstance(node, Leaf) and node.kind is LeafKind.NOTHING)

    def node(self, key: str) -> Node | None:
        """Return what stands at `key`."""
        if key not in self._known:
            self._known.append(key)
        return self.table.values.get(key)

    def line(self, key: str) -> int:
        """Return the line of `key`, or of the table when it is not there."""
        return self.table.lines.get(key, self.table.line)

    def name(self, key: str) -> str:
        """Name `key` for a message."""
        return f"{self.owner}: {key}" if self.owner else key

    def text(self, key: str) -> str:
        """Return the text at `key`, empty when there is none."""
        node = self.node(key)
        return "" if node is None else read_text(node, self.name(key), self.check)

    def required(self, key: str) -> str:
        """Return the text at `key`; an error when there is none."""
        text = self.text(key)
        if not text and not isinstance(self.node(key), Row | Table):
            self.check.error("missing", f"{self.name(key)} is missing or empty; write it", self.line(key))
        return text

    def id(self, key: str = "id", *, longest: int = LONGEST_ID) -> str:
        """Return the id at `key`; an error when there is none or it breaks the rule of ids."""
        node = self.node(key)
        text = "" if node is None else read_text(node, self.name(key), self.check, may_be_bare=True)
        if not text:
            self.check.error("missing", f"{self.name(key)} is missing; write a short unique name", self.line(key))
        elif not is_id(text, longest=longest):
            self.check.error("bad-id", f"{self.name(key)} {text[:60]!r} is no id: {id_rule(longest)}", self.line(key))
        return text

    def url(self, key: str) -> str:
        """Return the web address at `key`, empty when there is none; an error when it is something else."""
        text = self.text(key)
        if text and not is_url(text):
            self.check.error("bad-url", f"{self.name(key)} must begin with https:// and have a host", self.line(key))
            return ""
        return text

    def texts(self, key: str, *, may_be_bare: bool = False) -> tuple[str, ...]:
        """Return the texts of the list at `key`, without empty ones. A single text is taken with a warning."""
        return tuple(text for text, _ in self.texts_with_lines(key, may_be_bare=may_be_bare))

    def texts_with_lines(self, key: str, *, may_be_bare: bool = False) -> Sequence[tuple[str, int]]:
        """Return the texts of the list at `key`, each with its line."""
        found: list[tuple[str, int]] = []
        for item in self._items(key):
            errors = len(self.check.problems)
            text = read_text(item, self.name(key), self.check, may_be_bare=may_be_bare)
            if text:
                found.append((text, item.line))
            elif len(self.check.problems) == errors:
                self.check.warn("empty-text", f"{self.name(key)} has an empty text; skipped", item.line)
        return found

    def whole(self, key: str, *, minimum: int = 0, maximum: int = MOST_WHOLE, required: bool = False) -> int | None:
        """Return the whole number at `key`; an error when it is something else, or not from `minimum` to `maximum`."""
        node = self.node(key)
        if node is not None:
            return read_whole(node, self.name(key), self.check, minimum=minimum, maximum=maximum)
        if required:
            self.check.error("missing", f"{self.name(key)} is missing; write a whole number", self.line(key))
        return None

    def truth(self, key: str, *, required: bool = False) -> None:
        """Check that `key` is true or false."""
        node = self.node(key)
        if (node is None and required) or (
            node is not None and not (isinstance(node, Leaf) and node.kind is LeafKind.TRUTH)
        ):
            self.check.error("not-a-truth", f"{self.name(key)} must be true or false", self.line(key))

    def flag(self, key: str, *, default: bool) -> bool:
        """Return whether `key` is true, `default` when it is not there; an error when it is something else."""
        self.truth(key)
        node = self.node(key)
        return default if not isinstance(node, Leaf) else node.text.lower() == "true"

    def period(self, key: str) -> None:
        """Check that `key`, when it is there, is a period such as ``P12M``."""
        if (text := self.text(key)) and not is_period(text):
            self.check.error(
                "bad-period",
                f"{self.name(key)} {text[:40]!r} is no period; write P12M or P14D, at most P100Y",
                self.line(key),
            )

    def date(self, key: str) -> str:
        """Return the ISO date at `key`, empty when there is none; an error when it is something else."""
        node = self.node(key)
        text = "" if node is None else read_text(node, self.name(key), self.check, may_be_bare=True)
        day = read_date(text) if text else None
        if text and day is None:
            self.check.error("bad-date", f"{self.name(key)} {text[:40]!r} is no date; write 2026-12-31", self.line(key))
        return day.isoformat() if day else ""

    def child(self, key: str) -> "Fields":
        """Return the fields of the table at `key`, empty when there is none."""
        node = self.node(key)
        owner = f"[{key}]"
        if isinstance(node, Table):
            return Fields(node, self.check, owner=owner)
        if node is not None:
            self.check.error("not-a-table", f"{key} is {describe(node)}; write it as {owner}", self.line(key))
        return Fields(Table(values={}, lines={}, line=self.line(key)), self.check, owner=owner)

    def children(self, key: str) -> Sequence["Fields"]:
        """Return the fields of every table of the list at `key`, empty when there is none."""
        node = self.node(key)
        if node is None:
            return ()
        owner = f"[[{key}]]"
        items = node.items if isinstance(node, Row) else (node,)
        found = [Fields(item, self.check, owner=owner) for item in items if isinstance(item, Table)]
        if not isinstance(node, Row) or len(found) < len(items):
            self.check.error("not-a-table", f"{key} must be a list of tables, each begun by {owner}", self.line(key))
        return found

    def finish(self) -> None:
        """Report the keys that nobody asked for, and those written twice."""
        for key, line in self.table.repeated.items():
            self.check.warn("repeated-key", f"{self.name(key)} is written twice; the last one counts", line)
        for key in self.table.values:
            if key not in self._known:
                close = hint(key, self._known) or f"; known here: {listed(self._known)}"
                self.check.warn("unknown-key", f"{self.name(key[:60])} is not known{close}", self.line(key))

    def _items(self, key: str) -> Sequence[Node]:
        node = self.node(key)
        if node is None or (isinstance(node, Leaf) and node.kind is LeafKind.NOTHING):
            return ()
        if isinstance(node, Row):
            return node.items
        if isinstance(node, Leaf):
            self.check.warn("not-a-list", f"{self.name(key)} should be a list; taken as a list of one", node.line)
            return (node,)
        self.check.error("not-a-list", f"{self.name(key)} is {describe(node)}; write a list", node.line)
        return ()
