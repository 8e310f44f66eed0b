"""Subjects: what documents and phrasings are about, as concepts of a thesaurus."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.search.index.postings import Postings
from bot.knowledge.search.index.ragged import Numbers, Ragged, offsets_of
from bot.knowledge.search.index.scope import Scores
from bot.knowledge.search.text.morphology import stem
from bot.knowledge.search.text.wordlists import is_question_word, is_stop
from bot.knowledge.search.vocabulary.lexicon import Lexicon
from bot.knowledge.search.vocabulary.thesaurus import Thesaurus

MOST_CONCEPTS = 20
"""The concepts kept of one text: its strongest."""
_AT_ONCE = 2_000
_BEGINNING = 40
"""Words of a document that tell what it is about."""


@dataclass(frozen=True)
class Subjects:
    """Postings of concepts: by documents, and by phrasings. The weights of one row have squares that add up to 1."""

    texts: Postings
    phrasings: Postings


def build_subjects(texts: Ragged, phrasings: Ragged, lexicon: Lexicon, thesaurus: Thesaurus) -> Subjects:
    """Find the concepts at which the beginnings of texts, and phrasings, hint; both are rows of terms.

    Rows without a term are about nothing: so are goods, which are asked for by name.
    """
    tells = (is_question_word(term) or not is_stop(term) for term in lexicon.terms)
    stems = np.array(
        [
            thesaurus.numbers.get(stem(term), -1) if told else -1
            for term, told in zip(lexicon.terms, tells, strict=True)
        ],
        dtype=np.int32,
    )
    return Subjects(
        texts=_postings(_beginnings(texts), stems, thesaurus), phrasings=_postings(phrasings, stems, thesaurus)
    )


def _postings(rows: Ragged, stems: Numbers, thesaurus: Thesaurus) -> Postings:
    """Invert the concepts of rows of terms, whose numbers in the thesaurus are `stems`.

    Some rows at a time: a text hints at hundreds of concepts before the strongest are chosen.
    """
    size, terms = len(rows), len(thesaurus.concepts)
    found = [_concepts(rows.part(start, _AT_ONCE), stems, thesaurus) for start in range(0, max(size, 1), _AT_ONCE)]
    owners = np.concatenate([of + start * _AT_ONCE for start, (of, _, _) in enumerate(found)])
    concepts, weights = (np.concatenate([each[at] for each in found]) for at in (1, 2))
    order = np.argsort(concepts, kind="stable")
    return Postings(
        rows=Ragged(offsets_of(np.bincount(concepts, minlength=terms)), owners[order].astype(np.int32)),
        weights=weights[order].astype(np.float16),
        places=np.empty(0, np.float16),
        size=size,
    )


def _concepts(
    rows: Ragged, stems: Numbers, thesaurus: Thesaurus
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return the strongest concepts of a few rows as parallel arrays: row, concept, weight."""
    known = stems[rows.values]
    count, terms = max(len(thesaurus.stems), 1), max(len(thesaurus.concepts), 1)
    pairs = np.unique(rows.owners()[known >= 0].astype(np.int64) * count + known[known >= 0])
    hinting = (pairs % count).astype(np.int32)
    hinted, at = thesaurus.rows.gather(hinting)
    texts, said, whole = thesaurus.phrases.met(pairs)
    keys, which = np.unique(
        np.concatenate([(pairs // count)[at] * terms + hinted, texts * terms + said]), return_inverse=True
    )
    weights = np.concatenate([thesaurus.weights[thesaurus.rows.places(hinting)], whole])
    strengths = np.bincount(which.ravel(), weights=weights, minlength=len(keys)).astype(np.float32)
    owners: NDArray[np.int64] = keys // terms
    kept = _strongest(owners, strengths)
    owners, strengths = owners[kept], strengths[kept]
    lengths = np.sqrt(np.bincount(owners, weights=strengths**2, minlength=len(rows)))
    concepts: NDArray[np.int64] = keys % terms
    return owners, concepts[kept], strengths / lengths[owners]


def _strongest(rows: NDArray[np.int64], strengths: Scores) -> NDArray[np.intp]:
    """Return where the strongest few of each row stand, in order."""
    order = np.lexsort((-strengths, rows))
    starts = np.searchsorted(rows[order], rows[order])
    kept: NDArray[np.intp] = np.sort(order[np.arange(len(order)) - starts < MOST_CONCEPTS])
    return kept


def _beginnings(rows: Ragged) -> Ragged:
    lengths = np.minimum(np.diff(rows.offsets), _BEGINNING)
    ends = np.cumsum(lengths)
    within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - lengths, lengths)
    return Ragged(offsets_of(lengths), rows.values[np.repeat(rows.offsets[:-1], lengths) + within])
