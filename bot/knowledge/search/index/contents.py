"""Contents: everything an index knows of a pack, as arrays and lists of words, so that it can stay on disk."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.domain.answer import SourceKind
from bot.knowledge.search.index.postings import Postings
from bot.knowledge.search.index.ragged import Numbers, Ragged
from bot.knowledge.search.index.subjects import Subjects
from bot.knowledge.search.vocabulary.vocabulary import Vocabulary

KINDS = (SourceKind.FAQ, SourceKind.ARTICLE, SourceKind.OFFER)
"""The kinds of documents, by the numbers that stand for them."""


@dataclass(frozen=True)
class Letters:
    """Postings of groups of letters, numbered as in `grams`: by documents, and by phrasings."""

    grams: Sequence[str]
    texts: Postings
    phrasings: Postings


@dataclass(frozen=True)
class Closely:
    """What is only known of a small pack, and looked at in every document: all words, and groups of letters."""

    words: Postings
    letters: Letters


@dataclass(frozen=True)
class Contents:
    """Documents by number, in the order of the pack; terms by their number in the lexicon of the `vocabulary`.

    `kinds` are numbers of `KINDS`. `texts` finds documents by content words, `phrasings` finds phrasings by all words.
    `phrasing_ends` tells where in the numbering of phrasings each document's end, `phrasing_weights` how much all words
    of a phrasing say. `sequences` are each document's content words in order. `models` are the terms that name its
    product, `products` those of any product.
    """

    vocabulary: Vocabulary
    kinds: NDArray[np.uint8]
    texts: Postings
    sequences: Ragged
    phrasings: Postings
    phrasing_ends: NDArray[np.int64]
    phrasing_weights: NDArray[np.float32]
    models: Postings
    products: Numbers
    subjects: Subjects
    closely: Closely | None = None

    def __len__(self) -> int:
        return len(self.kinds)
