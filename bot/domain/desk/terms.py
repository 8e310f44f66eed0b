"""DeskTerms: how the desk of a brand works."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.desk.ticket import Priority
from bot.domain.messages import Address

_MINUTES: Mapping[Priority, int] = {
    Priority.URGENT: 15,
    Priority.HIGH: 30,
    Priority.NORMAL: 60,
    Priority.LOW: 240,
}
_HOURS: Mapping[Priority, int] = {
    Priority.URGENT: 4,
    Priority.HIGH: 8,
    Priority.NORMAL: 16,
    Priority.LOW: 40,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskTerms:
    """`rooms` are chats of the staff where all tickets are shown; in a room with topics each customer has one.

    `lease` is how long a holder may owe an answer before others get the ticket, `answers_in` is what customers are
    promised, `resolves_in` when a ticket should be over; all in working time. A ticket is opened again within
    `reopens_within` of its end; who was answered and says nothing for `ends_after` goes back to the bot. With
    `asks_score` customers are asked how they were helped; who writes more than `flood` messages to the bot within a
    minute is asked to wait. With `only_replies` an operator's message is sent only when it replies to a customer's.
    """

    rooms: tuple[Address, ...] = ()
    lease: timedelta = timedelta(minutes=15)
    answers_in: Mapping[Priority, timedelta] = field(
        default_factory=lambda: {priority: timedelta(minutes=minutes) for priority, minutes in _MINUTES.items()}
    )
    resolves_in: Mapping[Priority, timedelta] = field(
        default_factory=lambda: {priority: timedelta(hours=hours) for priority, hours in _HOURS.items()}
    )
    reopens_within: timedelta = timedelta(days=3)
    ends_after: timedelta = timedelta(days=1)
    asks_score: bool = True
    flood: int | None = None
    only_replies: bool = False

    def is_room(self, address: Address) -> bool:
        """Whether that is a chat of the staff, or a topic of one."""
        return any((room.channel, room.room) == (address.channel, address.room) for room in self.rooms)
