"""Several questions in one message, and anger around them."""

import pytest

from bot.dialogue.dividing import LONGEST_TEXT, Divider
from bot.domain.answer import AnswerKind
from bot.domain.messages import Said
from tests.fakes.answers import DELIVERY, HITS, TERM
from tests.fakes.talk import Talk, keys, labels
from tests.fakes.translator import KeyTranslator

COST, CLEAN = "Сколько стоит доставка?", "Как чистить чайник?"


def divide(text: str) -> list[str]:
    return list(Divider(KeyTranslator()).divide(text))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Сколько стоит доставка? Как вернуть?", ["Сколько стоит доставка?", "Как вернуть?"]),
        ("сколько стоит чайник и как вернуть", ["сколько стоит чайник", "как вернуть"]),
        ("сколько стоит чайник, а как вернуть?", ["сколько стоит чайник", "как вернуть?"]),
        ("сколько стоит чайник\nкак вернуть", ["сколько стоит чайник", "как вернуть"]),
        ("как купить, как вернуть и как позвонить", ["как купить", "как вернуть", "как позвонить"]),
        ("Купил чайник. Как мыть? Где сдать? Спасибо!", ["Купил чайник. Как мыть?", "Где сдать? Спасибо!"]),
    ],
)
def test_what_asks_twice_is_divided(text: str, parts: list[str]) -> None:
    assert divide(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "сколько стоит доставка?",
        "где и как забрать заказ",
        "как вернуть товар и получить деньги",
        "чайник и как мыть",
        "Купил чайник. Как мыть? Спасибо!",
        "не знаю, как вернуть",
        "Как мне сказали. Сколько стоит чайник?",
        "А? Как?",
        "...",
        "",
        "Как мыть? " * (LONGEST_TEXT // 10 + 1),
    ],
)
def test_what_asks_once_stays_whole(text: str) -> None:
    assert divide(text) == [text]


def test_more_than_three_are_too_many() -> None:
    assert len(divide("Как мыть? Как сдать? Как купить? Как позвонить?")) == 3


async def test_each_part_is_answered_by_itself() -> None:
    replies = await Talk().say(f"{COST} {CLEAN}")
    assert [reply.answer.sources for reply in replies] == [("faq:delivery",), ("article:care#cleaning",)]
    assert all(labels(reply)[-2:] == ["rate-up-button", "rate-down-button"] for reply in replies)


async def test_a_part_that_is_not_known_is_said_where_the_whole_is_not_known_either() -> None:
    replies = await Talk().say(f"{COST} Где мой Марс?")
    assert [reply.answer.kind for reply in replies] == [AnswerKind.FAQ, AnswerKind.UNKNOWN]


async def test_a_message_whose_parts_are_not_known_is_asked_as_a_whole() -> None:
    talk = Talk()
    assert keys(await talk.say("Где Марс? Где Венера?")) == ["questions-unknown"]


async def test_two_parts_with_one_answer_are_one_question() -> None:
    assert len(await Talk().say(f"{COST} {COST}")) == 1


async def test_in_a_group_nothing_is_divided() -> None:
    talk = Talk()
    event = Said(id="g", sender=talk.me, at=talk.clock.now(), text=f"{COST} {CLEAN}", is_group=True)
    assert keys(await talk.happen(event)) == ["questions-unknown"]


@pytest.mark.parametrize(
    "said", ["Тупой бот! Сколько стоит доставка?", "ДОСТАЛИ, сколько стоит доставка?", f"{COST} 😡"]
)
async def test_who_is_angry_gets_an_apology_a_person_and_the_answer(said: str) -> None:
    sorry, answer = await Talk().say(said)
    assert (keys([sorry]), labels(sorry)) == (["smalltalk-sorry"], ["button-person"])
    assert answer.answer.sources == ("faq:delivery",)


@pytest.mark.parametrize("said", ["достали, где мой заказ", "достали"])
async def test_who_is_angry_about_what_we_do_not_know_gets_an_apology_and_a_person(said: str) -> None:
    [sorry] = await Talk().say(said)
    assert (keys([sorry]), labels(sorry)[0]) == (["smalltalk-upset"], "button-person")
    assert sorry.answer.kind is AnswerKind.UNKNOWN


async def test_words_that_only_begin_like_angry_ones_are_left_alone() -> None:
    talk = Talk()
    await talk.say("доставили ли")
    assert talk.answers.asked == ["доставили ли"]


async def test_part_of_another_word_is_not_angry() -> None:
    talk = Talk()
    await talk.say("достали-комплект есть?")
    assert talk.answers.asked == ["достали-комплект есть?"]


async def test_who_only_is_angry_is_offered_no_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HITS, "достали", (DELIVERY, TERM))
    [sorry] = await Talk().say("достали")
    assert (keys([sorry]), sorry.answer.kind, sorry.answer.sources) == (["smalltalk-upset"], AnswerKind.UNKNOWN, ())


async def test_who_asks_in_anger_is_offered_a_choice() -> None:
    _, choice = await Talk().say("достали, доставка")
    assert choice.answer.kind is AnswerKind.CLARIFY
