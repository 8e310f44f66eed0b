"""What the skills that look after members share: the programme in force, the services, who is asking."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Program
from bot.domain.replies import Button, Phrase, Reply
from bot.services.club.inviting import Inviting
from bot.services.club.notices import Notices
from bot.services.club.points import Points
from bot.services.club.profiles import Profiles

SETTINGS = Button(Phrase("settings-button"), Action("settings.show"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CareParts:
    """`program` is as the brand has it now."""

    program: Callable[[], Program]
    points: Points
    notices: Notices
    inviting: Inviting
    profiles: Profiles


async def asking(turn: Turn) -> Member | None:
    """Return the member who is asking; None for who is not in the club, or not any more."""
    member = await turn.uow.club.members.who(turn.conversation.address)
    return member if member is not None and member.is_active else None


def outsider(program: Program, turn: Turn) -> Reply:
    """Say to who is not in the club what this is for, with a button to join."""
    join = Button(Phrase("care-join-button"), Action("joining.start"))
    return Reply(text=Phrase("care-not-in", {"club": program.name.read(turn.language)}), buttons=((join,),))
