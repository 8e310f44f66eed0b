"""Words near a word of the pack are found, others are not."""

from collections import Counter

import pytest

from bot.knowledge.search.index.build import build_vocabulary
from bot.knowledge.search.text.terms import content_words, terms_of
from bot.knowledge.search.vocabulary.synonyms import Synonyms
from bot.knowledge.search.vocabulary.vocabulary import Vocabulary
from tests.unit.knowledge.search.packs import lexicon


def vocabulary(*texts: str) -> Vocabulary:
    typed = Counter(word for text in texts for word in content_words(text))
    return build_vocabulary(lexicon(*map(terms_of, texts)), typed)


@pytest.mark.parametrize(
    ("word", "neighbour"),
    [
        ("доставлять", "доставка"),
        ("гарантийный", "гарантия"),
        ("ремонтировать", "ремонт"),
        ("весить", "вес"),
    ],
)
def test_words_of_one_root_are_kin(word: str, neighbour: str) -> None:
    assert neighbour in vocabulary("доставка, гарантия, ремонт, вес").kin_of(word)


@pytest.mark.parametrize("word", ["картофель", "погода", "достаток", "столица", "k200", "я"])
def test_other_words_are_not(word: str) -> None:
    assert vocabulary("карта, порода, доставка, стол, k300").kin_of(word) == {}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("достафка", "доставки"),
        ("дсотавки", "доставки"),
        ("гаранития", "гарантия"),
        ("гарнти", "гарантия"),
        ("warantty", "warranty"),
    ],
)
def test_a_mistyped_word_is_corrected_to_a_word_of_the_pack(typed: str, meant: str) -> None:
    assert meant in vocabulary("доставки, гарантия, warranty").corrections(typed)


@pytest.mark.parametrize("word", ["погода", "дом", "k300", "гарантирование"])
def test_a_word_far_from_all_others_is_left_alone(word: str) -> None:
    assert vocabulary("доставки, гарантия, warranty, дол").corrections(word) == {}


def test_a_word_of_the_dictionary_is_hardly_a_mistake() -> None:
    words = vocabulary("порода")
    assert words.corrections("погода")["порода"] < words.corrections("прода")["порода"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("люмикс", "lumix"),
        ("лумикс", "lumix"),
        ("вьера", "viera"),
        ("филипс", "philips"),
        ("шарп", "sharp"),
        ("dostavka", "доставка"),
        ("chainik", "чайник"),
    ],
)
def test_a_word_in_the_other_script_is_known_by_its_sound(typed: str, meant: str) -> None:
    assert meant in vocabulary("lumix, viera, philips, sharp, доставка, чайник, icon, phone").sounding(typed)


@pytest.mark.parametrize("word", ["айфон", "погода", "weather", "я", "k200"])
def test_a_word_that_sounds_otherwise_is_not(word: str) -> None:
    assert vocabulary("lumix, viera, philips, доставка, чайник, icon, phone").sounding(word) == {}


def test_words_alike_by_their_letters_are_found_when_all_else_fails() -> None:
    assert set(vocabulary("фотоаппарат, аппаратура, тостер").alike_to("фотоаппаратура")) == {
        "фотоаппарат",
        "аппаратура",
    }


def test_rare_words_weigh_more_and_unknown_ones_most() -> None:
    words = lexicon(("чайник", "белый"), ("чайник", "чёрный"), ("чайник",))
    assert words.weight("чайник") < words.weight("белый") < words.weight("айфон")


def test_a_synonym_that_stands_only_without_its_function_words_is_left_out() -> None:
    synonyms = Synonyms([("без объектива", "тушка"), ("фотоаппарат", "камера")])
    assert synonyms.expand(["объектив", "камера"]) == {"объектив": {}, "камера": {("фотоаппарат",): 0.9}}


def test_a_phrase_is_replaced_as_a_whole() -> None:
    synonyms = Synonyms([("рыбий глаз", "полтинник")])
    assert synonyms.expand(["рыбий", "глаз"])["глаз"] == {("полтинник",): 0.9}
    assert synonyms.expand(["глаз"])["глаз"] == {}
