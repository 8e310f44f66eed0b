"""Query: a question as the index can read it: weighted terms, named models, the right keyboard layout."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.text import switch_layout
from bot.knowledge.search.morphology import is_cyrillic, is_place, is_russian_word, lemma
from bot.knowledge.search.parts import Gap, Part, has_digit, joins, spellings, split
from bot.knowledge.search.synonyms import Phrase, Synonyms
from bot.knowledge.search.vocabulary import Vocabulary
from bot.knowledge.search.wordlists import is_card_word, is_stop

_LONGEST_TEXT = 1_000
_MOST_TERMS = 40
_RELATIVE = 0.8
_SIDE_ISSUE = 0.6
"""How much less an unknown word weighs that any shop may be asked about: "term", "Kazan"."""
_VERSION = re.compile(r"(.*\d)[^\W\d_]{1,2}")
_SERIES = re.compile(r"([a-z]+)\d+[a-z]*")
_SHORTEST_SWITCHED = 3
_PUNCTUATION = ".,;:!?'\"()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A content word of the question. `forms` are the terms of the pack it may mean, with likeness up to 1.

    `phrases` mean the same, as alike as given, when all their terms are there.
    """

    text: str
    weight: float
    forms: Mapping[str, float]
    phrases: Mapping[Phrase, float] = field(default_factory=dict)
    is_model: bool = False
    is_card_word: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked.

    `models` are names of products that the pack sells, `relatives` are names that only begin like one that was asked
    for. `has_unknown_model`: a product was named that the pack does not sell.
    """

    terms: tuple[Term, ...]
    function_words: frozenset[str] = frozenset()
    models: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    has_unknown_model: bool = False


@dataclass(slots=True)
class _Reading:
    """What was met in the question so far."""

    terms: list[str] = field(default_factory=list)
    function_words: set[str] = field(default_factory=set)
    has_unknown_model: bool = False


class QueryReader:
    """Reads questions with the words of one pack. `models` are terms that name its products."""

    def __init__(self, vocabulary: Vocabulary, synonyms: Synonyms, models: frozenset[str]) -> None:
        self._vocabulary = vocabulary
        self._synonyms = synonyms
        self._models = models
        self._versions = _versions_of(models)
        self._series = frozenset(found.group(1) for found in map(_SERIES.fullmatch, models) if found)

    def read(self, text: str) -> Query:
        """Read `text`, of which only the beginning counts when it is very long."""
        parts = split(self._in_right_layout(text[:_LONGEST_TEXT]))
        reading = _Reading()
        at = 0
        while at < len(parts):
            at += self._read_at(parts, at, reading)
        terms = list(dict.fromkeys(reading.terms))[:_MOST_TERMS]
        synonyms = self._synonyms.expand(reading.terms)
        return Query(
            terms=tuple(self._term(term, synonyms.get(term, {})) for term in terms),
            function_words=frozenset(reading.function_words),
            models=frozenset(self._named_models(terms, synonyms)),
            relatives=frozenset(relative for term in terms for relative in self._relatives(term)),
            has_unknown_model=reading.has_unknown_model,
        )

    def _read_at(self, parts: Sequence[Part], at: int, reading: _Reading) -> int:
        """Note what stands at `at`; return how many parts that was."""
        for is_wanted in (self._knows_spelled, self._has_versions):
            for count, joined in joins(parts, at):
                if is_wanted(joined):
                    self._note_model(joined, reading)
                    return count
        part = parts[at]
        if part.is_mixed:
            self._note_model(part.text, reading)
        elif is_stop(part.text):
            reading.function_words.add(lemma(part.text))
        else:
            reading.has_unknown_model |= self._begins_unknown_model(parts, at)
            reading.terms.append(lemma(part.text))
        return 1

    def _note_model(self, model: str, reading: _Reading) -> None:
        known = self._known_spelling(model)
        reading.has_unknown_model |= known is None
        reading.terms.append(known or model)

    def _begins_unknown_model(self, parts: Sequence[Part], at: int) -> bool:
        """Whether a number belongs to this word with a hyphen, or the pack has the word with other numbers."""
        if not parts[at].text.isascii() or not any(has_digit(joined) for _, joined in joins(parts, at)):
            return False
        return parts[at].text in self._series or parts[at + 1].gap is Gap.HYPHEN

    def _knows_spelled(self, model: str) -> bool:
        return self._known_spelling(model) is not None

    def _has_versions(self, model: str) -> bool:
        return bool(self._relatives(model))

    def _known_spelling(self, model: str) -> str | None:
        return next((spelling for spelling in spellings(model) if self._knows(spelling)), None)

    def _knows(self, term: str) -> bool:
        return term in self._vocabulary or term in self._synonyms

    def _named_models(self, terms: Sequence[str], synonyms: Mapping[str, Iterable[Phrase]]) -> Iterator[str]:
        for term in terms:
            yield from self._models.intersection(
                (term, *(word for phrase in synonyms.get(term, ()) for word in phrase))
            )

    def _relatives(self, term: str) -> list[str]:
        """Return names of products that continue `term`, itself none, by a letter or two: versions, kits, countries."""
        if term in self._models:
            return []
        return [model for spelling in spellings(term) for model in self._versions.get(spelling, ())]

    def _term(self, text: str, synonyms: Mapping[Phrase, float]) -> Term:
        forms = dict.fromkeys(self._relatives(text), _RELATIVE)
        forms.update(self._vocabulary.neighbours(text))
        forms.update({phrase[0]: likeness for phrase, likeness in synonyms.items() if len(phrase) == 1})
        if text in self._vocabulary:
            forms[text] = 1.0
        return Term(
            text=text,
            weight=self._weight(text, forms),
            forms=dict(sorted(forms.items(), key=lambda form: -form[1])),
            phrases={phrase: likeness for phrase, likeness in synonyms.items() if len(phrase) > 1},
            is_model=text in self._models,
            is_card_word=is_card_word(text),
        )

    def _weight(self, text: str, forms: Mapping[str, float]) -> float:
        """Weigh a word of the pack, or the commonest of the words it most likely stands for, or an unknown word."""
        known = {form: likeness for form, likeness in forms.items() if form in self._vocabulary}
        if not known:
            is_side_issue = text in self._synonyms or is_place(text)
            return self._vocabulary.weight(text) * (_SIDE_ISSUE if is_side_issue else 1.0)
        nearest = max(known.values())
        return min(self._vocabulary.weight(form) for form, likeness in known.items() if likeness == nearest)

    def _in_right_layout(self, text: str) -> str:
        """Retype the words that only make sense in the other keyboard layout, if any of them is a word of the pack."""
        chunks = text.split()
        switched = [self._switched(chunk) for chunk in chunks]
        if not any(other and self._has_content(other) for other in switched):
            return text
        return " ".join(other or chunk for chunk, other in zip(chunks, switched, strict=True))

    def _switched(self, chunk: str) -> str | None:
        """Return `chunk` retyped, None where it makes sense as it is or makes none in the other layout either."""
        if self._makes_sense(chunk):
            return None
        tries = (switch_layout(chunk.rstrip(_PUNCTUATION)), switch_layout(chunk))
        return next((retyped for retyped in tries if self._makes_sense(retyped)), None)

    def _makes_sense(self, chunk: str) -> bool:
        if self._has_content(chunk):
            return True
        texts = [part.text for part in split(chunk)]
        return bool(texts) and all(is_stop(text) or (is_cyrillic(text) and is_russian_word(text)) for text in texts)

    def _has_content(self, chunk: str) -> bool:
        texts = [part.text for part in split(chunk)]
        return any(
            self._known_spelling(text) or self._knows(lemma(text))
            for text in texts
            if len(text) >= _SHORTEST_SWITCHED and not is_stop(text)
        )


def _versions_of(models: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Return names of models by what is left without the letters after the number."""
    versions: defaultdict[str, list[str]] = defaultdict(list)
    for model in sorted(models):
        if found := _VERSION.fullmatch(model):
            versions[found.group(1)].append(model)
    return versions
