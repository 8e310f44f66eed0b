"""Products: what the catalogue answers to a question, if the question is about its goods."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.answer import Answer
from bot.domain.catalogue import Catalogue, Offer
from bot.domain.goods_answers import SelectionAnswer
from bot.domain.wishes import Shown, after
from bot.knowledge.products.choosing.choosing import Choosing
from bot.knowledge.products.choosing.followups import is_refinement
from bot.knowledge.products.choosing.scopes import is_among
from bot.knowledge.products.goods.models import readings_of
from bot.knowledge.products.knowing import Knowing
from bot.knowledge.products.language.loader import grammar
from bot.knowledge.products.language.phrases import Role, Span
from bot.knowledge.products.language.words import is_cyrillic, is_russian_word, lemma
from bot.knowledge.products.own import Own
from bot.knowledge.products.question.reader import Reader
from bot.knowledge.products.question.reading import Reading
from bot.knowledge.products.telling import replies
from bot.knowledge.products.telling.comparing import MOST_THINGS
from bot.knowledge.products.telling.fitting import Fitting
from bot.knowledge.products.telling.recalled import recall_numbers
from bot.knowledge.products.telling.things import PAIR, SELLING, Things
from bot.knowledge.products.telling.topic import Topic, topic_of

_HOW_TO, _HOW_TO_AT_ALL = 0.7, 0.5
"""How much less sure we are that goods are wanted where it is asked how a thing is done, with one named or without."""
_NAMED = 0.85
"""How sure we are that goods are wanted where a kind of them is named with one word more: "телевизор в спальню"."""
_SHORT = 4
_PLAIN = frozenset(("filler", "for", "with", "show", "not", "and-what-about", "about"))
_THERE = frozenset(("is-there", "stock"))
_ADJECTIVE = tuple(grammar()["adjective-endings"])
_COMPARING = frozenset(("compare", "better"))
_ABOUT_SHOWN = SELLING | {"describe", "it"}
_SAYS_NOTHING = frozenset(("filler", "how-to", "and-what-about", "for", "with", "it", "not", "may"))


class Products:
    """Answers about the goods of one pack. `topics` are words that the brand wrote other answers about."""

    def __init__(self, known: Knowing, reader: Reader, fitting: Fitting, topics: frozenset[str]) -> None:
        self._known = known
        self._reader = reader
        self._things = Things(known, fitting)
        self._choosing = Choosing(known)
        self._own = Own(known, reader)
        self._topics = topics

    def answer(self, text: str, shown: Shown | None = None) -> Answer | None:
        """Answer from the catalogue; None where the question is not about goods, as far as we see."""
        if not self._known.goods.offers:
            return None
        reading = self._reader.read(text, has_shown=shown is not None)
        if shown is not None and not reading.mentions:
            recall_numbers(self._known, reading, shown)
        sureness = self._sureness(reading)
        answer = self._answer(reading, shown) if sureness else None
        if answer is None:
            return None
        confidence = round((answer.meta.confidence or 0.0) * sureness, 3)
        now = after(shown, answer.shown) if answer.shown is not None else None
        return replace(answer, meta=replace(answer.meta, confidence=confidence), shown=now)

    @property
    def catalogue(self) -> Catalogue:
        """What the brand sells."""
        return self._known.goods.catalogue

    def spoken_of(self, text: str, shown: Shown | None) -> Offer | None:
        """Return the one thing that a question names, or that we talked about before it; None where there is none."""
        reading = self._reader.read(text, has_shown=shown is not None)
        topic = topic_of(self._known, reading, shown)
        products = {int(self._known.goods.products[row]) for row in topic.rows}
        is_one = len(products) == 1 and not (topic.is_from_before and topic.place is None and len(topic.groups) > 1)
        return self._known.offer(topic.rows[0]) if is_one else None

    def is_about_others(self, questions: Sequence[str], thing: Offer) -> bool:
        """Whether all kinds of goods that `questions` name are kinds of which `thing` is none."""
        kinds = [keys for question in questions for keys in self._reader.read(question).kinds]
        row = self._known.goods.row_of[thing.id]
        rows = (self._known.lexicon.kinds.rows(key) for keys in kinds for key in keys)
        return bool(kinds) and not any(is_among(each, row) for each in rows)

    def named_own(self, text: str, owned: Sequence[str], *, language: str) -> str:
        """Return `text` with the names of what is owned in the place of "my camera"."""
        return self._own.named(text, owned, language=language)

    def describe(self, text: str) -> str:
        """Tell what is read in a question, for whoever doubts the answer."""
        reading = self._reader.read(text)
        codes = [f"model {mention.code}" for mention in reading.mentions]
        codes += [f"no model {code}" for code in (*reading.missing, *reading.makers)]
        kinds = [f"kind {'/'.join(keys)}" for keys in reading.kinds]
        asked = [f"param {'/'.join((*asked.columns, *asked.parts)[:2])}" for asked in reading.asked]
        wishes = [f"{quantity.relation or 'about'} {quantity.text}" for quantity in reading.quantities]
        signs = [f"signs {' '.join(sorted(reading.signs))}"] if reading.signs else []
        unread = [f"not understood: {' '.join(reading.unread)}"] if reading.unread else []
        return "; ".join((*codes, *kinds, *asked, *wishes, *signs, *unread))

    def more(self, shown: Shown) -> Answer | None:
        """Show more of what was shown; None where nothing of it is left in the catalogue."""
        return self._choosing.more(shown)

    def _sureness(self, reading: Reading) -> float:
        """Return the share of the words that say something which we understand; 0 where others know better."""
        is_choice = len(reading.subjects) >= PAIR and bool(reading.signs & (_COMPARING | {"or"}))
        is_precise = is_choice or (bool(reading.mentions) and bool(reading.asked or reading.targets))
        if not is_precise and any(word in self._topics for word in _doubtful(reading)):
            return 0.0
        if reading.targets and reading.kinds:
            return 1.0
        understood = (
            len(reading.mentions)
            + len(reading.missing)
            + len(reading.quantities)
            + sum(map(_says_something, reading.spans))
        )
        share = understood / (understood + len(reading.unread)) if understood else 0.0
        if _is_called(reading):
            share = max(share, _NAMED)
        is_how_to = "how-to" in reading.signs
        return share * (_HOW_TO if reading.mentions else _HOW_TO_AT_ALL) if is_how_to else share

    def _answer(self, reading: Reading, shown: Shown | None) -> Answer | None:
        missing = self._missing(reading)
        if missing is not None:
            return missing
        topic = topic_of(self._known, reading, shown)
        is_for_more = "more-of-them" in reading.signs and not (
            reading.subjects or reading.has_scope or reading.asked or reading.values
        )
        if shown is not None and is_for_more:
            return self._choosing.more(shown)
        if reading.targets or ("fits" in reading.signs and topic.groups) or _is_about_additions(reading, topic):
            return self._things.fits(reading, topic)
        return self._told(reading, topic, shown)

    def _told(self, reading: Reading, topic: Topic, shown: Shown | None) -> Answer | None:
        is_comparing = bool(reading.signs & _COMPARING) and len(topic.groups) >= PAIR
        if is_comparing or _is_choice(reading, topic):
            return self._things.compare(reading, topic)
        if topic.is_from_before and len(topic.groups) == 1 and "like" in reading.signs:
            return self._choosing.like(reading, topic)
        if topic.is_from_before and shown is not None:
            return self._follow_up(reading, topic, shown)
        if len(topic.groups) == 1 and _is_about_others(reading):
            return self._choosing.like(reading, topic)
        if topic.groups:
            return self._things.about(reading, topic, shown)
        return None if _is_about_sorts(reading) else self._chosen(reading, shown)

    def _chosen(self, reading: Reading, shown: Shown | None) -> Answer | None:
        """Choose anew, or of what was shown where only a part of it is wanted."""
        if shown is not None and self._choosing.is_narrower(reading, shown):
            return self._choosing.refine(reading, shown)
        return self._choosing.choose(reading)

    def _missing(self, reading: Reading) -> Answer | None:
        """Say that there is no such model or maker."""
        if reading.makers and (not reading.subjects or reading.signs & _COMPARING):
            is_sure = "fits" not in reading.signs and not reading.unread
            return replies.missing(self._known, reading.makers[0], (), is_sure=is_sure)
        if not reading.missing or (reading.subjects and not reading.signs & _COMPARING):
            return None
        rows = [row for key in readings_of(reading.missing[0]) for row in self._known.goods.models.near(key)]
        return replies.missing(self._known, reading.missing[0], [*reading.near, *rows])

    def _follow_up(self, reading: Reading, topic: Topic, shown: Shown) -> Answer | None:
        """Answer a question that names no goods, about what was shown."""
        if reading.places or "back" in reading.signs:
            return self._things.about(reading, topic, shown)
        if _is_among_shown(reading, topic):
            return self._things.compare(reading, topic)
        if self._things.is_variant(reading, topic):
            return self._things.about(reading, topic, shown)
        if is_refinement(reading) and self._is_new_wish(reading, topic):
            return self._refined(reading, shown)
        if reading.asked or reading.values or reading.signs & _ABOUT_SHOWN:
            return self._things.about(reading, topic, shown)
        return None

    def _refined(self, reading: Reading, shown: Shown) -> Answer | None:
        """Choose among what was shown, or among all goods where none of those shown has what is wished."""
        anew = self._choosing.choose(reading) if self._choosing.is_of_others(reading, shown) else None
        found = anew or self._choosing.refine(reading, shown)
        goods = found.goods if found is not None else None
        is_met = isinstance(goods, SelectionAnswer) and goods.total > 0 and not goods.ignored
        return found if is_met or not _is_bare_number(reading) else None

    def _is_new_wish(self, reading: Reading, topic: Topic) -> bool:
        """Whether a list is to be narrowed down, rather than a thing told about."""
        is_open = bool(reading.signs & {"how-many", "what"})
        if reading.quantities or reading.sorting or reading.brands or reading.names:
            return bool(reading.quantities) or not (is_open and reading.asked)
        if topic.place is not None or len(topic.groups) == 1 or "it" in reading.signs:
            return False
        mask = self._known.mask(topic.rows)
        columns = [column for asked in reading.asked for column in self._known.resolve(asked, mask)[:1]]
        is_wanted = bool(reading.values) or any(asked.is_wanted or asked.is_unwanted for asked in reading.asked)
        if not columns:
            return is_wanted or "is-there" in reading.signs
        return is_wanted or (columns[0].is_yes_no and "how-many" not in reading.signs)


def _is_bare_number(reading: Reading) -> bool:
    """Whether a number says nothing but itself: "0", but not "а 45?" nor "до 45"."""
    is_said = bool(reading.signs & {"and-what-about", "is-there"}) or reading.sorting is not None
    bare = (quantity.unit is None and quantity.relation is None for quantity in reading.quantities)
    return not is_said and bool(reading.quantities) and not (reading.asked or reading.values) and all(bare)


def _is_choice(reading: Reading, topic: Topic) -> bool:
    """Whether things are put side by side without a word for it: "GH2 или G3", "GH2 и G3"."""
    if len(topic.groups) < PAIR or topic.is_from_before:
        return False
    return "or" in reading.signs or not (reading.asked or reading.signs & SELLING)


def _is_among_shown(reading: Reading, topic: Topic) -> bool:
    """Whether one of the things shown is asked for: "что из них дешевле"."""
    is_few = PAIR <= len(topic.groups) <= MOST_THINGS
    return is_few and reading.sorting is not None and not reading.quantities and "both" in reading.signs


def _is_called(reading: Reading) -> bool:
    """Whether a kind of goods is called by one word more: "телевизор в спальню", "есть портретный объектив"."""
    if not reading.kinds or len(reading.unread) != 1 or len(reading.tokens) > _SHORT:
        return False
    unread = reading.unread[0]
    is_foreign = unread.isascii() and not all(token.text.isascii() for token in reading.tokens)
    if is_foreign or (is_cyrillic(unread) and not is_russian_word(unread)):
        return False  # the name of a maker, rather
    is_adjective = lemma(unread).endswith(_ADJECTIVE)
    if not is_adjective and any(
        span.has(Role.KIND) and span.start and reading.tokens[span.start - 1].text == unread for span in reading.spans
    ):
        return False  # of the goods something is asked, and not for them: "хранение объективов"
    return reading.signs <= (_PLAIN | _THERE if is_adjective else _PLAIN)


def _is_about_sorts(reading: Reading) -> bool:
    """Whether sorts of goods are compared, not goods: "в чём разница между плазмой и ЖК"."""
    if not reading.signs & _COMPARING or reading.quantities or reading.sorting:
        return False
    return "compare" in reading.signs or len(reading.kinds) + len(reading.values) >= PAIR


def _is_about_others(reading: Reading) -> bool:
    """Whether a thing is named to find others: "дешевле GH2", "вроде GH2"."""
    sorting = reading.sorting
    return "like" in reading.signs or (sorting is not None and sorting.is_comparative and not reading.asked)


def _is_about_additions(reading: Reading, topic: Topic) -> bool:
    """Whether something is wanted that goes with what was shown: "а чехол к нему?"."""
    is_for = bool(reading.signs & {"for", "fits"}) and "it" in reading.signs
    return bool(topic.groups) and not reading.subjects and is_for and not reading.target_kinds and reading.has_scope


def _doubtful(reading: Reading) -> Iterator[str]:
    """Yield words that do not speak of goods, or that only stand in the names of params."""
    yield from map(lemma, reading.unread)
    is_clear = bool(reading.quantities or reading.values or reading.sorting)
    for span in () if is_clear else reading.spans:
        if span.meanings and all(meaning.role is Role.PART for meaning in span.meanings):
            yield reading.tokens[span.start].word


def _says_something(span: Span) -> bool:
    return bool(span.meanings) and not all(
        meaning.role is Role.SIGN and meaning.key in _SAYS_NOTHING for meaning in span.meanings
    )
