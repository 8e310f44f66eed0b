"""What people type around questions: wishes, languages, commands in a form."""

import pytest

from tests.fakes.talk import Talk, keys, labels

CONTACTS = "people-contacts(brand=Чайная)"
RATING = "feedback-rating-prompt"


@pytest.mark.parametrize("typed", ["позовите человека", "оператор", "Позовите человека, пожалуйста!"])
async def test_person_is_asked_for_in_the_middle_of_a_form_and_the_form_goes_on(typed: str) -> None:
    talk = Talk()
    await talk.say("/feedback")
    assert keys(await talk.say(typed)) == [CONTACTS, RATING]
    await talk.press("feedback-rating-5-button")
    assert keys(await talk.say(typed)) == [CONTACTS, "feedback-comment-prompt(rating=5)"]


async def test_command_does_not_change_the_language() -> None:
    talk = Talk()
    await talk.say("Сколько стоит доставка?")
    await talk.say("/help")
    assert (await talk.conversation()).language == "ru"


@pytest.mark.parametrize("typed", ["/language en", "english"])
async def test_language_named_is_set(typed: str) -> None:
    talk = Talk()
    assert keys(await talk.say(typed)) == ["language-set"]
    assert (await talk.conversation()).language == "en"


@pytest.mark.parametrize("typed", ["/cancel", "/отмена", "отмена"])
async def test_cancel_is_a_command_too(typed: str) -> None:
    talk = Talk()
    await talk.say("/feedback")
    assert keys(await talk.say(typed)) == ["flow-cancelled"]


@pytest.mark.parametrize("typed", ["/cancel", "/отмена", "/back", "/CANCEL@klubok_bot"])
async def test_command_that_steers_a_form_says_so_when_none_is_open(typed: str) -> None:
    assert keys(await Talk().say(typed)) == ["help-nothing-open"]


async def test_options_are_in_the_readers_language_where_there_is_one() -> None:
    talk = Talk()
    await talk.say("how much is delivery?")
    [asked] = await talk.say("доставка")
    assert labels(asked)[-1] == "button-none-of-these"
    assert len(labels(asked)) == 3
