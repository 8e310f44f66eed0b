"""Encoder: the port to a model that turns sentences into vectors, near each other where the sentences mean alike."""

from collections.abc import Sequence
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]
"""One row a sentence, each of length 1."""


class Encoder(Protocol):
    """A model in memory. Blocking, and safe to be called from several threads."""

    @property
    def name(self) -> str:
        """What tells this model from any other: vectors of different names are never compared."""
        ...

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """Return the vectors of sentences, of which only the beginnings count when they are long."""
        ...
