"""parse_mode HTML, as strict as the real parser: unknown, unclosed and badly nested tags are errors."""

import html
import re
from dataclasses import dataclass, field
from html.entities import name2codepoint

from tests.fakes.telegram.shapes import ApiError, Json, violation
from tests.fakes.telegram.utf16 import utf16_length

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
PIECE = re.compile(r"<(?P<slash>/?)(?P<name>[^\s/>]*)(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^>\"'])*)>|<|[^<]+")
ATTRIBUTE = re.compile(r"""\s*([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?\s*""")
NAMED = re.compile(r"&(?:#x[0-9a-fA-F]+|#\d+|lt|gt|amp|quot);")
UNESCAPED = re.compile(r"&([a-zA-Z]+);")
LINK = re.compile(r"(?:https?|tg|mailto|tel|ton|tonsite)[:/]", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _Parser:
    source: str
    text: list[str] = field(default_factory=list)
    offset: int = 0
    opened: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def run(self) -> tuple[str, list[Json]]:
        for piece in PIECE.finditer(self.source):
            if not piece[0].startswith("<"):
                self._add(piece[0])
            elif piece["name"] is None:
                raise self._error(piece.start(), "Unclosed start tag")
            elif piece["slash"]:
                self._close(piece["name"].lower(), piece.start())
            else:
                self._open(piece["name"].lower(), piece["rest"], piece.start())
        if self.opened:
            raise _failure(f'Can\'t find end tag corresponding to start tag "{self.opened[-1].tag}"')
        return "".join(self.text), sorted(self.entities, key=lambda item: (item["offset"], -item["length"]))

    def _add(self, raw: str) -> None:
        for found in UNESCAPED.finditer(raw):
            if found[1] in name2codepoint and found[1] not in {"lt", "gt", "amp", "quot"}:
                raise _failure(f"the named entity {found[0]} is not supported and would be shown as it is")
        text = NAMED.sub(lambda found: html.unescape(found[0]), raw)
        self.text.append(text)
        self.offset += utf16_length(text)

    def _open(self, name: str, rest: str, at: int) -> None:
        attributes = self._attributes(rest, at)
        if name not in KINDS or (name == "span" and attributes.get("class") != "tg-spoiler"):
            raise self._error(at, f'Unsupported start tag "{name}"')
        self.opened.append(_Open(name, self.offset, attributes))

    def _attributes(self, rest: str, at: int) -> dict[str, str]:
        attributes, end = {}, 0
        while end < len(rest):
            found = ATTRIBUTE.match(rest, end)
            if found is None:
                if not rest[end:].strip():
                    break
                raise self._error(at, "Unexpected attribute in the start tag")
            attributes[found[1].lower()] = html.unescape(found[2] or found[3] or found[4] or "")
            end = found.end()
        return attributes

    def _close(self, name: str, at: int) -> None:
        if not self.opened:
            raise self._error(at, "Unexpected end tag")
        opened = self.opened.pop()
        if name not in {"", opened.tag}:
            expected = f'expected "</{opened.tag}>", found "</{name}>"'
            raise self._error(at, "Unmatched end tag", expected)
        length = self.offset - opened.offset
        if length and (entity := _entity(opened)) is not None:
            self._keep({**entity, "offset": opened.offset, "length": length})

    def _keep(self, entity: Json) -> None:
        """Code inside pre names its language; nothing else lives inside code and pre."""
        if entity["type"] == "pre":
            inside = [item for item in self.entities if item["offset"] >= entity["offset"]]
            for item in inside:
                self.entities.remove(item)
                same = item["offset"] == entity["offset"] and item["length"] == entity["length"]
                if same and item.get("language"):
                    entity["language"] = item["language"]
        self.entities.append(entity)

    def _error(self, at: int, what: str, detail: str = "") -> ApiError:
        place = f"{what} at byte offset {len(self.source[:at].encode())}"
        return _failure(f"{place}, {detail}" if detail else place)


def _entity(opened: _Open) -> Json | None:
    entity: Json = {"type": KINDS[opened.tag]}
    if opened.tag == "a":
        url = opened.attributes.get("href", "")
        return {**entity, "url": url} if LINK.match(url) else None
    if opened.tag == "tg-emoji":
        return {**entity, "custom_emoji_id": opened.attributes.get("emoji-id", "")}
    if opened.tag == "blockquote" and "expandable" in opened.attributes:
        return {"type": "expandable_blockquote"}
    language = opened.attributes.get("class", "").removeprefix("language-")
    return {**entity, "language": language} if opened.tag == "code" and language else entity


def _failure(text: str) -> ApiError:
    return violation(f"can't parse entities: {text}")


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Split into the text a person sees and its entities, ordered by offset.

    Raises: ApiError "can't parse entities".
    """
    text, entities = _Parser(source).run()
    return text, [_clean(entity) for entity in entities]


def _clean(entity: Json) -> Json:
    return {name: value for name, value in entity.items() if name != "language" or entity["type"] == "pre"}
