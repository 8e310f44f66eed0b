"""What an answer lacks of a question, and what the question is about, decide whether it is given."""

from dataclasses import replace

import pytest

from bot.domain.answer import AnswerKind
from bot.knowledge.search.answers import PackAnswers
from bot.knowledge.search.decision.features import features_of
from bot.knowledge.search.decision.names import names_in
from bot.knowledge.search.engine import Engine
from bot.knowledge.search.opening import Opener
from tests.unit.knowledge.search.packs import bicycles, kettles

ENGINE = Opener().open(kettles())


def features(text: str, engine: Engine = ENGINE) -> dict[str, float]:
    return features_of(engine.search(text))


def test_words_with_a_capital_are_names_but_the_first() -> None:
    assert names_in("Доставка в Тверь, и ТК Молния?") == {"тверь", "тк", "молния"}
    assert names_in("") == frozenset()


def test_a_name_that_the_best_match_lacks_is_told() -> None:
    there, lacking = features("гарантия на чайники Parovar"), features("гарантия на чайники Бошмаш")
    assert lacking["names_lacking"] > there["names_lacking"]
    assert lacking["name_lacking"] == pytest.approx(1.0)
    assert features("гарантия на чайники бошмаш")["names_lacking"] == 0.0


def test_a_number_that_the_best_match_lacks_is_told() -> None:
    assert features("гарантия 7 лет на чайник")["number_lacking"] == pytest.approx(1.0)
    assert features("гарантия на чайник")["number_lacking"] == 0.0


def test_a_verb_that_the_best_match_lacks_says_less_than_another_word() -> None:
    verb, noun = features("гарантия на чайник танцует"), features("гарантия на чайник оркестр")
    assert verb["verbs_missing"] > 0.2
    assert noun["verbs_missing"] == 0.0
    assert verb["coverage"] > noun["coverage"]


@pytest.mark.parametrize("text", ["какая завтра погода и будет ли дождь", "кто выиграл матч по футболу"])
def test_a_question_about_the_world_is_known_for_it(text: str) -> None:
    assert features(text)["elsewhere"] > 0.3


def test_a_question_to_a_shop_is_not_about_the_world() -> None:
    assert features("сколько стоит доставка заказа")["elsewhere"] < 0.1


def test_what_the_best_match_is_about_is_not_elsewhere() -> None:
    weather = replace(kettles().faq["noise"], id="weather", questions=("Какая завтра погода?", "прогноз погоды"))
    taught = Opener().open(replace(kettles(), faq={**kettles().faq, "weather": weather}))
    assert features("будет ли дождь", taught)["elsewhere"] < features("будет ли дождь")["elsewhere"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("передумал, заберите назад", "faq:return"),
        ("сколько сверху за привоз", "faq:delivery-cost"),
        ("успеете к пятнице?", "faq:delivery-time"),
    ],
)
def test_everyday_words_find_an_entry_that_has_none_of_them(text: str, expected: str) -> None:
    answer = PackAnswers(kettles(), ENGINE).look_up(text)
    assert answer.meta.kind in {AnswerKind.FAQ, AnswerKind.CLARIFY}
    assert expected in answer.meta.sources[:3]


def test_another_shop_is_understood_by_the_same_words() -> None:
    answer = PackAnswers(bicycles(), Opener().open(bicycles())).look_up("малыша сзади возить можно?")
    assert "faq:child-seat" in answer.meta.sources[:3]
