"""Messages said before, looked up by what one of their buttons tells."""

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.ids import TranscriptId
from bot.domain.replies import OutgoingMessage

_LONGEST_NUMBER = 18


async def stored_message(turn: Turn, action: Action) -> OutgoingMessage | None:
    """Return the message that the first two arguments of `action` name; None when it is not of this chat.

    Anybody can make a payload up: what was said to others stays theirs.
    """
    answers, number = action.argument(0), action.argument(1)
    if not (_is_number(answers) and _is_number(number)):
        return None
    message = await turn.uow.transcript.message(TranscriptId(int(answers)), int(number))
    sender = turn.event.sender
    is_here = message is not None and (message.to.channel, message.to.chat_id) == (sender.channel, sender.chat_id)
    return message if is_here else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER
