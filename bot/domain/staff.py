"""Staff: people of the brand who work in the bot, and what each may do."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.messages import Address


class Role(StrEnum):
    """What somebody of the brand does here."""

    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    MARKETER = "marketer"
    SPONSOR = "sponsor"
    ADMIN = "admin"


REVIEWERS = frozenset({Role.OPERATOR, Role.SUPERVISOR, Role.ADMIN})
"""Who looks at receipts and at disputes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """A person of the brand, in one role; who has several roles is here several times. `address` is a private chat."""

    address: Address
    role: Role
