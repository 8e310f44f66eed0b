"""Faults: what the parser says about broken XML, told as problems of the feed."""

import re
from collections.abc import Sequence

from lxml import etree

from bot.domain.problems import Problem, Severity, has_errors
from bot.knowledge.feed.elements import ROOTS
from bot.knowledge.feed.findings import Findings

_MOST_FAULTS = 20_000
_TAIL = 512
_END = {root: re.compile(rb"</%s\s*>" % root.encode()) for root in ROOTS}
_ENTITY_FAULTS = frozenset(
    {"ERR_ENTITY_IS_EXTERNAL", "ERR_ENTITY_LOOP", "ERR_ENTITY_CHAR_ERROR", "ERR_ENTITY_BOUNDARY"}
)
_TOLD_ELSEWHERE = frozenset({"ERR_UNDECLARED_ENTITY", "ERR_TAG_NOT_FINISHED"})
_FATAL = "FATAL"


class Faults:
    """Watches one source being parsed; reports once it is over. `root` is the tag of the root, once there is one."""

    def __init__(self, findings: Findings, file: str) -> None:
        self._findings = findings
        self._file = file
        self._tail = b""
        self._is_stopped = False
        self.root = ""

    def look_at(self, piece: bytes) -> None:
        """Remember how the text ends so far."""
        self._tail = piece[-_TAIL:] if len(piece) >= _TAIL else (self._tail + piece)[-_TAIL:]

    def stop(self, problems: Sequence[Problem]) -> None:
        """Take the reason why the source is read no further."""
        self._is_stopped = True
        for problem in problems:
            self._findings.take(problem)

    def stop_at(self, fault: etree.LxmlError) -> None:
        """Take the parser's refusal to go on."""
        self._is_stopped = True
        self._findings.add("broken-xml", f"the XML is broken: {_short(str(fault))}", file=self._file)

    def are_too_many(self, parser: etree.XMLPullParser) -> bool:
        """Whether the XML is so broken that reading on would only fill memory with messages."""
        if len(parser.feed_error_log) < _MOST_FAULTS:
            return False
        text = f"more than {_MOST_FAULTS} mistakes in the XML; reading stopped"
        self._findings.add("broken-xml", text, severity=Severity.ERROR, file=self._file)
        self._is_stopped = True
        return True

    def is_cut(self, parser: etree.XMLPullParser) -> bool:
        """Whether the text ended in the middle, or the parser refused the rest of it."""
        has_limit = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.feed_error_log)
        end = _END.get(self.root)
        return self._is_stopped or has_limit or end is None or not end.search(self._tail.replace(b"\0", b""))

    def report(self, parser: etree.XMLPullParser, *, is_empty: bool) -> None:
        """Tell everything that was wrong with the XML as a whole."""
        severity = Severity.ERROR if is_empty else Severity.WARNING
        entries = [entry for entry in parser.feed_error_log if entry.level_name == _FATAL]
        for entry in entries:
            self._report_entry(entry.type_name, _short(entry.message), entry.line)
        if not self.root:
            self._refuse()
        elif self.is_cut(parser):
            line = max((entry.line for entry in entries), default=None)
            text = "the feed breaks off here; what came before is kept" if not is_empty else "the feed breaks off here"
            self._findings.add("truncated", text, line=line, severity=severity, file=self._file)

    def _refuse(self) -> None:
        if not has_errors(self._findings.problems()):
            text = "not a YML feed: the root element yml_catalog is missing"
            self._findings.add("not-a-feed", text, severity=Severity.ERROR, file=self._file)

    def _report_entry(self, kind: str, message: str, line: int) -> None:
        if kind in _TOLD_ELSEWHERE:
            return
        if kind in _ENTITY_FAULTS or "entity amplification" in message:
            text = f"an entity is not followed: {message}"
            self._findings.add("entity", text, line=line, file=self._file)
        elif kind == "ERR_RESOURCE_LIMIT":
            self._findings.add("too-large", f"the parser refused to go on: {message}", line=line, file=self._file)
        else:
            self._findings.add("broken-xml", f"broken XML, read past it: {message}", line=line, file=self._file)


def _short(message: str) -> str:
    return " ".join(message.split())[:120]
