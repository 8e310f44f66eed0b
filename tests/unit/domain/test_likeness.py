"""Which texts ask the same."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.likeness import ALIKE, AlikeFinder, _likeness, shape_of

WORDS = st.lists(st.text("абвгд2", min_size=1, max_size=6), min_size=1, max_size=5)


def find(known: str, text: str) -> bool:
    finder = AlikeFinder()
    finder.add(shape_of(known.split()))
    return finder.find(shape_of(text.split())) is not None


def test_typos_order_and_a_word_more_do_not_matter() -> None:
    assert find("чинить утюг", "утюг чинить")
    assert find("чинить утюг", "чинитть утюг")
    assert find("сколько стоить доставка", "стоить доставка")


def test_just_alike_is_alike() -> None:
    assert find("222", "222 аааб")


def test_other_words_and_other_models_do() -> None:
    assert not find("чинить утюг", "вернуть товар")
    assert not find("весить gh2", "весить g2")
    assert not find("весить gh2", "весить")


def test_the_likest_of_several_is_found_the_first_of_equals() -> None:
    finder = AlikeFinder()
    for text in ("купить утюг", "чинить утюг", "чинить утюг"):
        finder.add(shape_of(text.split()))
    assert finder.find(shape_of(["чинить", "утюг"])) == 1


@given(WORDS)
def test_every_text_is_like_itself(words: list[str]) -> None:
    finder = AlikeFinder()
    finder.add(shape_of(words))
    assert finder.find(shape_of(words)) == 0


@given(st.lists(WORDS, min_size=1, max_size=12), WORDS)
def test_nothing_alike_is_overlooked(known: list[list[str]], asked: list[str]) -> None:
    finder = AlikeFinder()
    for words in known:
        finder.add(shape_of(words))
    shape = shape_of(asked)
    likeness = [_likeness(shape, shape_of(words)) for words in known]
    best = likeness.index(max(likeness)) if max(likeness) >= ALIKE else None
    assert finder.find(shape) == best
