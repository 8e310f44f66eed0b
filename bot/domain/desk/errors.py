"""What cannot be done with a ticket, explained to whoever tried."""

from bot.domain.desk.ticket import Ticket, TicketId
from bot.domain.errors import RuleViolationError
from bot.domain.replies import Phrase


class DeskError(RuleViolationError):
    """Something that the desk's rules forbid."""


class TakenError(DeskError):
    """Somebody else has it."""

    def __init__(self, ticket: Ticket) -> None:
        super().__init__(Phrase("desk-taken", {"ticket": ticket.id}))
        self.ticket = ticket


class NotHeldError(DeskError):
    """It has to be taken first."""

    def __init__(self, ticket: TicketId) -> None:
        super().__init__(Phrase("desk-not-held", {"ticket": ticket}))


class ResolvedError(DeskError):
    """It is over."""

    def __init__(self, ticket: TicketId) -> None:
        super().__init__(Phrase("desk-resolved-already", {"ticket": ticket}))


class StillOpenError(DeskError):
    """It is not over, so it cannot be opened again."""

    def __init__(self, ticket: TicketId) -> None:
        super().__init__(Phrase("desk-still-open", {"ticket": ticket}))


class NewerOpenError(DeskError):
    """Its customer has a newer one that is open."""

    def __init__(self, ticket: TicketId, newer: TicketId) -> None:
        super().__init__(Phrase("desk-newer-open", {"ticket": ticket, "newer": newer}))


class OwnTicketError(DeskError):
    """Nobody answers themselves."""

    def __init__(self, ticket: TicketId) -> None:
        super().__init__(Phrase("desk-own-ticket", {"ticket": ticket}))


class NoTicketError(DeskError):
    """There is none of that number, or none here."""

    def __init__(self, number: str = "") -> None:
        super().__init__(Phrase("desk-no-such", {"ticket": number}) if number else Phrase("desk-nothing-here"))


class NotStaffError(DeskError):
    """Only for people of the brand."""

    def __init__(self) -> None:
        super().__init__(Phrase("desk-not-yours"))
