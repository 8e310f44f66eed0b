"""Postings count alike whether all rows are looked at or a few."""

import numpy as np
import pytest

from bot.knowledge.search.index.postings import Postings, build_postings
from bot.knowledge.search.index.ragged import Ragged, grouped, ragged_of
from bot.knowledge.search.index.scope import Chosen, Everything

ROWS = ragged_of([[0, 1, 1], [1, 2], [], [2, 2, 2, 0]])


def postings(rows: Ragged = ROWS, terms: int = 4) -> Postings:
    places = np.linspace(0.5, 1.0, len(rows.values)).astype(np.float16)
    return build_postings(rows.values, rows.owners(), terms=terms, size=len(rows), evenness=0.75, places=places)


def test_rows_are_stored_one_after_another() -> None:
    assert [ROWS.row(number).tolist() for number in range(len(ROWS))] == [[0, 1, 1], [1, 2], [], [2, 2, 2, 0]]
    values, owners = ROWS.gather(np.array([3, 2, 0], dtype=np.int32))
    assert (values.tolist(), owners.tolist()) == ([2, 2, 2, 0, 0, 1, 1], [0, 0, 0, 0, 2, 2, 2])


def test_values_are_stored_under_their_keys() -> None:
    by_key = grouped(np.array([1, 0, 1], dtype=np.int32), np.array([7, 8, 9], dtype=np.int32), 3)
    assert [by_key.row(number).tolist() for number in range(3)] == [[8], [7, 9], []]


def test_a_rare_term_says_more_and_a_repeated_one_is_stronger() -> None:
    rarities = [postings().rarity(term) for term in range(4)]
    assert rarities[0] == rarities[1] == rarities[2] < rarities[3]
    scores = postings().score({2: 1.0}, Everything(4))
    assert scores[0] == scores[2] == 0 < scores[1] < scores[3]


def test_a_term_counts_by_its_best_place() -> None:
    likeness = np.zeros(4, np.float32)
    postings().lift(likeness, 1, 0.8, Everything(4))
    assert likeness[0] > 0.8 * 0.5
    assert likeness.tolist()[2:] == [0.0, 0.0]


@pytest.mark.parametrize("chosen", [[0, 3], [1, 2], [2], [0, 1, 2, 3]])
def test_a_few_rows_get_what_they_get_among_all(chosen: list[int]) -> None:
    few, rows = Chosen(np.array(chosen, dtype=np.int32)), postings()
    terms = {0: 0.5, 1: 1.0, 2: 0.9, 3: 1.0}
    assert rows.score(terms, few) == pytest.approx(rows.score(terms, Everything(4))[chosen], abs=1e-3)
    assert rows.has(1, few).tolist() == rows.has(1, Everything(4))[chosen].tolist()


def test_nothing_asked_scores_nothing() -> None:
    assert postings().score({}, Everything(4)).tolist() == [0.0] * 4


def test_no_rows_are_no_fault() -> None:
    assert postings(ragged_of([]), terms=0).score({}, Everything(0)).tolist() == []
