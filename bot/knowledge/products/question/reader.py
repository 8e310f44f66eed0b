"""Reader: from the words of a question to what it speaks of."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.knowledge.products.choosing.scopes import is_among, scope_of, union
from bot.knowledge.products.goods.goods import Goods, Rows
from bot.knowledge.products.language.lexicon import Lexicon
from bot.knowledge.products.language.loader import grammar
from bot.knowledge.products.language.phrases import Role, Span
from bot.knowledge.products.language.tokens import LONGEST, Gap, Token, tokens_of
from bot.knowledge.products.language.units import Unit, unit_by_key
from bot.knowledge.products.question.codes import CodeReader
from bot.knowledge.products.question.names import NameReader
from bot.knowledge.products.question.quantities import QuantityReader
from bot.knowledge.products.question.reading import Asked, Mention, Reading
from bot.knowledge.products.question.wording import WordReader
from bot.knowledge.search.question.layout import Layout

_BEFORE = 2
"""Words that may stand between a preposition and what it is about."""


class Reader:
    """Reads questions about `goods`. `known` are other codes that the pack's texts have: they name no goods."""

    def __init__(self, goods: Goods, lexicon: Lexicon, known: frozenset[str]) -> None:
        self._goods = goods
        self._lexicon = lexicon
        self._layout = Layout(lexicon.book.knows)
        self._codes = CodeReader(goods, lexicon, known)
        self._names = NameReader(goods, lexicon)
        self._words = WordReader(goods, lexicon)

    def read(self, text: str, *, has_shown: bool = False) -> Reading:
        """Read `text`, the beginning of a long one; `has_shown`: "it" may be something shown before."""
        tokens = tokens_of(self._layout.correct(text[:LONGEST]))
        taken = [False] * len(tokens)
        mentions, missing = self._codes.read(tokens, taken)
        spans = self._parted(tokens, list(self._lexicon.book.read(tokens, taken)))
        reading = Reading(tokens=tokens, spans=spans, missing=[each.code for each in missing])
        quantities = QuantityReader(tokens, spans)
        reading.quantities = quantities.read()
        named = self._names.read(tokens, spans, [*mentions, *missing, *self._aliases(spans)])
        reading.missing += named.missing
        reading.near += named.near
        self._take_mentions(reading, named.mentions)
        self._take_frames(reading, quantities.used)
        means_it = has_shown and any(
            span.has(Role.SIGN, "it") and not (at and spans[at - 1].has(Role.SIGN, "for"))
            for at, span in enumerate(spans)
        )
        is_more = has_shown and bool(spans) and spans[0].has(Role.SIGN, "and-what-about")
        is_told = means_it or is_more or bool(reading.subjects)
        self._words.read(reading, quantities.used | named.places, prefers_columns=is_told)
        reading.measure = _measure_in(spans, quantities.used)
        if "how-much" in reading.signs:
            reading.signs.add("how-many" if reading.asked or reading.unread else "price")
        return reading

    def rows_of(self, reading: Reading) -> Rows | None:
        """Return the rows that all kinds, brands and names of `reading` leave; None where it names none."""
        return scope_of(self._lexicon, reading.kinds, reading.brands, reading.names)

    def _parted(self, tokens: Sequence[Token], spans: Sequence[Span]) -> list[Span]:
        """Part the name of a category where it is no name: "с самым большим зумом"."""
        parted: list[Span] = []
        for place, span in enumerate(spans):
            is_most = place > 0 and spans[place - 1].has(Role.SIGN, "most", "least")
            if is_most and span.end - span.start > 1 and span.has(Role.KIND):
                words = range(span.start, span.end)
                parted += [Span(at, at + 1, self._lexicon.book.meanings((tokens[at].word,))) for at in words]
            else:
                parted.append(span)
        return parted

    def _take_mentions(self, reading: Reading, mentions: Sequence[Mention]) -> None:
        for mention in mentions:
            is_target = any(self._is_before(reading, span, mention.start) for span in reading.spans)
            is_target = is_target or self._is_added_to(reading, mention)
            reading.mentions.append(replace(mention, is_target=is_target))

    def _is_before(self, reading: Reading, span: Span, start: int) -> bool:
        """Whether a preposition stands before the name at `start`, words that only say what it is between."""
        is_for = span.has(Role.SIGN, "for") or self._is_onto(reading, span)
        if not is_for or not start - _BEFORE <= span.end <= start:
            return False
        between = [other for other in reading.spans if span.end <= other.start < start]
        breaks = any(token.gap is Gap.BREAK for token in reading.tokens[span.end : start + 1])
        return not breaks and all(other.meanings for other in between)

    def _is_added_to(self, reading: Reading, mention: Mention) -> bool:
        """Whether something is named beside a thing that only goes with others: "чехол LX5"."""
        beside = [span for span in reading.spans if mention.start == span.end or span.start == mention.end]
        beside = [span for span in beside if not any(map(span.has, (Role.COLUMN, Role.PART, Role.ASK)))]
        kinds = [union(map(self._lexicon.kinds.rows, span.keys(Role.KIND))) for span in beside if span.has(Role.KIND)]
        additions = self._lexicon.kinds.additions
        return any(
            len(rows) > 0 and bool(additions[rows].all()) and not any(is_among(rows, row) for row in mention.rows)
            for rows in kinds
        )

    def _is_onto(self, reading: Reading, span: Span) -> bool:
        """Whether something is to go on what follows: "чехол на GH2"."""
        if reading.tokens[span.start].text not in grammar()["onto"]:
            return False
        keys = [key for other in reading.spans if other.end == span.start for key in other.keys(Role.KIND)]
        return any(self._lexicon.kinds.additions[self._lexicon.kinds.rows(key)].any() for key in keys)

    def _aliases(self, spans: Sequence[Span]) -> Iterator[Mention]:
        """Yield goods called by a nickname."""
        for span in spans:
            rows = tuple(row for code in span.keys(Role.ALIAS) for row in self._goods.models.find(code)[1])
            if rows:
                yield Mention(rows, span.start, span.keys(Role.ALIAS)[0], span.end)

    def _take_frames(self, reading: Reading, used: set[int]) -> None:
        """Find questions for a param that have other words in their middle: "how long does it work"."""
        words = [token.word for token in reading.tokens]
        for frame in self._lexicon.frames:
            start = _find(words, frame.before, 0)
            end = _find(words, frame.behind, start + len(frame.before)) if start >= 0 else -1
            if end >= 0:
                covered = {*range(start, start + len(frame.before)), *range(end, end + len(frame.behind))}
                reading.asked.append(Asked(frame.columns, (), start, end + len(frame.behind)))
                used.update(
                    at for at, span in enumerate(reading.spans) if covered.intersection(range(span.start, span.end))
                )


def _measure_in(spans: Sequence[Span], used: set[int]) -> Unit | None:
    """Return the unit behind "how many"."""
    for place, (before, span) in enumerate(pairwise(spans), 1):
        keys = span.keys(Role.UNIT)
        if before.has(Role.SIGN, "how-many", "how-much") and keys and place not in used:
            return unit_by_key(keys[0])
    return None


def _find(words: Sequence[str], phrase: Sequence[str], start: int) -> int:
    """Return where `phrase` stands in `words` from `start` on; -1 where it does not."""
    length = len(phrase)
    places = (at for at in range(start, len(words) - length + 1) if tuple(words[at : at + length]) == phrase)
    return next(places, -1)
