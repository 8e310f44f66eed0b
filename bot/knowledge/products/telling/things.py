"""Things: answers about goods that were named or shown: a param, the price, a variant, a difference."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.answer import Answer
from bot.domain.text import fold
from bot.domain.wishes import Shown, Wish
from bot.knowledge.products.choosing.scopes import any_of
from bot.knowledge.products.choosing.wishing import order_of, wishes_of
from bot.knowledge.products.goods.columns import Column
from bot.knowledge.products.goods.links import is_list
from bot.knowledge.products.knowing import Knowing
from bot.knowledge.products.language.lexicon import UNKNOWN
from bot.knowledge.products.language.phrases import Role
from bot.knowledge.products.question.reading import Reading
from bot.knowledge.products.telling import replies
from bot.knowledge.products.telling.comparing import compare
from bot.knowledge.products.telling.facts import attribute, unsaid
from bot.knowledge.products.telling.fitting import Fitting
from bot.knowledge.products.telling.topic import Topic
from bot.knowledge.products.telling.variants import conditions_of, likest, meeting

PAIR = 2
SELLING = frozenset(("price", "stock"))
_ASKING = frozenset(("what", "how-many", "is-there", "may"))


class Things:
    """Answers about the things of a topic, which has some."""

    def __init__(self, known: Knowing, fitting: Fitting) -> None:
        self._known = known
        self._fitting = fitting

    def about(self, reading: Reading, topic: Topic, shown: Shown | None) -> Answer | None:
        """Answer about a param, price and availability, or show all that the card has."""
        rows = self._all_variants(topic)
        conditions = conditions_of(self._known, reading, rows)
        if conditions and (not reading.asked or _is_about(conditions, reading)):
            return self._of_variants(topic, conditions, rows, shown)
        if reading.asked or (reading.sorting and reading.sorting.columns) or self._measured(reading, topic):
            return self._attribute(reading, topic)
        if reading.signs & SELLING:
            return replies.stock(self._known, topic)
        return self._as_before(reading, topic, shown) or replies.card(self._known, topic)

    def is_variant(self, reading: Reading, topic: Topic) -> bool:
        """Whether a size is named that a variant of the only thing has: "а 45?"."""
        if len(topic.groups) != 1 or reading.sorting or not reading.quantities:
            return False
        if any(quantity.relation or quantity.is_price for quantity in reading.quantities):
            return False
        rows = self._all_variants(topic)
        conditions = conditions_of(self._known, reading, rows)
        return len(rows) > 1 and bool(conditions and meeting(self._known, conditions, rows))

    def compare(self, reading: Reading, topic: Topic) -> Answer:
        """Tell by what the things differ, the variants of the only one included."""
        known = self._known
        rows = topic.rows if len(topic.groups) > 1 else _one_each(known, topic.groups[0])
        if len(rows) < PAIR:
            return replies.card(known, topic)
        mask = known.mask(rows)
        columns = [column for asked in reading.asked for column in known.resolve(asked, mask)[:1]]
        order = order_of(known, reading, mask)
        is_open = "better" in reading.signs and order is None
        found = compare(known, rows, columns=columns, order=order, asks_preference=is_open)
        return replies.comparison(known, topic, found)

    def fits(self, reading: Reading, topic: Topic) -> Answer | None:
        """Tell what goes with a thing, or whether two things go together."""
        known = self._known
        if reading.targets and reading.subjects:
            return replies.fits(known, self._fitting.between(reading.subjects[0].rows[0], reading.targets[0].rows[0]))
        if len(topic.groups) >= PAIR and not topic.is_from_before:
            return replies.fits(known, self._fitting.between(topic.rows[0], topic.rows[1]))
        target = reading.targets[0].rows[0] if reading.targets else topic.rows[0]
        wanted = _kinds_wanted(reading)
        if reading.targets and not wanted and (reading.asked or reading.unread):
            return self._attribute(reading, Topic(((target,),))) if reading.asked else None
        kinds = [keys for keys in wanted if not self._is_addition(keys)]
        is_cheap = reading.sorting is not None and reading.sorting.is_price and reading.sorting.is_ascending
        among = any_of(known.lexicon, kinds) if kinds else None
        if among and (reading.quantities or reading.values):
            wished = replace(reading, asked=[], sorting=None)
            among = meeting(known, wishes_of(known, wished, known.mask(among)).wishes, among)
        found = self._fitting.with_target(target, among, is_cheapest_first=is_cheap)
        if not found.items and reading.targets and not wanted and "fits" not in reading.signs:
            return None
        lists = [column for column in known.goods.columns.values() if is_list(column.key)]
        told = known.had((column.key for column in lists), known.mask([target])) if not found.items else []
        if told:
            return replies.attribute(known, topic, attribute(known, ((target,),), told, wants_verdict=False))
        return replies.fitting(known, found, topic)

    def _attribute(self, reading: Reading, topic: Topic) -> Answer:
        known = self._known
        columns = self._columns(reading, topic)
        if not columns:
            return self._unsaid(reading, topic)
        is_open = bool(reading.signs & {"what", "how-many"})
        is_yes_or_no = bool(reading.signs & {"is-there", "stock"}) or any(asked.is_wanted for asked in reading.asked)
        found = attribute(known, topic.groups, columns, wants_verdict=is_yes_or_no and not is_open)
        return replies.attribute(known, topic, replace(found, with_price="price" in reading.signs))

    def _columns(self, reading: Reading, topic: Topic) -> list[Column]:
        """Return the params asked for that the things have."""
        known = self._known
        mask = known.mask([row for group in topic.groups for row in group])
        columns = [column for asked in reading.asked for column in known.resolve(asked, mask)]
        if not columns and reading.sorting:
            columns = known.had(reading.sorting.columns, mask)
        columns = columns or self._measured(reading, topic)
        return list({column.key: column for column in columns}.values())

    def _measured(self, reading: Reading, topic: Topic) -> list[Column]:
        """Return the params in the unit that was asked for: "сколько кг"."""
        if reading.measure is None:
            return []
        columns = self._known.by_kind.get(reading.measure.kind, ())
        return self._known.had((column.key for column in columns), self._known.mask(topic.rows))

    def _unsaid(self, reading: Reading, topic: Topic) -> Answer:
        """Say that the feed does not tell what was asked, in the words of the feed or of the question."""
        known = self._known
        keys = [key for asked in reading.asked for key in (*asked.columns, *asked.parts)]
        keys += reading.sorting.columns if reading.sorting else ()
        column = known.column(keys[0])
        said = [token.text for asked in reading.asked[:1] for token in reading.tokens[asked.start : asked.end]]
        name = column.name if column else " ".join(said) or keys[0].removeprefix(UNKNOWN)
        return replies.unsaid(known, topic, unsaid(known, topic.rows, name), is_known=column is not None)

    def _as_before(self, reading: Reading, topic: Topic, shown: Shown | None) -> Answer | None:
        """Answer "а у G3?" as the question before it was; say so where we know nothing of what is asked."""
        known = self._known
        is_next = bool(reading.places) or not topic.is_from_before
        if "and-what-about" in reading.signs and shown is not None and shown.asked and is_next:
            columns = [column for name in shown.asked if (column := known.column(name))]
            return replies.attribute(known, topic, attribute(known, topic.groups, columns, wants_verdict=False))
        if reading.unread and reading.signs & _ASKING:
            return replies.unsaid(known, topic, unsaid(known, topic.rows, reading.unread[-1]), is_known=False)
        return None

    def _all_variants(self, topic: Topic) -> list[int]:
        """Return the rows named, then those of all their variants."""
        known = self._known
        named = [row for group in topic.groups for row in group]
        return list(dict.fromkeys((*named, *(variant for row in named for variant in known.goods.variants(row)))))

    def _of_variants(
        self, topic: Topic, conditions: Sequence[Wish], rows: Sequence[int], shown: Shown | None
    ) -> Answer | None:
        """Answer "есть чёрный?" about a thing: the variant that is so, or what it is instead."""
        known = self._known
        fitting = meeting(known, conditions, rows)
        columns = [column for wish in conditions if (column := known.column(wish.param)) is not None]
        columns = known.had((column.key for column in columns), known.mask(rows))
        if fitting and len(fitting) == len(rows):
            found = attribute(known, topic.groups, columns[:1], wants_verdict=False)
            return replies.attribute(known, topic, replies.confirmed(found))
        if fitting:
            named = [row for group in topic.groups for row in group if row in fitting]
            before = known.goods.rows(shown.offers) if shown is not None and topic.is_from_before else []
            row = likest(known, fitting, before) if before else (named or fitting)[0]
            return replies.variant(known, topic, row, columns)
        if not columns:
            return None
        found = attribute(known, topic.groups, columns[:1], wants_verdict=False)
        return replies.attribute(known, topic, replies.denied(found))

    def _is_addition(self, keys: Sequence[str]) -> bool:
        """Whether a word means all that goes with other goods: "аксессуары"."""
        return any(m.key == "fits" for key in keys for m in self._known.lexicon.book.meanings((key,)))


def _kinds_wanted(reading: Reading) -> Sequence[tuple[str, ...]]:
    """Return the kinds that are to fit: where none was read as one, what the words of a param name besides.

    "объектив" is a part of a camera's params too: asked what fits, it is a kind of goods.
    """
    if reading.kinds or "fits" not in reading.signs:
        return reading.kinds
    starts = {asked.start for asked in reading.asked}
    return [keys for span in reading.spans if span.start in starts and (keys := tuple(span.keys(Role.KIND)))]


def _is_about(conditions: Sequence[Wish], reading: Reading) -> bool:
    """Whether the params named are those of the values: "в красном цвете"."""
    columns = {fold(wish.param) for wish in conditions}
    return all(columns.intersection((*asked.columns, *asked.parts)) for asked in reading.asked)


def _one_each(known: Knowing, rows: Sequence[int]) -> list[int]:
    firsts: dict[int, int] = {}
    for row in rows:
        firsts.setdefault(int(known.goods.products[row]), row)
    return list(firsts.values()) if len(firsts) > 1 else list(rows)
