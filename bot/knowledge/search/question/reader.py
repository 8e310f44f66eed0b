"""Reader: makes a query of what people type, with the words of one pack."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.knowledge.search.question.layout import Layout
from bot.knowledge.search.question.models import Models
from bot.knowledge.search.question.query import TYPED, Form, Origin, Query, Term
from bot.knowledge.search.text.morphology import is_cyrillic, is_place, is_russian_word, is_verb, lemma
from bot.knowledge.search.text.parts import Part, joins, spellings, split
from bot.knowledge.search.text.wordlists import is_card_word, is_stop
from bot.knowledge.search.vocabulary.kin import SAME_STEM
from bot.knowledge.search.vocabulary.synonyms import SAME_BY_PACK, Phrase, Synonyms
from bot.knowledge.search.vocabulary.vocabulary import Vocabulary

_LONGEST_TEXT = 1_000
_MOST_TERMS = 40
_VERSION = 0.8
"""How alike is a product whose name only begins like the one typed."""
_SIDE_ISSUE = 0.6
"""How much less an unknown word weighs that any shop may be asked about: "term", "Kazan"."""
_DOING = 0.8
"""What is done is said in more ways than to what: so much of its weight a verb keeps."""


@dataclass(slots=True)
class _Reading:
    """What was met in the question so far; `typed` has each term's word as typed."""

    terms: list[str] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)
    function_words: set[str] = field(default_factory=set)
    has_unknown_model: bool = False

    def note(self, term: str, typed: str) -> None:
        self.terms.append(term)
        self.typed.setdefault(term, typed)


class QueryReader:
    """Reads questions about one pack."""

    def __init__(self, vocabulary: Vocabulary, synonyms: Synonyms, models: frozenset[str]) -> None:
        """`models` are terms that name products."""
        self._vocabulary = vocabulary
        self._synonyms = synonyms
        self._models = Models(models)
        self._layout = Layout(lambda text: self._knows_spelled(text) or self._knows(lemma(text)))
        self._forms = lru_cache(maxsize=20_000)(self._find_forms)

    def read(self, text: str) -> Query:
        """Read `text`, of which only the beginning counts when it is very long."""
        typed = self._layout.correct(text[:_LONGEST_TEXT])
        parts = split(typed)
        reading = _Reading()
        at = 0
        while at < len(parts):
            at += self._read_at(parts, at, reading)
        terms = list(dict.fromkeys(reading.terms))[:_MOST_TERMS]
        synonyms = self._synonyms.expand(reading.terms)
        return Query(
            text=typed,
            terms=tuple(self._term(term, reading.typed[term], synonyms.get(term, {})) for term in terms),
            function_words=frozenset(reading.function_words),
            models=frozenset(self._named_models(terms, synonyms)),
            relatives=frozenset(relative for term in terms for relative in self._models.continued(term)),
            has_unknown_model=reading.has_unknown_model,
        )

    def _read_at(self, parts: Sequence[Part], at: int, reading: _Reading) -> int:
        """Note what stands at `at`; return how many parts that was."""
        for is_wanted in (self._knows_spelled, self._models.continued):
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
            reading.has_unknown_model |= self._models.begin_unknown(parts, at)
            reading.note(lemma(part.text), part.text)
        return 1

    def _note_model(self, model: str, reading: _Reading) -> None:
        known = self._known_spelling(model)
        reading.has_unknown_model |= known is None
        reading.note(known or model, model)

    def _knows_spelled(self, model: str) -> bool:
        return self._known_spelling(model) is not None

    def _known_spelling(self, model: str) -> str | None:
        return next((spelling for spelling in spellings(model) if self._knows(spelling)), None)

    def _knows(self, term: str) -> bool:
        return term in self._vocabulary or term in self._synonyms

    def _named_models(self, terms: Sequence[str], synonyms: Mapping[str, Iterable[Phrase]]) -> Iterator[str]:
        for term in terms:
            words = (term, *(word for phrase in synonyms.get(term, ()) for word in phrase))
            yield from self._models.names.intersection(words)

    def _term(self, text: str, typed: str, synonyms: Mapping[Phrase, float]) -> Term:
        forms = {form.term: form for form in self._forms(text, typed)}
        for phrase, likeness in synonyms.items():
            if len(phrase) == 1 and (phrase[0] not in forms or forms[phrase[0]].likeness < likeness):
                origin = Origin.NICKNAME if likeness >= SAME_BY_PACK else Origin.SYNONYM
                forms[phrase[0]] = Form(phrase[0], likeness, origin, phrase[0])
        known = tuple(sorted((form for form in forms.values() if form.term in self._vocabulary), key=_by_likeness))
        return Term(
            text=text,
            typed=typed,
            weight=self._weight(text, known),
            forms=known,
            phrases={phrase: likeness for phrase, likeness in synonyms.items() if len(phrase) > 1},
            is_model=text in self._models,
            is_card_word=is_card_word(text),
        )

    def _find_forms(self, text: str, typed: str) -> tuple[Form, ...]:
        """Return what the pack has for one word: itself, its kin, or what it was meant to be."""
        forms = {term: Form(term, _VERSION, Origin.VERSION, term) for term in self._models.continued(text)}
        kin = self._vocabulary.kin_of(text)
        forms |= {term: Form(term, likeness, Origin.KIN, term) for term, likeness in kin.items()}
        if text in self._vocabulary:
            forms[text] = Form(text, 1.0, Origin.WRITTEN, typed)
        elif max(kin.values(), default=0.0) < SAME_STEM and text not in self._synonyms:
            for form in self._meant(text, typed):
                if form.term not in forms or forms[form.term].likeness < form.likeness:
                    forms[form.term] = form
        return tuple(forms.values())

    def _meant(self, text: str, typed: str) -> Iterator[Form]:
        """Yield what an unknown word may have been meant to be: mistyped, in other letters, or merely alike."""
        corrections = self._vocabulary.corrections(typed)
        sounding = {} if corrections else self._vocabulary.sounding(typed)
        yield from (Form(lemma(other), likeness, Origin.SPELLED, other) for other, likeness in corrections.items())
        yield from (Form(lemma(other), likeness, Origin.SOUNDS, other) for other, likeness in sounding.items())
        if not (corrections or sounding or (is_cyrillic(text) and is_russian_word(text))):
            alike = self._vocabulary.alike_to(text)
            yield from (Form(other, likeness, Origin.ALIKE, other) for other, likeness in alike.items())

    def _weight(self, text: str, forms: Sequence[Form]) -> float:
        """Tell how much a word says."""
        return self._rarity(text, forms) * (_DOING if is_verb(text) else 1.0)

    def _rarity(self, text: str, forms: Sequence[Form]) -> float:
        """Weigh a word by the commonest of what it most likely stands for, or as an unknown word."""
        if not forms:
            is_side_issue = text in self._synonyms or is_place(text)
            return self._vocabulary.weight(text) * (_SIDE_ISSUE if is_side_issue else 1.0)
        same = [form for form in forms if form.origin in TYPED and form.likeness >= SAME_BY_PACK]
        nearest = same or [form for form in forms if form.likeness == forms[0].likeness]
        return min(self._vocabulary.weight(form.term) for form in nearest)


def _by_likeness(form: Form) -> float:
    return -form.likeness
