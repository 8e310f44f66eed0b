"""Meaning: a signal of texts whose vectors are near to that of the question."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.search.encoder import Encoder, Vectors
from bot.knowledge.search.index.documents import Document
from bot.knowledge.search.index.scope import Scores
from bot.knowledge.search.ranking.frame import Frame

_LONGEST = 1_500
"""Characters of a text that an encoder is given."""


@dataclass(frozen=True)
class MeaningIndex:
    """Vectors of sentences, and the number of the document that each belongs to, in order.

    Goods have none: they are found by their names, and there are too many of them.
    """

    vectors: NDArray[np.float16]
    owners: NDArray[np.int32]


class Meaning:
    """Compares questions with the texts of a pack by an encoder."""

    def __init__(self, index: MeaningIndex, encoder: Encoder) -> None:
        self._vectors = np.asarray(index.vectors, dtype=np.float32)
        self._owners = np.asarray(index.owners)
        self._encoder = encoder

    def encode(self, question: str) -> Vectors:
        """Return the vector of a question. Takes milliseconds: not for the event loop."""
        vector: Vectors = self._encoder.encode([question[:_LONGEST]])[0]
        return vector

    def measure(self, vector: Vectors, frame: Frame) -> Scores:
        """Tell how near the nearest sentence of each document is, 1 for the nearest of all."""
        nearest = np.zeros(int(max(frame.numbers.max(), self._owners.max(initial=0))) + 1, np.float32)
        np.maximum.at(nearest, self._owners, self._vectors @ vector)
        found = nearest[frame.numbers]
        scores: Scores = found / max(float(found.max(initial=0.0)), 1e-6)
        return scores


def build_meaning(texts: list[tuple[int, Document]], encoder: Encoder) -> MeaningIndex:
    """Encode the phrasings and the texts of numbered documents. Takes minutes for thousands of them."""
    sentences: list[str] = []
    owners: list[int] = []
    for number, document in texts:
        whole = " ".join((*document.title, *document.body))
        for sentence in dict.fromkeys((*document.phrasings, whole)):
            sentences.append(sentence[:_LONGEST])
            owners.append(number)
    vectors = encoder.encode(sentences) if sentences else np.empty((0, 0), np.float32)
    return MeaningIndex(vectors.astype(np.float16), np.array(owners, dtype=np.int32))
