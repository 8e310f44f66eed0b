"""Workers: who of the staff somebody is, and where they are reached."""

from bot.domain.desk.errors import NotStaffError
from bot.domain.desk.ticket import same_account
from bot.domain.messages import Address
from bot.domain.staff import Role
from bot.services.staff import StaffUnit

ANSWERERS = frozenset({Role.OPERATOR, Role.SUPERVISOR, Role.ADMIN})
"""Who answers customers."""
LEADERS = frozenset({Role.SUPERVISOR, Role.ADMIN})
"""Who takes what others have, and is told when a promise breaks."""


async def answerers(uow: StaffUnit) -> list[Address]:
    """Return the private chats of those who answer customers."""
    return list(dict.fromkeys(member.address for member in await uow.staff.all() if member.role in ANSWERERS))


async def worker(uow: StaffUnit, address: Address) -> Address:
    """Return the private chat of who writes from `address`, be it from a room.

    Raises:
        NotStaffError: nobody who answers customers.
    """
    for own in await answerers(uow):
        if same_account(own, address):
            return own
    raise NotStaffError


async def leads(uow: StaffUnit, address: Address) -> bool:
    """Whether somebody may take what others have."""
    return bool(set(await uow.staff.roles(address)) & LEADERS)
