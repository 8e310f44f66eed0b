"""Buttons looked up in the message that carries them: further pages, payloads that were too long, edits in place."""

from dataclasses import replace

from bot.domain.actions import Action
from bot.domain.messages import Pressed
from bot.domain.replies import OutgoingMessage
from tests.fakes.talk import Talk, keys, labels


async def press(talk: Talk, action: Action, *, ref: str = "") -> list[OutgoingMessage]:
    """Press a button of the message `ref`."""
    event = Pressed(id=f"p-{action.encode()}-{ref}", sender=talk.me, at=talk.clock.now(), action=action, ref=ref)
    return await talk.happen(event)


def named(message: OutgoingMessage, *rest: str) -> tuple[str, ...]:
    """The arguments that name a message."""
    return (str(message.answers), str(message.number), *rest)


async def test_another_page_shows_the_same_message_in_its_place() -> None:
    talk = Talk()
    (choices,) = await talk.say("доставка")
    (shown,) = await press(talk, Action("pages.show", named(choices, "1")), ref="77")
    assert (shown.text, shown.page, shown.replaces) == (choices.text, 1, "77")
    assert labels(shown) == labels(choices)


async def test_another_page_does_not_repeat_the_question_of_an_open_form() -> None:
    talk = Talk()
    (choices,) = await talk.say("доставка")
    await talk.press("feedback.start")
    assert keys(await press(talk, Action("pages.show", named(choices, "1")), ref="77")) == keys([choices])
    gone = Action("pages.show", ("999", "0", "0"))
    assert keys(await press(talk, gone, ref="77")) == ["help-outdated", "feedback-rating-prompt"]


async def test_a_button_is_pressed_by_its_place() -> None:
    talk = Talk()
    (choices,) = await talk.say("доставка")
    by_place = await press(talk, Action("pages.press", named(choices, "0")))
    assert keys(by_place) == keys(await talk.press(labels(choices)[0]))


async def test_what_is_no_page_and_no_place_is_an_old_button() -> None:
    talk = Talk()
    (choices,) = await talk.say("доставка")
    for action in [
        Action("pages.press", named(choices, "99")),
        Action("pages.press", named(choices, "x")),
        Action("pages.press"),
        Action("pages.show", named(choices, "x")),
        Action("pages.show", ("9" * 40, "0", "0")),
        Action("pages.show", ("², 0", "0", "0")),
    ]:
        assert keys(await press(talk, action)) == ["help-outdated"], action


async def test_messages_to_others_are_not_shown() -> None:
    talk = Talk()
    (choices,) = await talk.say("доставка")
    stranger = Talk(talk.uow, user="u2", chat="c2")
    assert keys(await press(stranger, Action("pages.show", named(choices, "0")))) == ["help-outdated"]
    assert keys(await press(stranger, Action("pages.press", named(choices, "0")))) == ["help-outdated"]


async def test_the_next_question_of_a_form_takes_the_place_of_the_one_answered() -> None:
    talk = Talk()
    (first,) = await press(talk, Action("feedback.start"), ref="1")
    assert first.replaces == ""
    (second,) = await press(talk, Action("flow.pick", ("feedback", "rating", "5")), ref="2")
    assert second.replaces == "2"
    (thanks,) = await press(talk, Action("flow.skip", ("feedback", "comment")), ref="2")
    assert thanks.replaces == "2"


async def test_an_old_question_of_a_form_stays_where_it_is() -> None:
    talk = Talk()
    await press(talk, Action("feedback.start"), ref="1")
    await press(talk, Action("flow.pick", ("feedback", "rating", "5")), ref="2")
    (again,) = await press(talk, Action("flow.pick", ("feedback", "rating", "4")), ref="old")
    assert again.replaces == ""


async def test_a_message_is_divided_as_its_channel_wants() -> None:
    def halve(message: OutgoingMessage) -> list[OutgoingMessage]:
        middle = len(message.text) // 2
        return [replace(message, text=message.text[:middle], buttons=()), replace(message, text=message.text[middle:])]

    talk = Talk(fits={"console": halve})
    first, second = await talk.say("/help")
    assert (first.number, second.number) == (0, 1)
    assert first.text + second.text == "help-text(brand=Чайная, club=no)"
    assert labels(second)
