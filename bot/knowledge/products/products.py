"""Products: what the catalogue answers to a question, if the question is about its goods."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bot.domain.answer import Answer
from bot.domain.wishes import Shown, Wishes
from bot.knowledge.products import replies
from bot.knowledge.products.columns import Column
from bot.knowledge.products.comparing import compare
from bot.knowledge.products.facts import attribute, unsaid
from bot.knowledge.products.fitting import Fitting
from bot.knowledge.products.followups import is_refinement, refined
from bot.knowledge.products.knowing import Knowing
from bot.knowledge.products.lexicon import UNKNOWN
from bot.knowledge.products.models import readings_of
from bot.knowledge.products.phrases import Role, Span
from bot.knowledge.products.reader import Reader, any_of
from bot.knowledge.products.reading import Reading
from bot.knowledge.products.selection import select
from bot.knowledge.products.topic import Topic, topic_of
from bot.knowledge.products.wishing import order_of, shown_columns, wishes_of
from bot.knowledge.products.words import lemma

_PAIR = 2
_COMPARING = frozenset(("compare", "better"))
_SELLING = frozenset(("price", "stock"))
_DESCRIBING = frozenset(("describe", "back"))


class Products:
    """Answers about the goods of one pack. `topics` are words that the brand wrote other answers about."""

    def __init__(self, known: Knowing, reader: Reader, fitting: Fitting, topics: frozenset[str]) -> None:
        self._known = known
        self._reader = reader
        self._fitting = fitting
        self._topics = topics

    def answer(self, text: str, shown: Shown | None = None) -> Answer | None:
        """Answer from the catalogue; None where the question is not about goods, as far as we see."""
        if not self._known.goods.offers:
            return None
        reading = self._reader.read(text, has_shown=shown is not None)
        sureness = self._sureness(reading)
        if not sureness:
            return None
        answer = self._answer(reading, shown)
        if answer is None or answer.meta.confidence is None:
            return answer
        confidence = round(answer.meta.confidence * sureness, 3)
        return replace(answer, meta=replace(answer.meta, confidence=confidence))

    def _sureness(self, reading: Reading) -> float:
        """Return the share of the words that say something which we understand; 0 where others know better."""
        is_precise = bool(reading.mentions) and bool(reading.asked or reading.targets)
        if not is_precise and any(word in self._topics for word in map(lemma, reading.unread)):
            return 0.0
        understood = len(reading.mentions) + len(reading.missing) + sum(map(_says_something, reading.spans))
        return understood / (understood + len(reading.unread)) if understood else 0.0

    def _answer(self, reading: Reading, shown: Shown | None) -> Answer | None:
        missing = self._missing(reading)
        return missing if missing is not None else self._dispatch(reading, shown)

    def _dispatch(self, reading: Reading, shown: Shown | None) -> Answer | None:
        """Find out which kind of question it is."""
        topic = topic_of(self._known, reading, shown)
        if shown is not None and not reading.subjects and "more-of-them" in reading.signs and not reading.has_scope:
            return self.more(shown)
        if reading.targets or ("fits" in reading.signs and topic.groups) or self._is_about_additions(reading, topic):
            return self._fits(reading, topic, shown)
        if (reading.signs & _COMPARING and len(topic.groups) >= _PAIR) or self._is_choice(reading, topic):
            return self._compare(reading, topic)
        if topic.is_from_before and shown is not None:
            return self._follow_up(reading, topic, shown)
        if topic.groups:
            return self._about(reading, topic, shown)
        return self._select(reading, shown)

    def _missing(self, reading: Reading) -> Answer | None:
        """Say that there is no such model or maker."""
        if reading.makers and not reading.subjects:
            return replies.missing(self._known, reading.makers[0], ())
        if not reading.missing or (reading.subjects and not reading.signs & _COMPARING):
            return None
        rows = [row for key in readings_of(reading.missing[0]) for row in self._known.goods.models.near(key)]
        return replies.missing(self._known, reading.missing[0], rows)

    def _about(self, reading: Reading, topic: Topic, shown: Shown | None) -> Answer | None:
        """Answer about things: a param, price and availability, or all that the card has."""
        known = self._known
        if reading.asked or (reading.sorting and reading.sorting.columns):
            return self._attribute(reading, topic)
        if reading.values:
            return self._valued(reading, topic)
        if reading.signs & _SELLING:
            return replies.stock(known, topic)
        if "and-what-about" in reading.signs and shown is not None and shown.asked and not topic.is_from_before:
            columns = [column for name in shown.asked if (column := known.column(name))]
            return replies.attribute(known, topic, attribute(known, topic.groups, columns, wants_verdict=False))
        if reading.unread and reading.signs & {"what", "how-many", "is-there"}:
            return replies.unsaid(known, topic, unsaid(known, topic.rows, reading.unread[-1]), is_known=False)
        return replies.card(known, topic)

    def _attribute(self, reading: Reading, topic: Topic) -> Answer | None:
        known = self._known
        rows = [row for group in topic.groups for row in group]
        mask = known.mask(rows)
        columns: list[Column] = []
        for asked in reading.asked:
            columns.extend(column for column in known.resolve(asked, mask) if column not in columns)
        if reading.sorting and not columns:
            columns = known.had(reading.sorting.columns, mask)
        if columns:
            wants_verdict = not reading.signs & {"what", "how-many"} and bool(
                reading.signs & {"is-there", "stock"} or any(asked.is_wanted for asked in reading.asked)
            )
            found = attribute(known, topic.groups, columns, wants_verdict=wants_verdict)
            return replies.attribute(known, topic, found)
        keys = [key for asked in reading.asked for key in (*asked.columns, *asked.parts)]
        keys += list(reading.sorting.columns) if reading.sorting else []
        column = known.column(keys[0])
        asked = reading.asked[0] if reading.asked else None
        said = " ".join(token.text for token in reading.tokens[asked.start : asked.end]) if asked else ""
        name = column.name if column else said or keys[0].removeprefix(UNKNOWN)
        return replies.unsaid(known, topic, unsaid(known, topic.rows, name), is_known=column is not None)

    def _valued(self, reading: Reading, topic: Topic) -> Answer | None:
        """Answer "есть чёрный?" about a thing: the variant that is so, or what it is instead."""
        known = self._known
        keys = {key for valued in reading.values for key in valued.keys}
        rows = list(
            dict.fromkeys(other for group in topic.groups for row in group for other in known.goods.variants(row))
        )
        fitting = [row for row in rows if known.has_value(row, keys)]
        columns = known.had((key.partition("\x1f")[0] for key in sorted(keys)), known.mask(rows))
        if fitting:
            named = [row for group in topic.groups for row in group if row in fitting]
            return replies.variant(known, topic, (named or fitting)[0])
        if not columns:
            return None
        found = attribute(known, topic.groups, columns[:1], wants_verdict=False)
        return replies.attribute(known, topic, replies.denied(found))

    def _compare(self, reading: Reading, topic: Topic) -> Answer | None:
        known = self._known
        rows = (
            [row for group in topic.groups for row in _one_each(known, group)] if len(topic.groups) == 1 else topic.rows
        )
        if len(rows) < _PAIR:
            return replies.card(known, topic)
        mask = known.mask(rows)
        columns = [column for asked in reading.asked for column in known.resolve(asked, mask)[:1]]
        order = order_of(known, reading, mask)
        found = compare(
            known, rows, columns=columns, order=order, asks_preference="better" in reading.signs and order is None
        )
        return replies.comparison(known, topic, found)

    def _is_choice(self, reading: Reading, topic: Topic) -> bool:
        """Whether things are put side by side without a word for it: "GH2 или G3", "GH2 vs G3"."""
        if len(topic.groups) < _PAIR or topic.is_from_before:
            return False
        return "or" in reading.signs or not (reading.asked or reading.signs & _SELLING)

    def _is_about_additions(self, reading: Reading, topic: Topic) -> bool:
        """Whether something is wanted that goes with what was shown: "а чехол к нему?"."""
        is_for = bool(reading.signs & {"for", "fits"}) and "it" in reading.signs
        return bool(topic.groups) and not reading.subjects and is_for and not reading.target_kinds and reading.has_scope

    def _fits(self, reading: Reading, topic: Topic, shown: Shown | None) -> Answer | None:
        known = self._known
        if reading.targets and reading.subjects:
            return replies.fits(known, self._fitting.between(reading.subjects[0].rows[0], reading.targets[0].rows[0]))
        if len(topic.groups) >= _PAIR and not topic.is_from_before:
            return replies.fits(known, self._fitting.between(topic.rows[0], topic.rows[1]))
        target = reading.targets[0].rows[0] if reading.targets else topic.rows[0]
        kinds = [keys for keys in reading.kinds if not self._is_addition(keys)]
        found = self._fitting.with_target(target, any_of(known.lexicon, kinds) if kinds else None)
        if not found.items and reading.targets and not reading.kinds and "fits" not in reading.signs:
            return None
        return replies.fitting(known, found, topic)

    def _is_addition(self, keys: Sequence[str]) -> bool:
        """Whether a word means all that goes with other goods: "аксессуары"."""
        return any(m.key == "fits" for key in keys for m in self._known.lexicon.book.meanings((key,)))

    def _follow_up(self, reading: Reading, topic: Topic, shown: Shown) -> Answer | None:
        """Answer a question that names no goods, about what was shown."""
        known = self._known
        if reading.places or "back" in reading.signs:
            return self._about(reading, topic, shown)
        if is_refinement(reading) and self._is_new_wish(reading, topic):
            wishes = refined(known, reading, shown)
            return replies.selection(known, wishes, select(known, wishes))
        if reading.asked or reading.values or reading.signs & (_SELLING | _DESCRIBING | {"it"}):
            return self._about(reading, topic, shown)
        return None

    def _is_new_wish(self, reading: Reading, topic: Topic) -> bool:
        """Whether a list is to be narrowed down, rather than a thing told about."""
        if reading.quantities or reading.sorting or reading.brands or reading.names:
            is_question = "how-many" in reading.signs or "what" in reading.signs
            return not (is_question and reading.asked and not reading.quantities)
        if topic.place is not None or len(topic.groups) == 1 or "it" in reading.signs:
            return False
        if reading.values:
            return True
        mask = self._known.mask(topic.rows)
        columns = [column for asked in reading.asked for column in self._known.resolve(asked, mask)[:1]]
        is_wanted = any(asked.is_wanted or asked.is_unwanted for asked in reading.asked)
        return is_wanted or not columns or (columns[0].is_yes_no and "how-many" not in reading.signs)

    def more(self, shown: Shown) -> Answer | None:
        """Show more of what was shown; None where nothing of it is left in the catalogue."""
        known = self._known
        rows = known.goods.rows(shown.offers)
        if not rows:
            return None
        wishes = shown.wishes or Wishes(categories=known.offer(rows[0]).category_ids[:1])
        seen = (*shown.seen, *shown.offers)
        found = select(known, wishes, seen=seen)
        if found is None:
            return replies.no_more(known, shown)
        return replies.selection(known, wishes, replace(found, is_rest=True), seen=seen)

    def _select(self, reading: Reading, shown: Shown | None) -> Answer | None:
        known = self._known
        scope = self._reader.rows_of(reading)
        if scope is None:
            if not reading.has_wishes or not self._is_open(reading):
                return None
            scope = np.arange(len(known.goods.offers), dtype=np.int32)
        if reading.target_kinds and not reading.kinds:
            return None
        mask = known.mask(scope)
        wishes = wishes_of(known, reading, mask)
        found = select(known, wishes, also=shown_columns(known, reading, mask))
        if reading.names and not reading.kinds and found is not None and found.total == 1 and not wishes.wishes:
            return replies.card(known, Topic(((known.goods.row_of[found.items[0].offer.id],),)))
        return replies.selection(known, wishes, found, is_plain=not reading.has_wishes)

    def _is_open(self, reading: Reading) -> bool:
        """Whether wishes without any goods are enough: "что-нибудь с 3D до 10 тысяч"."""
        is_asking = bool(reading.signs & {"show", "is-there", "what", "with", "most"})
        return (
            is_asking
            and bool(reading.quantities or reading.sorting)
            and any(asked.columns or asked.parts for asked in reading.asked)
        )


def _one_each(known: Knowing, rows: Sequence[int]) -> list[int]:
    firsts: dict[int, int] = {}
    for row in rows:
        firsts.setdefault(int(known.goods.products[row]), row)
    return list(firsts.values()) if len(firsts) > 1 else list(rows)


def _says_something(span: Span) -> bool:
    return bool(span.meanings) and not all(
        meaning.role is Role.SIGN and meaning.key in _SAYS_NOTHING for meaning in span.meanings
    )


_SAYS_NOTHING = frozenset(("filler", "and-what-about", "for", "with", "it", "not"))
