"""Thumbs: two small buttons under every answer, by which people say whether it helped."""

from dataclasses import replace

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.answer import ANSWERS
from bot.domain.messages import Woke
from bot.domain.rating import RATE, Thumb
from bot.domain.replies import Button, OutgoingButton, OutgoingMessage, Phrase, Reply

MOST_ROWS = 6
MOST_BUTTONS = 10
"""What VK shows under a message without pages: an answer is not divided for the sake of its rating."""

_UP, _DOWN = Action(f"{RATE}.{Thumb.UP}"), Action(f"{RATE}.{Thumb.DOWN}")
_THUMBS = (Button(Phrase("rate-up-button"), _UP), Button(Phrase("rate-down-button"), _DOWN))


def with_thumbs(reply: Reply, turn: Turn) -> Reply:
    """Put the buttons under a reply that claims to know, unless somebody is in a group or in the middle of a form."""
    is_answer = reply.answer.kind in ANSWERS and not isinstance(turn.event, Woke)
    is_place = turn.brand.has_ratings and not turn.event.is_group and turn.conversation.flow is None
    if not (is_answer and is_place and _has_room(reply)):
        return reply
    return replace(reply, buttons=(*reply.buttons, _THUMBS))


def named(message: OutgoingMessage) -> OutgoingMessage:
    """Let the buttons name `message`, whose number is known only now; those that name another stay."""
    name = (str(message.answers), str(message.number))
    buttons = tuple(tuple(_named(button, name) for button in row) for row in message.buttons)
    return replace(message, buttons=buttons)


def _has_room(reply: Reply) -> bool:
    count = sum(map(len, reply.buttons))
    return len(reply.buttons) < MOST_ROWS and count + len(_THUMBS) <= MOST_BUTTONS


def _named(button: OutgoingButton, name: tuple[str, str]) -> OutgoingButton:
    target = button.target
    return replace(button, target=replace(target, args=name)) if target in {_UP, _DOWN} else button
