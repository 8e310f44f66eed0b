"""Who takes a turn."""

import pytest

from bot.dialogue.router import Router
from bot.domain.actions import Action, decode_action
from tests.fakes.talk import Talk, keys
from tests.fakes.translator import KeyTranslator

HELP = "help-text(brand=Чайная, club=no)"
WELCOME = "welcome-text(brand=Чайная, examples=• Сколько стоит доставка?"


@pytest.mark.parametrize("typed", ["/help", "/HELP", "/help@klubok_bot", "/помощь", "help", "Помощь!", "gjvjom"])
async def test_command_is_understood_with_or_without_slash_in_either_layout(typed: str) -> None:
    assert keys(await Talk().say(typed)) == [HELP]


async def test_unknown_command_is_named_back() -> None:
    assert keys(await Talk().say("/abracadabra now")) == ["help-unknown-command(command=abracadabra)"]


@pytest.mark.parametrize(
    "payload", ["gone.away:1", "", "::::", "%%%", "help", "ask.nothing:1", "ask.offer", "🙂", "x" * 500]
)
async def test_payload_that_nobody_knows_is_answered(payload: str) -> None:
    assert await Talk().press(payload)


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ("", WELCOME),
        ("summer-sale", WELCOME),
        ("feedback", "feedback-rating-prompt"),
        ("f-delivery", "300 рублей"),
        ("p-k1", "Чайник K-1"),
        ("p-gone", "questions-gone"),
        ("p-", WELCOME),
    ],
)
async def test_deep_link_leads_where_it_says(payload: str, said: str) -> None:
    assert keys(await Talk().start(payload)) == [said]


async def test_typed_start_with_a_payload_is_a_deep_link() -> None:
    assert keys(await Talk().say("/start f-delivery")) == ["300 рублей"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("привет", "smalltalk-greeting(brand=Чайная)"),
        ("ПРИВЕТ!!!", "smalltalk-greeting(brand=Чайная)"),
        ("ghbdtn", "smalltalk-greeting(brand=Чайная)"),
        ("привет, ты бот?", "smalltalk-who(brand=Чайная)"),
        ("Спасибо большое, пожалуйста", "smalltalk-thanks(brand=Чайная)"),
        ("Сколько стоит доставка?", "300 рублей"),
        ("Привет! Сколько стоит доставка", "questions-unknown"),
        ("позовите человека!", "people-contacts(brand=Чайная)"),
        ("", "fallback-no-words"),
        ("🤖🤖🤖", "fallback-no-words"),
        ("...", "fallback-no-words"),
        ("<b>жирно</b>", "questions-unknown"),
    ],
)
async def test_free_message_goes_to_the_first_skill_that_matches(typed: str, said: str) -> None:
    assert keys(await Talk().say(typed)) == [said]


async def test_conversation_follows_the_language_of_the_person_until_they_choose() -> None:
    talk = Talk()
    assert keys(await talk.say("How much is delivery?")) == ["300 rubles"]
    assert keys(await talk.say("Сколько стоит доставка?")) == ["300 рублей"]
    await talk.say("/language")
    await talk.press("language-en-button")
    assert keys(await talk.say("Сколько стоит доставка?")) == ["300 rubles"]


async def test_choice_between_answers_opens_the_one_pressed() -> None:
    talk = Talk()
    [asked] = await talk.say("доставка")
    assert asked.answer.sources == ("faq:delivery", "faq:term")
    assert keys(await talk.press("Срок доставки")) == ["Два дня"]
    assert keys(await talk.press("button-none-of-these")) == ["help-not-found"]


async def test_button_under_an_answer_asks_its_question() -> None:
    talk = Talk()
    await talk.say("Сколько стоит доставка?")
    assert keys(await talk.press("Срок")) == ["Два дня"]
    assert keys(await talk.press("ask.follow:delivery:99")) == ["questions-gone"]


async def test_product_card_tells_price_availability_params_and_link() -> None:
    [card] = await Talk().say("чайник")
    assert card.text.split("\n") == [
        "Чайник K-1",
        "product-price(amount=1999, currency=₽, kopecks=50)",
        "product-available",
        "Объём: 1.7 л",
        "https://a.example/k1",
    ]


@pytest.mark.parametrize(
    "action",
    [Action("feedback.start"), Action("a.b", ("1:2", "%", "ключ", "")), Action("a.b", ("",))],
)
def test_payload_reads_back_as_it_was_written(action: Action) -> None:
    assert decode_action(action.encode()) == action


def test_router_without_a_matching_skill_is_a_programmers_mistake() -> None:
    with pytest.raises(KeyError):
        Router([], KeyTranslator()).performer(Action("x.y"))
