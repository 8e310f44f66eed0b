"""Answers of a pack: the port `Answers` over one loaded pack and its index."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.domain.answer import Answer, AnswerKind, AnswerMeta, Hit, Question, Source, SourceKind, source_of
from bot.domain.brand import Brand
from bot.domain.catalogue import Offer, Param
from bot.domain.examples import examples
from bot.domain.knowledge import FaqEntry, Passage
from bot.domain.pack import Pack
from bot.domain.telling import Shelves
from bot.domain.text import switch_layout, words
from bot.domain.wishes import Shown
from bot.knowledge.search.decision.calibration import own_confidence, read_confidence
from bot.knowledge.search.decision.decide import Decision, Thresholds, decide
from bot.knowledge.search.encoder import Vectors
from bot.knowledge.search.engine import Engine, Found
from bot.knowledge.search.explanation import Explanation, explain
from bot.knowledge.search.text.terms import telling_lemmas
from bot.knowledge.search.variants import choose

Key = TypeVar("Key", bound=Collection[str])

_LEAST_WORDS = 2
"""One word may be asked in many senses."""


class PackAnswers:
    """Answers from `pack`, of which `engine` was built."""

    def __init__(self, pack: Pack, engine: Engine, *, thresholds: Thresholds | None = None) -> None:
        self._pack = pack
        self._engine = engine
        self._shelves = Shelves(pack.catalogue)
        self._thresholds = thresholds or Thresholds()
        self._confidence = read_confidence(pack.confidence) if pack.confidence else own_confidence()
        self._phrasings = _by(pack.faq.values(), lambda question: tuple(words(question)))
        self._wordings = _by(pack.faq.values(), _wording)

    @property
    def brand(self) -> Brand:
        """Whose bot we are."""
        return self._pack.brand

    async def answer(self, question: Question) -> Answer:
        """Find the best answer, or say that there is none. Never raises on what people type."""
        meaning = self._engine.meaning
        vector = None if meaning is None else await asyncio.to_thread(meaning.encode, question.text)
        return self._look_up(question.text, vector)

    def look_up(self, text: str) -> Answer:
        """Do the same at once, whatever the language."""
        return self._look_up(text, self._encode(text))

    def explain(self, text: str) -> Explanation:
        """Tell what was understood of `text`, what was found and why it is answered like this."""
        found, decision = self._decide(text, self._encode(text))
        entry = self._asked_as_written(text)
        if entry:
            decision = replace(decision, because="an entry has this question in these words", near=1.0)
        answer = _certain(entry) if entry else self._answer(found, decision)
        sources = [str(source_of(choose(found.query, self._engine.hits(match)))) for match in found.matches]
        return explain(found, sources, decision, answer.meta, thresholds=self._thresholds)

    def as_written(self, text: str) -> Answer | None:
        """Answer a question that the brand wrote down in these words; None where it did not, or did twice."""
        entry = self._asked_as_written(text)
        return _certain(entry) if entry else None

    def more(self, shown: Shown) -> Answer | None:
        """Show more goods; without an understanding of them there are none."""
        return None

    def find(self, source: Source) -> Hit | None:
        """Return the place of the pack that `source` names; an article without section means its beginning."""
        match source.kind:
            case SourceKind.FAQ:
                return self._pack.faq.get(source.id)
            case SourceKind.OFFER:
                return self._pack.catalogue.offers.get(source.id)
            case SourceKind.ARTICLE:
                return self._find_passage(source)

    def telling_params(self, offer: Offer) -> Sequence[Param]:
        """Return the three params, or fewer, that tell `offer` best from its neighbours on the shelf."""
        return self._shelves.telling_params(offer)

    def is_about_own(self, text: str) -> bool:
        """Never: the brand wrote for everybody."""
        return False

    def examples(self, language: str) -> Sequence[str]:
        """Return what may be asked: a few short lines that we can answer."""
        return examples(self._pack, language)

    def _look_up(self, text: str, vector: Vectors | None) -> Answer:
        entry = self._asked_as_written(text)
        return _certain(entry) if entry else self._answer(*self._decide(text, vector))

    def _encode(self, text: str) -> Vectors | None:
        return self._engine.meaning.encode(text) if self._engine.meaning else None

    def _asked_as_written(self, text: str) -> FaqEntry | None:
        """Return the entry that has this question, if it is the only one.

        The same words in other forms count, and what was typed in the wrong keyboard layout.
        """
        entries = self._phrasings.get(tuple(words(text))) or self._phrasings.get(tuple(words(switch_layout(text))), ())
        if not entries:
            wording = _wording(text)
            entries = self._wordings.get(wording, ()) if len(wording) >= _LEAST_WORDS else ()
        return entries[0] if len(entries) == 1 else None

    def _decide(self, text: str, vector: Vectors | None) -> tuple[Found, Decision]:
        found = self._engine.search(text, vector)
        return found, decide(found, self._thresholds, self._confidence)

    def _answer(self, found: Found, decision: Decision) -> Answer:
        hits = tuple(choose(found.query, self._engine.hits(match)) for match in decision.matches)
        sources = tuple(str(source_of(hit)) for hit in hits)
        return Answer(meta=AnswerMeta(kind=decision.kind, confidence=decision.confidence, sources=sources), hits=hits)

    def _find_passage(self, source: Source) -> Passage | None:
        article = self._pack.articles.get(source.id)
        passages = article.passages if article else ()
        found = (passage for passage in passages if passage.section_id == source.section)
        return next(found, passages[0] if passages and not source.section else None)


def _by(entries: Iterable[FaqEntry], key: Callable[[str], Key]) -> Mapping[Key, Sequence[FaqEntry]]:
    """Find entries by what `key` makes of their questions."""
    found: defaultdict[Key, list[FaqEntry]] = defaultdict(list)
    for entry in entries:
        for made in dict.fromkeys(map(key, entry.questions)):
            if made:
                found[made].append(entry)
    return found


def _wording(text: str) -> frozenset[str]:
    """Return the lemmas of the words that say anything, and everything with a digit: what is asked, in any order."""
    return frozenset(telling_lemmas(text)) | {word for word in words(text) if any(map(str.isdigit, word))}


def _certain(entry: FaqEntry) -> Answer:
    """The very question was written down by the brand."""
    meta = AnswerMeta(kind=AnswerKind.FAQ, confidence=1.0, sources=(str(source_of(entry)),))
    return Answer(meta=meta, hits=(entry,))
