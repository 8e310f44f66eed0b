"""Invitations: a link that makes whoever follows it first one of the brand's people, once."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from bot.domain.messages import Address
from bot.domain.staff import Role, StaffMember
from bot.services.books import BookmarkBook
from bot.services.chance import Chance
from bot.services.staff import StaffBook

GOOD_FOR = timedelta(days=3)
CODE_LENGTH = 24
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_BITS = 5
_KEY = "staff.invitation:"
_USED = "used"


class InvitingUnit(Protocol):
    """What is needed of a unit of work."""

    @property
    def staff(self) -> StaffBook: ...
    @property
    def bookmarks(self) -> BookmarkBook: ...


async def invite(uow: InvitingUnit, role: Role, chance: Chance, *, now: datetime) -> str:
    """Make an invitation to a role; return its code. Only a hash of it is kept."""
    number = chance.below(1 << (_BITS * CODE_LENGTH))
    code = "".join(_ALPHABET[number >> (_BITS * place) & 31] for place in range(CODE_LENGTH))
    await uow.bookmarks.write(_key(code), f"{role} {(now + GOOD_FOR).isoformat()}")
    return code


async def accept(uow: InvitingUnit, code: str, by: Address, *, now: datetime) -> Role | None:
    """Give whoever brings a code its role; None for a code that is unknown, used or too old."""
    noted = await uow.bookmarks.read(_key(code))
    if not noted or noted == _USED:
        return None
    role, _, until = noted.partition(" ")
    if datetime.fromisoformat(until) <= now:
        return None
    await uow.bookmarks.write(_key(code), _USED)
    await uow.staff.add(StaffMember(address=by, role=Role(role)), at=now)
    return Role(role)


def _key(code: str) -> str:
    return _KEY + sha256(code.encode()).hexdigest()
