"""What the skills that look after members share: the programme in force and the services."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.domain.actions import Action
from bot.domain.loyalty.program import Program
from bot.domain.replies import Button, Phrase
from bot.services.club.inviting import Inviting
from bot.services.club.notices import Notices
from bot.services.club.points import Points
from bot.services.club.privacy import Privacy
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
    privacy: Privacy = field(default_factory=Privacy)
