"""Build: the texts of a pack read once, and everything counted that finding needs."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.domain.answer import SourceKind
from bot.knowledge.progress import Progress, no_progress
from bot.knowledge.search.index.contents import KINDS, Closely, Contents, Letters
from bot.knowledge.search.index.documents import Document
from bot.knowledge.search.index.postings import Postings, build_postings
from bot.knowledge.search.index.ragged import Numbers, Ragged, offsets_of, ragged_of
from bot.knowledge.search.index.subjects import build_subjects
from bot.knowledge.search.text.letters import grams_of
from bot.knowledge.search.text.terms import content_words, forget_texts, phrasing_of, terms_of
from bot.knowledge.search.vocabulary.kin import build_kin
from bot.knowledge.search.vocabulary.lexicon import Lexicon
from bot.knowledge.search.vocabulary.likeness import build_alike
from bot.knowledge.search.vocabulary.sounds import build_sounds
from bot.knowledge.search.vocabulary.spelling import build_speller
from bot.knowledge.search.vocabulary.thesaurus import Thesaurus
from bot.knowledge.search.vocabulary.vocabulary import Vocabulary

FUNCTION_WORD = 0.3
"""Weight of a function word, only to tell phrasings apart; content words weigh 1 to 6."""

_PLACES = (1.0, 0.9, 0.8)
"""How much a word counts by where it stands: in the title, in the subject, in the body."""
_EVENNESS = 0.75
_EVENNESS_OF_PHRASINGS = 0.5
_STEP = 500


class Rows:
    """Rows of numbers while they grow."""

    def __init__(self) -> None:
        self._lengths = array("q")
        self._values = array("i")

    def add(self, row: Iterable[int]) -> int:
        """Add a row; return its length."""
        before = len(self._values)
        self._values.extend(row)
        self._lengths.append(len(self._values) - before)
        return self._lengths[-1]

    def stored(self) -> Ragged:
        """Return all rows."""
        return Ragged(offsets_of(np.array(self._lengths, dtype=np.int64)), np.array(self._values, dtype=np.int32))


class Numbering:
    """Numbers strings in the order in which they come."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def of(self, strings: Iterable[str]) -> list[int]:
        """Return the number of each string."""
        numbers = self.numbers
        return [numbers.setdefault(string, len(numbers)) for string in strings]


@dataclass(slots=True)
class _Reading:
    """What was read of the documents so far. `typed` and `words` stay empty unless every document is looked at.

    `phrasings` have every spelling of a model, `plain_phrasings` the longest one.
    """

    is_close: bool
    terms: Numbering = field(default_factory=Numbering)
    typed_words: Numbering = field(default_factory=Numbering)
    typed_counts: Counter[str] = field(default_factory=Counter)
    kinds: bytearray = field(default_factory=bytearray)
    sequences: Rows = field(default_factory=Rows)
    places: "array[float]" = field(default_factory=lambda: array("f"))
    plain_phrasings: Rows = field(default_factory=Rows)
    phrasings: Rows = field(default_factory=Rows)
    phrasing_counts: list[int] = field(default_factory=list)
    models: Rows = field(default_factory=Rows)
    words: Rows = field(default_factory=Rows)
    typed: Rows = field(default_factory=Rows)
    typed_phrasings: Rows = field(default_factory=Rows)

    def read(self, document: Document) -> None:
        """Take one document in."""
        self.kinds.append(KINDS.index(document.kind))
        self._read_places(document)
        for phrasing in document.phrasings:
            words = phrasing_of(phrasing)
            self.plain_phrasings.add(self.terms.of(words))
            self.phrasings.add(self.terms.of((*words, *set(terms_of(phrasing)).difference(words))))
        self.phrasing_counts.append(len(document.phrasings))
        self.models.add(self.terms.of(sorted(document.models)))
        if self.is_close:
            self._read_closely(document)

    def _read_places(self, document: Document) -> None:
        places = (document.title, document.subject, document.body)
        rows = [[number for text in texts for number in self.terms.of(terms_of(text))] for texts in places]
        self.sequences.add(number for row in rows for number in row)
        for row, place in zip(rows, _PLACES, strict=True):
            self.places.extend([place] * len(row))
        for text in (text for texts in places for text in texts):
            self.typed_counts.update(content_words(text))

    def _read_closely(self, document: Document) -> None:
        texts = (*document.title, *document.subject, *document.body)
        self.words.add(number for text in texts for number in self.terms.of(phrasing_of(text)))
        self.typed.add(number for text in texts for number in self.typed_words.of(content_words(text)))
        for phrasing in document.phrasings:
            self.typed_phrasings.add(self.typed_words.of(content_words(phrasing)))


