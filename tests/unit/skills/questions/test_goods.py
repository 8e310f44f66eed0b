"""How answers about goods look, in both languages."""

import pytest

from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.catalogue import Offer
from bot.domain.goods_answers import Selected, SelectionAnswer
from bot.domain.replies import Card, Phrase
from bot.domain.wishes import Relation, Wish
from bot.skills.questions.cards import short_name
from bot.skills.questions.goods import show
from bot.texts.fluent import FluentTranslator

_TRANSLATOR = FluentTranslator(is_strict=True)
_META = AnswerMeta(kind=AnswerKind.SELECTION)
_WISH = Wish(param="", relation=Relation.AT_MOST, number=500_000, text="5 000")


def _lines(total: int, shown: int, language: str) -> list[str]:
    items = tuple(Selected(offer=Offer(id=str(at), name=f"K-{at}")) for at in range(shown))
    reply = show(SelectionAnswer(items=items, met=(_WISH,), relaxed=(), total=total), _META, language)
    assert isinstance(reply.text, Card)
    lines = [line for line in (reply.text.title, *reply.text.lines) if isinstance(line, Phrase)]
    return [_TRANSLATOR.text(line, language).replace("\xa0", " ") for line in lines]


@pytest.mark.parametrize(
    ("total", "shown", "russian", "english"),
    [
        (1, 1, "Нашёлся 1 вариант:", "Found 1 option:"),
        (2, 2, "Нашлось 2 варианта:", "Found 2 options:"),
        (5, 5, "Нашлось 5 вариантов:", "Found 5 options:"),
        (22, 5, "Нашлось 22 варианта, вот первые 5:", "Found 22 options, here are the first 5:"),
    ],
)
def test_what_is_shown_of_all_is_said_where_some_are_left(total: int, shown: int, russian: str, english: str) -> None:
    assert (_lines(total, shown, "ru")[0], _lines(total, shown, "en")[0]) == (russian, english)


def test_prices_wished_are_written_as_prices_are() -> None:
    assert any("5,000" in line for line in _lines(1, 1, "en"))
    assert any("5 000" in line for line in _lines(1, 1, "ru"))


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Чайник K-20", "Чайник K-20"),
        ("Ящик для инструмента Кедр Бокс 20 красный", "Кедр Бокс 20 красный"),
        ("Плазменный телевизор Panasonic Viera TX-PR50ST30", "Panasonic Viera TX-PR50ST30"),
        ("Очень длинное название товара без единого имени в нём", "название товара без единого имени в нём"),
    ],
)
def test_a_short_name_begins_with_a_name(name: str, short: str) -> None:
    assert short_name(Offer(id="1", name=name)) == short
