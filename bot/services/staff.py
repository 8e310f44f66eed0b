"""Staff: who of the brand works here, as a protocol of storage."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.messages import Address
from bot.domain.staff import Role, StaffMember


class StaffBook(Protocol):
    """People of the brand. One is known by their account on a platform, from whichever chat they write."""

    async def add(self, member: StaffMember, *, at: datetime) -> bool:
        """Give somebody a role; False when they had it."""
        ...

    async def remove(self, address: Address, role: Role | None = None) -> int:
        """Take a role, or all of them; return how many were taken."""
        ...

    async def all(self) -> Sequence[StaffMember]:
        """Return everybody, by platform, account and role."""
        ...

    async def roles(self, address: Address) -> Collection[Role]:
        """Return what somebody may do; nothing for a customer."""
        ...


class StaffUnit(Protocol):
    """What is needed of a unit of work."""

    @property
    def staff(self) -> StaffBook: ...


async def those_who(uow: StaffUnit, roles: Collection[Role]) -> list[Address]:
    """Return where people with one of `roles` are reached, each once."""
    found = [member.address for member in await uow.staff.all() if member.role in roles]
    return list(dict.fromkeys(found))


async def may(uow: StaffUnit, address: Address, roles: Collection[Role]) -> bool:
    """Whether somebody has one of `roles`."""
    return bool(set(await uow.staff.roles(address)) & set(roles))
