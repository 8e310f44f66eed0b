"""Phrases are met where all their words are, and nowhere else."""

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.knowledge import Concept
from bot.knowledge.search.text.morphology import stem
from bot.knowledge.search.text.terms import telling_lemmas
from bot.knowledge.search.vocabulary.phrases import Phrases, build_phrases
from bot.knowledge.search.vocabulary.thesaurus import build_thesaurus

STEMS = 6
Phrase = tuple[int, frozenset[int]]


def met(phrases: Phrases, *texts: Iterable[int]) -> dict[tuple[int, int], float]:
    pairs = sorted({text * STEMS + own for text, stems in enumerate(texts) for own in stems})
    found = phrases.met(np.array(pairs, dtype=np.int64))
    return {(int(text), int(concept)): float(weight) for text, concept, weight in zip(*found, strict=True)}


def test_a_phrase_is_met_whole_or_not_at_all() -> None:
    phrases = build_phrases([(7, {0, 1}), (8, {1, 2, 3}), (9, {4})], [1.0, 2.0, 4.0, 8.0, 16.0, 32.0])
    assert met(phrases, {0, 1, 5}, {1, 2}, {1, 2, 3, 0}, {4}) == {(0, 7): 3.0, (2, 7): 3.0, (2, 8): 14.0}


def test_of_several_phrases_of_a_concept_the_strongest_counts() -> None:
    phrases = build_phrases([(7, {0, 1}), (7, {0, 2})], [1.0, 2.0, 4.0, 0.0, 0.0, 0.0])
    assert met(phrases, {0, 1, 2}) == {(0, 7): 5.0}


def test_nothing_is_met_in_nothing() -> None:
    assert met(Phrases(), ()) == met(build_phrases([], [1.0] * STEMS), ()) == {}


some_stems = st.frozensets(st.integers(0, STEMS - 1), max_size=4)


@given(st.lists(st.tuples(st.integers(0, 3), some_stems), max_size=8), st.lists(some_stems, max_size=4))
def test_all_texts_at_once_are_met_as_each_by_itself(phrases: list[Phrase], texts: list[frozenset[int]]) -> None:
    built = build_phrases(phrases, [1.0] * STEMS)
    expected = {
        (at, concept): float(
            max(len(stems) for own, stems in phrases if own == concept and len(stems) > 1 and stems <= text)
        )
        for at, text in enumerate(texts)
        for concept, phrase in phrases
        if len(phrase) > 1 and phrase <= text
    }
    assert met(built, *texts) == expected


@pytest.mark.parametrize(("text", "concepts"), [("лично заберу", {0}), ("заберу", set()), ("лично", set())])
def test_a_thesaurus_knows_its_expressions_of_several_words(text: str, concepts: set[int]) -> None:
    thesaurus = build_thesaurus([Concept("pickup", ("заберу лично",)), Concept("self", ("лично",))])
    assert {concept for concept, _ in thesaurus.said_whole(map(stem, telling_lemmas(text)))} == concepts
