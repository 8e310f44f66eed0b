"""Weights: how much each signal counts. All signals are 0 to 1; this table is the whole ranking at a glance."""

from collections.abc import Mapping

from bot.domain.answer import SourceKind

WEIGHTS: Mapping[str, float] = {
    # the whole text of a document
    "terms": 0.6,  # BM25 of the words asked, typing mistakes corrected; 1 for the best document, like all BM25 here
    "kin": 0.3,  # the same with words of one root and synonyms
    "words": 0.4,  # BM25 of all words, function words included
    "letters": 0.6,  # BM25 of groups of letters
    "coverage": 0.5,  # share of the question, by weight of words, that stands anywhere in the document
    "pairs": 0.25,  # share of neighbours in the question that are neighbours here
    "together": 0.5,  # share of the question that stands together within a sentence or so
    # the nearest of the ways a document may be asked for
    "title_terms": 0.35,
    "title_kin": 0.2,
    "title_words": 0.3,
    "title_letters": 0.5,
    "title": 0.4,  # share of the question that stands in the title
    "focus": 0.6,  # likeness of the question and the phrasing, both ways
    # beyond words
    "concepts": 5.0,  # likeness of what both are about, by the thesaurus
    "meaning": 2.4,  # likeness by a sentence encoder, where there is one
    "engine": 1.0,  # the score of the full-text engine, where it chose the candidates
    # only for the confidence; scores as shares of the highest possible, which order documents as their neighbours do
    "strength": 0.0,  # of "terms"
    "letters_strength": 0.0,  # of "letters"
    "titled": 0.0,  # 1 where there is a title, 0 where the whole text stands for it
    "close": 0.0,  # share of the question that stands together within part of a sentence
    # products
    "named": 1.6,  # share of the question that names the product the document is about, with what a card answers
}

RELATIVE = frozenset(
    {"terms", "kin", "words", "letters", "title_terms", "title_kin", "title_words", "title_letters", "engine"}
)
"""Signals that are 1 for the best document however little it has: they count as far as some has much."""

KIND: Mapping[SourceKind, float] = {SourceKind.FAQ: 0.1, SourceKind.ARTICLE: 0.02, SourceKind.OFFER: 0.0}
"""What goes first when all else is equal: what the brand wrote for this question."""

NEED_OF_CONCEPTS: Mapping[SourceKind, float] = {
    SourceKind.FAQ: 1.0,
    SourceKind.ARTICLE: 1.0,
    SourceKind.OFFER: 0.0,
}
"""How far concepts are believed: goods are asked for by name."""

NEED_WITHOUT_TITLE = 0.1
"""How far concepts of a text without a title are believed: it touches on many matters."""
