"""Fallback: what nobody else takes: no words, a picture, a phone number."""

from collections.abc import Mapping, Sequence

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.messages import Attached, AttachmentKind, ContactShared
from bot.domain.replies import Button, Phrase, Reply

_UNKNOWN = AnswerMeta(kind=AnswerKind.UNKNOWN)
_UNREAD = {
    AttachmentKind.VOICE: Phrase("fallback-voice"),
    AttachmentKind.AUDIO: Phrase("fallback-voice"),
    AttachmentKind.STICKER: Phrase("fallback-sticker"),
    AttachmentKind.LOCATION: Phrase("fallback-location"),
}


class FallbackSkill:
    """Stands last and takes everything; says what would help."""

    name = "fallback"
    is_urgent = False
    is_personal = False
    commands: Mapping[str, Action] = {}

    def matches(self, turn: Turn) -> bool:
        """Always."""
        return True

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Say what we could not read, and what we can."""
        buttons = (
            (
                Button(Phrase("button-help"), Action("help.show")),
                Button(Phrase("button-person"), Action("people.contacts", ("doubt",))),
            ),
        )
        return [Reply(text=_complaint(turn), buttons=buttons, answer=_UNKNOWN)]


def _complaint(turn: Turn) -> Phrase:
    match turn.event:
        case Attached(kind=kind):
            return _UNREAD.get(kind, Phrase("fallback-attachment"))
        case ContactShared(is_own=is_own):
            return Phrase("fallback-contact") if is_own else Phrase("fallback-foreign-contact")
        case _:
            return Phrase("fallback-no-words")
