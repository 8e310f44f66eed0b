"""Sorting out what is wished to be most or least: "самый лёгкий", "подешевле", "biggest screen"."""

from collections.abc import Sequence

from bot.knowledge.products.language.loader import grammar
from bot.knowledge.products.language.phrases import Role, Span
from bot.knowledge.products.question.reading import Reading, Sorting

_COMPARATIVE = tuple(grammar()["comparative-endings"])


def sorting_of(reading: Reading, used: set[int]) -> Sorting | None:
    """Find what is to be most or least."""
    spans = [span for place, span in enumerate(reading.spans) if place not in used]
    is_superlative = any(span.has(Role.SIGN, "most", "least") for span in spans)
    for span in spans:
        for role, is_ascending in ((Role.LESS, True), (Role.MORE, False)):
            if span.has(role) and not _is_value(reading, span, is_superlative=is_superlative):
                return Sorting(
                    tuple(span.keys(role)),
                    is_ascending,
                    is_superlative or _is_superlative(reading, span),
                    is_comparative=_is_comparative(reading, span),
                    text=reading.tokens[span.start].text,
                )
        for sign, is_ascending in (("cheap", True), ("dear", False)):
            if span.has(Role.SIGN, sign):
                return Sorting(
                    (),
                    is_ascending,
                    is_superlative or _is_superlative(reading, span),
                    is_price=True,
                    is_comparative=_is_comparative(reading, span),
                    text=reading.tokens[span.start].text,
                )
    return _sorting_by_size(reading, spans, is_superlative=is_superlative)


def _sorting_by_size(reading: Reading, spans: Sequence[Span], *, is_superlative: bool) -> Sorting | None:
    least = any(span.has(Role.SIGN, "least", "small", "less") for span in spans)
    most = any(span.has(Role.SIGN, "most", "large", "more") for span in spans)
    if not (least or most):
        return None
    columns = [key for asked in reading.asked[:1] for key in (*asked.columns, *asked.parts)]
    is_clear = is_superlative or any(span.has(Role.SIGN, "large", "small", "more", "less") for span in spans)
    return Sorting(tuple(columns), least, is_superlative) if is_clear else None


def _is_value(reading: Reading, span: Span, *, is_superlative: bool) -> bool:
    """Whether a word says what goods are, not what they are more than others: "light roast"."""
    is_compared = is_superlative or _is_superlative(reading, span) or _is_comparative(reading, span)
    return span.has(Role.VALUE) and not is_compared


def _is_superlative(reading: Reading, span: Span) -> bool:
    text = reading.tokens[span.start].text
    return text.isascii() and text.endswith("est")


def _is_comparative(reading: Reading, span: Span) -> bool:
    return reading.tokens[span.start].text.endswith(_COMPARATIVE)
