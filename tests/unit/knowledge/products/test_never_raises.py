"""Whatever people type, and whatever was shown, the goods room stands."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.wishes import Order, Relation, Shown, Wish, Wishes
from tests.unit.knowledge.products.kettles import kettles

_WORDS = st.sampled_from(
    [
        "чайник",
        "k-200",
        "k200s",
        "gl5",
        "до",
        "от",
        "2",
        "тысяч",
        "к",
        "1,5",
        "литра",
        "кг",
        "легче",
        "самый",
        "дешевле",
        "без",
        "с",
        "подсветкой",
        "чёрный",
        "или",
        "и",
        "сравни",
        "первый",
        "третий",
        "последний",
        "ещё",
        "назад",
        "он",
        "ему",
        "для",
        "подходит",
        "сколько",
        "весит",
        "стоит",
        "есть",
        "что",
        "лучше",
        "kettle",
        "under",
        "than",
        "cheapest",
        "999999999",
        "не",
        "кроме",
        "около",
        "между",
        "10-20",
        "bosch",
        "0",
        "-5",
        "%",
        "₽",
        "x",
        "?",
        "больше",
        "всего",
        "полкило",
        "часа",
    ]
)
_SHOWN = st.builds(
    Shown,
    offers=st.lists(st.sampled_from(["k20", "gl5", "gone"]), max_size=4).map(tuple),
    focus=st.none() | st.integers(0, 5),
    wishes=st.none()
    | st.builds(
        Wishes,
        kinds=st.sampled_from([(), ("чайник",), ("gone|#9",)]),
        brands=st.sampled_from([(), ("parovar",), ("gone",)]),
        names=st.sampled_from([(), ("gone",)]),
        wishes=st.lists(
            st.builds(
                Wish,
                param=st.sampled_from(["", "Вес", "Цвет", "Gone"]),
                relation=st.sampled_from(list(Relation)),
                number=st.floats(-1e9, 1e9),
                text=st.sampled_from(["", "черный", "gone"]),
            ),
            max_size=3,
        ).map(tuple),
        order=st.none() | st.builds(Order, param=st.sampled_from(["", "Вес", "Gone"]), is_ascending=st.booleans()),
    ),
)


@settings(max_examples=150, deadline=None)
@given(words=st.lists(_WORDS, max_size=8), shown=st.none() | _SHOWN)
def test_any_words_in_any_order(words: list[str], shown: Shown | None) -> None:
    answer = kettles().answer(" ".join(words), shown)
    if answer is not None and answer.shown is not None:
        kettles().answer("а подешевле?", answer.shown)
        kettles().more(answer.shown)


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=200), shown=st.none() | _SHOWN)
def test_any_text(text: str, shown: Shown | None) -> None:
    kettles().answer(text, shown)


def test_a_very_long_question_is_read_in_time() -> None:
    kettles().answer("сколько весит k-200 или 12 кг до 5 тысяч " * 400)
