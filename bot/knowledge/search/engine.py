"""Engine: finds what may answer a question; measures all documents of a small pack, the likeliest of a large one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.domain.answer import Hit, SourceKind
from bot.knowledge.search.encoder import Vectors
from bot.knowledge.search.index.contents import KINDS, Contents
from bot.knowledge.search.index.fulltext import FullText
from bot.knowledge.search.index.scope import Chosen, Scores
from bot.knowledge.search.question.query import Query, Term
from bot.knowledge.search.question.reader import QueryReader
from bot.knowledge.search.ranking.concepts import Concepts, Theme
from bot.knowledge.search.ranking.frame import Frame, chosen, everything
from bot.knowledge.search.ranking.meaning import Meaning
from bot.knowledge.search.ranking.ranker import Match, Ranker
from bot.knowledge.search.vocabulary.synonyms import Synonyms
from bot.knowledge.search.vocabulary.thesaurus import Thesaurus

_CANDIDATES = 60
_CANDIDATES_BY_CONCEPTS = 15


@dataclass(frozen=True, slots=True)
class Found:
    """What was read in a question, the matches, best first, and what it is about: concepts by name, and how much.

    `elsewhere` is the share of what it is about that is the world's, and not what the best match is about.
    """

    query: Query
    matches: Sequence[Match] = ()
    concepts: Mapping[str, float] = field(default_factory=dict)
    theme: Theme = field(default_factory=Theme)
    elsewhere: float = 0.0


class Engine:
    """Finds documents. Does not change once made."""

    def __init__(
        self,
        contents: Contents,
        hits: Sequence[tuple[Hit, ...]],
        *,
        synonyms: Synonyms,
        thesaurus: Thesaurus,
        full_text: FullText | None = None,
        meaning: Meaning | None = None,
    ) -> None:
        """`hits` are the places of the pack by the number of the document; `full_text` is needed for a large pack."""
        lexicon = contents.vocabulary.lexicon
        models = frozenset(lexicon.terms[number] for number in contents.products)
        self._contents = contents
        self._hits = hits
        self._full_text = full_text
        self._reader = QueryReader(contents.vocabulary, synonyms, models)
        self.meaning = meaning
        self._concepts = Concepts(contents.subjects, thesaurus)
        self._ranker = Ranker(contents)
        self._everything = everything(contents)
        self._written = Chosen(np.flatnonzero(contents.kinds != KINDS.index(SourceKind.OFFER)).astype(np.int32))

    def search(self, text: str, vector: Vectors | None = None) -> Found:
        """Read `text` and measure what may answer it; no matches where nothing is asked or found.

        With the `vector` of `text` its meaning counts as well, where there is an encoder.
        """
        query = self._reader.read(text)
        if all(term.text[0].isdigit() and not term.is_model for term in query.terms):
            return Found(query)  # numbers alone ask nothing
        theme = self._concepts.of(query)
        frame, more = self._choose(query, theme.concepts)
        if not len(frame.numbers):
            return Found(query)
        more["concepts"] = self._concepts.measure(theme.concepts, frame)
        if self.meaning is not None and vector is not None:
            more["meaning"] = self.meaning.measure(vector, frame)
        matches = [match for match in self._ranker.rank(query, frame, more) if match.rank > 0]
        names = {self._concepts.name(number): round(weight, 2) for number, weight in theme.concepts.items()}
        return Found(query, matches, names, theme, self._elsewhere(theme, matches))

    def _elsewhere(self, theme: Theme, matches: Sequence[Match]) -> float:
        if not (matches and theme.worldly):
            return 0.0
        best = chosen(self._contents, np.array([matches[0].number], dtype=np.int32))
        return self._concepts.elsewhere(theme, best)

    @property
    def all_hits(self) -> Sequence[tuple[Hit, ...]]:
        """The places of the pack by the number of the document."""
        return self._hits

    def hits(self, match: Match) -> tuple[Hit, ...]:
        """Return the places of the pack that a document stands for: variants of a product are one document."""
        return self._hits[match.number]

    def _choose(self, query: Query, concepts: Mapping[int, float]) -> tuple[Frame, dict[str, Scores]]:
        if self._full_text is None:
            return self._everything, {}
        numbers = self._contents.vocabulary.lexicon.numbers
        words = [_weighted_forms(term, numbers) for term in query.terms]
        found, scores = self._full_text.search(words, _CANDIDATES)
        by_concepts = self._concepts.nearest(concepts, self._written, _CANDIDATES_BY_CONCEPTS)
        candidates = np.union1d(found, by_concepts).astype(np.int32)
        engine = np.zeros(len(candidates), np.float32)
        engine[np.searchsorted(candidates, found)] = scores / scores.max(initial=1e-6)
        return chosen(self._contents, candidates), {"engine": engine}


def _weighted_forms(term: Term, numbers: Mapping[str, int]) -> dict[int, float]:
    """Everything to look for in place of `term`, words of phrases included."""
    parts = {word: likeness / len(phrase) for phrase, likeness in term.phrases.items() for word in phrase}
    forms = {form.term: form.likeness for form in term.forms}
    return {numbers[word]: weight for word, weight in (parts | forms).items() if word in numbers}
