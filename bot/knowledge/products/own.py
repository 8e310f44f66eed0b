"""Own: "my camera", put into the name of the camera that somebody has registered."""

from collections.abc import Sequence

from bot.domain.catalogue import Offer
from bot.knowledge.products.choosing.scopes import is_among
from bot.knowledge.products.knowing import Knowing
from bot.knowledge.products.language.loader import grammar
from bot.knowledge.products.language.phrases import Role, Span
from bot.knowledge.products.language.tokens import Token, tokens_of
from bot.knowledge.products.question.reader import Reader

_MY = frozenset(grammar()["my"])
_BETWEEN = 2
"""Words that may stand between "my" and what it is: "my new favourite camera"."""
_MOST = 3
_BESIDE = {"ru": " и ", "en": " and "}


def speaks_of_own(text: str) -> bool:
    """Whether a question has "my" in it. Quick."""
    return any(_is_my(token) for token in tokens_of(text))


class Own:
    """Reads questions about what the asker owns."""

    def __init__(self, known: Knowing, reader: Reader) -> None:
        self._known = known
        self._reader = reader

    def named(self, text: str, owned: Sequence[str], *, language: str) -> str:
        """Return `text` with the names of the things owned in the place of "my camera"; as it is where none is meant.

        `owned` are ids of offers. Whoever names a model means that one.
        """
        rows = self._known.goods.rows(tuple(dict.fromkeys(owned)))
        reading = self._reader.read(text)
        if not rows or reading.missing or (reading.subjects and "compare" not in reading.signs):
            return text
        start = next((place for place, token in enumerate(reading.tokens) if _is_my(token)), None)
        if start is None:
            return text
        kind = _kind_behind(reading.spans, start)
        if kind is not None:
            rows = [row for row in rows if any(is_among(self._known.lexicon.kinds.rows(k), row) for k in _keys(kind))]
        if not rows or (kind is None and len(rows) > 1):
            return text
        names = _BESIDE.get(language, _BESIDE["en"]).join(_name(self._known.offer(row)) for row in rows[:_MOST])
        end = kind.end if kind is not None else start + 1
        words = [token.text for token in reading.tokens]
        return " ".join((*words[:start], names, *words[end:]))


def _is_my(token: Token) -> bool:
    return token.word in _MY or token.text in _MY


def _kind_behind(spans: Sequence[Span], start: int) -> Span | None:
    """Find the kind of goods named behind the token at `start`."""
    behind = (span for span in spans if start < span.start <= start + 1 + _BETWEEN)
    return next((span for span in behind if span.has(Role.KIND)), None)


def _keys(span: Span) -> Sequence[str]:
    return span.keys(Role.KIND)


def _name(offer: Offer) -> str:
    """The shortest that is the thing's alone: values behind a comma would be read as wishes."""
    return offer.vendor_code or offer.model or offer.name.partition(",")[0]