def build_contents(
    documents: Iterable[Document],
    *,
    total: int,
    is_close: bool,
    thesaurus: Thesaurus,
    progress: Progress = no_progress,
) -> Contents:
    """Read `total` documents; `is_close` prepares for looking at all of them in every search."""
    reading = _Reading(is_close)
    for number, document in enumerate(documents):
        reading.read(document)
        if number % _STEP == 0:
            progress("index", number, total)
    forget_texts()
    contents = _count(reading, thesaurus)
    progress("index", total, total)
    return contents


def _count(reading: _Reading, thesaurus: Thesaurus) -> Contents:
    sequences, phrasings = reading.sequences.stored(), reading.phrasings.stored()
    size, terms = len(sequences), list(reading.terms.numbers)
    places = np.array(reading.places, dtype=np.float16)
    texts = _postings(sequences, len(terms), places=places)
    lexicon = Lexicon(terms, np.diff(texts.rows.offsets).astype(np.int32), size)
    models, plain = reading.models.stored(), reading.plain_phrasings.stored()
    kinds = np.frombuffer(bytes(reading.kinds), dtype=np.uint8)
    is_text = kinds != KINDS.index(SourceKind.OFFER)
    return Contents(
        vocabulary=build_vocabulary(lexicon, reading.typed_counts),
        kinds=kinds,
        texts=texts,
        sequences=sequences,
        phrasings=_postings(phrasings, len(terms), evenness=_EVENNESS_OF_PHRASINGS),
        phrasing_ends=np.cumsum(np.array(reading.phrasing_counts, dtype=np.int64)),
        phrasing_weights=_weights(plain, lexicon),
        models=_postings(models, len(terms)),
        products=_products(models, reading.kinds),
        subjects=build_subjects(
            sequences.only(is_text), plain.only(np.repeat(is_text, reading.phrasing_counts)), lexicon, thesaurus
        ),
        closely=_closely(reading, len(terms)) if reading.is_close else None,
    )


def build_vocabulary(lexicon: Lexicon, typed: Counter[str]) -> Vocabulary:
    words = [term for term, count in zip(lexicon.terms, lexicon.counts, strict=True) if count]
    return Vocabulary(
        lexicon=lexicon,
        speller=build_speller(typed),
        sounds=build_sounds(typed),
        kin=build_kin(words),
        alike=build_alike(words),
    )


def _products(models: Ragged, kinds: Sequence[int]) -> Numbers:
    is_product = np.frombuffer(bytes(kinds), dtype=np.uint8) == KINDS.index(SourceKind.OFFER)
    return np.unique(models.values[is_product[models.owners()]])


def _weights(phrasings: Ragged, lexicon: Lexicon) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Return how much the unique words of each phrasing say together."""
    each = np.array(
        [
            lexicon.weight(term) if count else FUNCTION_WORD
            for term, count in zip(lexicon.terms, lexicon.counts, strict=True)
        ],
        dtype=np.float32,
    )
    pairs = np.unique(phrasings.owners().astype(np.int64) * len(each) + phrasings.values)
    return np.bincount(
        pairs // max(len(each), 1), weights=each[pairs % max(len(each), 1)], minlength=len(phrasings)
    ).astype(np.float32)


def _closely(reading: _Reading, terms: int) -> Closely:
    numbering = Numbering()
    grams = ragged_of([numbering.of(grams_of(word)) for word in reading.typed_words.numbers])
    texts, phrasings = (_spelled(rows.stored(), grams) for rows in (reading.typed, reading.typed_phrasings))
    letters = Letters(
        grams=list(numbering.numbers),
        texts=_postings(texts, len(numbering.numbers)),
        phrasings=_postings(phrasings, len(numbering.numbers), evenness=_EVENNESS_OF_PHRASINGS),
    )
    return Closely(words=_postings(reading.words.stored(), terms), letters=letters)


def _spelled(rows: Ragged, grams: Ragged) -> Ragged:
    """Replace each word of each row by its groups of letters."""
    values, positions = grams.gather(rows.values)
    lengths = np.bincount(rows.owners()[positions], minlength=len(rows))
    return Ragged(offsets_of(lengths), values)


def _postings(
    rows: Ragged,
    terms: int,
    *,
    evenness: float = _EVENNESS,
    places: np.ndarray[tuple[int], np.dtype[np.float16]] | None = None,
) -> Postings:
    return build_postings(rows.values, rows.owners(), terms=terms, size=len(rows), evenness=evenness, places=places)
