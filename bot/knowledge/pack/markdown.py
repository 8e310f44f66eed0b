"""Markdown reduced to plain text that reads well in a chat."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*")
_BULLET = re.compile(r"([ \t]*)[-*+][ \t]+")
_NUMBER = re.compile(r"[ \t]*[0-9]{1,9}[.)][ \t]+")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+")
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\(([^()\s]*+)[^()]*+\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*+)[^()]*+\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_STARS = re.compile(r"(\*{1,3})(?=[^\s*])([^*]+)(?<=[^\s*])\1")
_UNDERSCORES = re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])([^_]+)(?<=[^\s_])\1(?!\w)")
_STRUCK = re.compile(r"~~(?=[^\s~])([^~]+)~~")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(`{1,3})([^`]+)\1")
_GAPS = re.compile(r"\n{3,}")
_FIRST_PRIVATE = 0xE000
_MOST_HELD = 6400
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def fence_of(line: str) -> str:
    """Return the characters that open or close a block of code in `line`, empty when none do."""
    match = _FENCE.match(line)
    return match[1] if match else ""


def without_comments(text: str) -> str:
    """Blank out HTML comments, keeping the number of lines; one without an end stays."""
    parts: list[str] = []
    rest = 0
    while (start := text.find("<!--", rest)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts += [text[rest:start], "\n" * text.count("\n", start, end)]
        rest = end + 3
    return "".join([*parts, text[rest:]])


@dataclass(frozen=True, slots=True)
class _Reduced:
    """One line without its marks; `starts` something of its own, `goes_on` in a plain line that follows."""

    text: str
    starts: bool = False
    goes_on: bool = True


def plain(lines: Sequence[str]) -> str:
    """Reduce `lines` to plain text: soft line breaks joined, lists and code kept line by line."""
    blocks: list[list[str]] = []  # each of the lines that make one
    is_open = False  # whether a plain line would continue the last block
    code = ""
    for line in lines:
        fence = fence_of(line)
        if code or fence:
            still = next_code(code, fence)
            blocks.extend([[line]] if code and still else [])
            code, is_open = still, False
            continue
        if _is_table_rule(line):
            continue
        reduced = _line(line)
        if is_open and reduced.text and not reduced.starts:
            blocks[-1].append(reduced.text)
        else:
            blocks.append([reduced.text])
        is_open = bool(reduced.text) and reduced.goes_on and not line.endswith(("  ", "\\"))
    return _GAPS.sub("\n\n", "\n".join(" ".join(block).rstrip() for block in blocks)).strip()


def next_code(code: str, fence: str) -> str:
    """Return the fence that is open after a line with `fence`, when `code` was open before it."""
    if not code:
        return fence
    return "" if fence.startswith(code) else code


def _line(line: str) -> _Reduced:
    line = _QUOTE.sub("", line, count=1)
    if _RULE.fullmatch(line):
        return _Reduced("")
    if bullet := _BULLET.match(line):
        indent = "  " * (len(bullet[1].expandtabs(4)) // 2)
        return _Reduced(f"{indent}• {inline(line[bullet.end() :])}", starts=True)
    if line.lstrip().startswith("|"):
        cells = " | ".join(inline(cell) for cell in line.strip().strip("|").split("|"))
        return _Reduced(cells, starts=True, goes_on=False)
    if heading := _HEADING.match(line):
        return _Reduced(inline(line[heading.end() :].rstrip("# \t")), starts=True, goes_on=False)
    return _Reduced(inline(line.rstrip("\\")), starts=_NUMBER.match(line) is not None)


def _is_table_rule(line: str) -> bool:
    return "|" in line and "-" in line and not set(line) - set(" \t:|-")


def inline(text: str) -> str:
    """Drop the marks of emphasis, code and links; an address stays in brackets after the words of its link."""
    held = _Held()
    text = _CODE.sub(lambda match: held.hold(match[2]), _PRIVATE.sub("", text))
    text = _ESCAPE.sub(lambda match: held.hold(match[1]), text)
    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(lambda match: match[1] + held.hold(_address(match[1], match[2])), text)
    text = _AUTOLINK.sub(lambda match: held.hold(match[1].removeprefix("mailto:")), text)
    text = unescape(_TAG.sub("", text))
    for pattern in (_STARS, _STARS, _UNDERSCORES, _UNDERSCORES):
        text = pattern.sub(r"\2", text)
    return held.restore(_STRUCK.sub(r"\1", text)).strip()


class _Held:
    """Pieces that are taken as they stand, each replaced by one private character for the time being."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def hold(self, piece: str) -> str:
        if not piece or len(self._pieces) >= _MOST_HELD:
            return piece
        self._pieces.append(piece)
        return chr(_FIRST_PRIVATE + len(self._pieces) - 1)

    def restore(self, text: str) -> str:
        return _PRIVATE.sub(self._piece, text)

    def _piece(self, match: re.Match[str]) -> str:
        number = ord(match[0]) - _FIRST_PRIVATE
        return self._pieces[number] if number < len(self._pieces) else ""


def _address(words: str, url: str) -> str:
    return f" ({url})" if url.startswith(("http://", "https://")) and url != words else ""
