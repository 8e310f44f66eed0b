"""In groups: silent until called, short, personal matters in private."""

import pytest

from bot.domain.actions import Action
from bot.domain.answer import AnswerKind
from bot.domain.messages import (
    Commented,
    Edited,
    Event,
    HumanReplied,
    Place,
    Pressed,
    Reacted,
    Said,
    Standing,
    StandingChanged,
)
from bot.domain.replies import OutgoingMessage, Private
from tests.fakes.talk import Talk, keys


async def say(talk: Talk, text: str, *, is_addressed: bool = True) -> list[OutgoingMessage]:
    """Say it in the group."""
    event = Said(
        id=f"g-{text}", sender=talk.me, at=talk.clock.now(), text=text, is_group=True, is_addressed=is_addressed
    )
    return await talk.happen(event)


async def press(talk: Talk, action: Action) -> list[OutgoingMessage]:
    """Press it in the group."""
    return await talk.happen(
        Pressed(id=f"g-{action.encode()}", sender=talk.me, at=talk.clock.now(), action=action, is_group=True)
    )


def links(message: OutgoingMessage) -> list[str]:
    """Where the buttons lead in private."""
    targets = [button.target for row in message.buttons for button in row]
    return [target.payload for target in targets if isinstance(target, Private)]


async def test_what_others_say_is_stored_and_not_answered() -> None:
    talk = Talk()
    assert await say(talk, "чайник", is_addressed=False) == []
    assert await say(talk, "помощь", is_addressed=False) == []
    async with talk.uow() as uow:
        assert dict(await uow.transcript.count_by_status()) == {"in:handled": 2}


async def test_who_calls_us_gets_a_short_answer_with_more_in_private() -> None:
    talk = Talk()
    (answer,) = await say(talk, "чайник")
    assert answer.answer.kind is AnswerKind.PRODUCT
    assert answer.is_group
    assert links(answer) == ["p-k1"]


async def test_a_form_is_not_filled_in_before_everybody() -> None:
    talk = Talk()
    (answer,) = await say(talk, "/feedback")
    assert keys([answer]) == ["group-personal"]
    assert links(answer) == ["feedback"]
    assert (await talk.conversation()).flow is None


async def test_a_button_of_a_form_does_nothing_before_everybody() -> None:
    talk = Talk()
    assert keys(await press(talk, Action("flow.pick", ("feedback", "rating", "5")))) == ["group-personal"]


async def test_choices_stay_choices() -> None:
    talk = Talk()
    (answer,) = await say(talk, "доставка")
    assert answer.answer.kind is AnswerKind.CLARIFY
    assert len(answer.buttons) > 1


async def test_a_group_that_takes_us_in_is_greeted_once() -> None:
    talk = Talk()
    added = StandingChanged(id="1", sender=talk.me, at=talk.clock.now(), standing=Standing.ADDED, is_group=True)
    (hello,) = await talk.happen(added)
    assert keys([hello]) == ["welcome-group(brand=Чайная)"]
    assert links(hello) == [""]
    assert await talk.happen(added) == []


@pytest.mark.parametrize("kind", ["edited", "reacted", "blocked", "commented", "human"])
async def test_signs_of_what_people_do_are_noted_in_silence(kind: str) -> None:
    talk = Talk()
    at = talk.clock.now()
    events: dict[str, Event] = {
        "edited": Edited(id="1", sender=talk.me, at=at, text="чайник", ref="7"),
        "reacted": Reacted(id="1", sender=talk.me, at=at, reactions=("👍",)),
        "blocked": StandingChanged(id="1", sender=talk.me, at=at, standing=Standing.BLOCKED),
        "commented": Commented(id="1", sender=talk.me, at=at, place=Place.WALL, subject="-1_45", text="чайник"),
        "human": HumanReplied(id="1", sender=talk.me, at=at, text="Добрый день", author="100"),
    }
    assert await talk.happen(events[kind]) == []
    async with talk.uow() as uow:
        assert dict(await uow.transcript.count_by_status()) == {"in:handled": 1}
