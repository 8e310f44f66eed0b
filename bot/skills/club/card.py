"""Card: a picture for the till, and the same in words."""

from collections.abc import Mapping, Sequence

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.job import DONE, Job
from bot.domain.messages import AttachmentKind, Woke
from bot.domain.replies import Attachment, Reply
from bot.services.club.cards import DRAW_CARD, Cards
from bot.services.club.pictures import described
from bot.skills.club.parts import CLUB, ClubParts, invitation, member_of


class CardSkill:
    """Has the card drawn, and shows it."""

    name = "card"
    is_urgent = False
    is_personal = True
    commands: Mapping[str, Action] = {"command-card": Action("card.show")}

    def __init__(self, parts: ClubParts, cards: Cards) -> None:
        self._parts = parts
        self._cards = cards

    def matches(self, turn: Turn) -> bool:
        """Only by its command or a button."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Begin, or show what was drawn; where nothing could be, words do."""
        program, member = self._parts.program(), await member_of(turn)
        if member is None:
            return [invitation(program, turn)]
        if turn.action is None or turn.action.verb != "drawn" or not isinstance(turn.event, Woke):
            await turn.uow.jobs.add(
                Job(kind=DRAW_CARD, address=turn.conversation.address, then=Action("card.drawn")), at=turn.now
            )
            return []
        face = await self._cards.face(turn.uow, program, member, language=turn.language)
        path = turn.action.argument(1) if turn.action.argument(0) == DONE else ""
        picture = Attachment(kind=AttachmentKind.PHOTO, name="card.png", source=path)
        pictures = (picture,) if path else ()
        return [Reply(text=described(face), attachments=pictures, buttons=((CLUB,),), is_private=True)]
