"""What the skills of the club share: the programme in force, its services, who is asking."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.catalogue import Offer
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Program
from bot.domain.replies import Button, Phrase, Reply
from bot.services.club.accruals import Accruals
from bot.services.club.points import Points
from bot.services.club.rewards import Rewards
from bot.services.purchases.devices import Devices
from bot.services.purchases.receipts import Receipts

CLUB = Button(Phrase("club-button"), Action("club.show"))
REWARDS = Button(Phrase("club-rewards-button"), Action("rewards.show"))
HISTORY = Button(Phrase("club-history-button"), Action("club.history"))
CARD = Button(Phrase("club-card-button"), Action("card.show"))
SEND_RECEIPT = Button(Phrase("receipt-more-button"), Action("receipts.send"))
DEVICES = Button(Phrase("devices-button"), Action("devices.list"))
PROMO = Button(Phrase("promo-button"), Action("promo.start"))
JOIN = Button(Phrase("club-join-button"), Action("joining.start"))

JOINING = "join"
"""The form by which people join."""
TOLD_POINTS = "club.told_points"
"""The action of a timer that tells a member of points given or taken by hand."""
MOST_DIGITS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class ClubParts:
    """`program` is as the brand has it now; `named` finds what somebody means by a model that they typed."""

    program: Callable[[], Program]
    points: Points
    accruals: Accruals
    rewards: Rewards
    receipts: Receipts
    devices: Devices
    named: Callable[[str], Sequence[Offer]]


async def member_of(turn: Turn) -> Member | None:
    """Return the member who is asking; None for who is not in the club, or not any more."""
    member = await turn.uow.club.members.who(turn.conversation.address)
    return member if member is not None and member.is_active else None


def invitation(program: Program, turn: Turn) -> Reply:
    """Say to who is not in the club what it is, with a button to join."""
    return Reply(text=Phrase("club-not-in", {"club": program.name.read(turn.language)}), buttons=((JOIN,),))


def day(moment: datetime, zone: ZoneInfo) -> str:
    """Write a day as people here do: 26.11.2026."""
    return f"{moment.astimezone(zone):%d.%m.%Y}"


def last_day(end: datetime, zone: ZoneInfo) -> str:
    """Write the last day before `end`: what ends at midnight is good for the day before."""
    return day(end - timedelta(microseconds=1), zone)


def number_of(text: str) -> int | None:
    """Read a number that a button of ours carries; None for anything that no button of ours does."""
    is_ours = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if is_ours else None


def points_by_hand(points: int) -> Phrase:
    """Tell a member of points that the staff gave, or took where they are below 0."""
    return Phrase("staff-points-given" if points > 0 else "staff-points-taken", {"points": abs(points)})
