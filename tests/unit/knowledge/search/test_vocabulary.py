"""Words near a word of the pack are found, others are not."""

import pytest

from bot.domain.answer import SourceKind
from bot.domain.knowledge import FaqEntry
from bot.knowledge.search.documents import Document
from bot.knowledge.search.synonyms import Synonyms
from bot.knowledge.search.terms import phrasing_of, terms_of
from bot.knowledge.search.vocabulary import Vocabulary


def vocabulary(*texts: str) -> Vocabulary:
    return Vocabulary([_document(text) for text in texts])


def _document(text: str) -> Document:
    entry = FaqEntry(id=text, questions=(text,), answers={"ru": text})
    return Document(kind=SourceKind.FAQ, hits=(entry,), phrasings=(phrasing_of(text),), title=terms_of(text))


@pytest.mark.parametrize(
    ("word", "neighbour"),
    [
        ("доставлять", "доставка"),
        ("гарантийный", "гарантия"),
        ("достафка", "доставка"),
        ("ремонтировать", "ремонт"),
        ("весить", "вес"),
        ("warantie", "warranti"),
    ],
)
def test_words_of_one_root_and_mistyped_words_are_near(word: str, neighbour: str) -> None:
    assert neighbour in vocabulary("доставка, гарантия, ремонт, вес, warranty").neighbours(word)


@pytest.mark.parametrize("word", ["картофель", "погода", "достаток", "столица", "k200", "я"])
def test_other_words_are_not(word: str) -> None:
    assert vocabulary("карта, порода, доставка, стол, k300").neighbours(word) == {}


def test_rare_words_weigh_more_and_unknown_ones_most() -> None:
    words = vocabulary("чайник белый", "чайник чёрный", "чайник")
    assert words.weight("чайник") < words.weight("белый") < words.weight("айфон")


def test_a_synonym_that_stands_only_without_its_function_words_is_left_out() -> None:
    synonyms = Synonyms([("без объектива", "тушка"), ("фотоаппарат", "камера")])
    assert synonyms.expand(["объектив", "камера"]) == {"объектив": {}, "камера": {("фотоаппарат",): 0.9}}


def test_a_phrase_is_replaced_as_a_whole() -> None:
    synonyms = Synonyms([("рыбий глаз", "полтинник")])
    assert synonyms.expand(["рыбий", "глаз"])["глаз"] == {("полтинник",): 0.9}
    assert synonyms.expand(["глаз"])["глаз"] == {}
