"""Ratings: a thumb up or down under an answer, and what was wrong with it."""

from collections.abc import Mapping, Sequence

from bot.dialogue.stored import stored_message
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.rating import RATE, Fault, Rating, Thumb
from bot.domain.replies import Button, OutgoingMessage, Phrase, Reply, rows

_FAULTS = {
    Fault.TOPIC: Phrase("rate-topic-button"),
    Fault.WRONG: Phrase("rate-wrong-button"),
    Fault.UNCLEAR: Phrase("rate-unclear-button"),
}
_WHY, _AGAIN = f"{RATE}.why", f"{RATE}.again"


class RatingsSkill:
    """Keeps one rating of each message and person; who changes their mind changes it."""

    name = RATE
    is_urgent = False
    is_personal = True
    commands: Mapping[str, Action] = {}

    def matches(self, turn: Turn) -> bool:
        """Only by a button."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Keep the rating of the message that the button names, and thank shortly; the message stays as it is."""
        action = turn.action or Action(_AGAIN)
        if action.name == _AGAIN:
            return [Reply(text=Phrase("rate-again"))]
        rated, thumb, fault = await stored_message(turn, action), _thumb(action), _fault(action)
        if rated is None or thumb is None:
            abilities = Button(Phrase("button-help"), Action("help.show"))
            return [Reply(text=Phrase("help-outdated"), buttons=((abilities,),))]
        await turn.uow.ratings.put(
            Rating(
                sender=turn.conversation.address,
                answers=rated.answers,
                number=rated.number,
                thumb=thumb,
                given_at=turn.now,
                fault=fault,
            )
        )
        return [_reply(rated, thumb, fault)]


def _thumb(action: Action) -> Thumb | None:
    if action.name == _WHY:
        return Thumb.DOWN
    return Thumb(action.verb) if action.verb in set(Thumb) else None


def _fault(action: Action) -> Fault | None:
    named = action.argument(2)
    return Fault(named) if action.name == _WHY and named in set(Fault) else None


def _reply(rated: OutgoingMessage, thumb: Thumb, fault: Fault | None) -> Reply:
    if thumb is Thumb.UP:
        return Reply(text=Phrase("rate-thanks"))
    if fault is not None:
        return Reply(text=Phrase("rate-noted"), replaces=True)
    name = (str(rated.answers), str(rated.number))
    faults = [Button(label, Action(_WHY, (*name, fault))) for fault, label in _FAULTS.items()]
    again = Button(Phrase("rate-again-button"), Action(_AGAIN))
    person = Button(Phrase("button-person"), Action("people.contacts"))
    return Reply(text=Phrase("rate-sorry"), buttons=(*rows(faults), (again, person)))
