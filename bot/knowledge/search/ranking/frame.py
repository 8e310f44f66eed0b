"""Frame: the documents looked at for one question, with their phrasings."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.search.index.contents import Contents
from bot.knowledge.search.index.ragged import Numbers, Ragged
from bot.knowledge.search.index.scope import Chosen, Everything, Scope, Scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """`numbers` are the documents in scope, sorted; `starts` tells where the phrasings of each begin."""

    numbers: Numbers
    documents: Scope
    phrasings: Scope
    phrasing_numbers: Numbers
    starts: NDArray[np.int64]

    def best(self, scores: Scores) -> Scores:
        """Return for each document the score of its best phrasing."""
        best: Scores = np.maximum.reduceat(scores, self.starts) if len(scores) else scores
        return best


def everything(contents: Contents) -> Frame:
    """Look at all documents."""
    ends = contents.phrasing_ends
    count = int(ends[-1]) if len(ends) else 0
    return Frame(
        numbers=np.arange(len(contents), dtype=np.int32),
        documents=Everything(len(contents)),
        phrasings=Everything(count),
        phrasing_numbers=np.arange(count, dtype=np.int32),
        starts=np.concatenate(([0], ends[:-1])),
    )


def chosen(contents: Contents, numbers: Numbers) -> Frame:
    """Look at a few documents, whose `numbers` are sorted and unique."""
    ends = contents.phrasing_ends
    count = int(ends[-1]) if len(ends) else 0
    by_document = Ragged(np.concatenate(([0], ends)), np.arange(count, dtype=np.int32))
    phrasings, owners = by_document.gather(numbers)
    return Frame(
        numbers=numbers,
        documents=Chosen(numbers),
        phrasings=Chosen(phrasings),
        phrasing_numbers=phrasings,
        starts=np.searchsorted(owners, np.arange(len(numbers))),
    )
