"""Auditing: what the staff does for members is for some only, is found by card or phone, and is written down."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.audit import AuditAction, AuditLine
from bot.domain.errors import InputError, RuleViolationError
from bot.domain.loyalty.card import read_card
from bot.domain.loyalty.member import Member, MemberId
from bot.domain.members.profile import ProfileField
from bot.domain.messages import Address
from bot.domain.replies import Phrase
from bot.domain.staff import Role
from bot.services.club.contact_data import PhoneReader
from bot.services.ports import UnitOfWork
from bot.services.staff import may


class MemberFinder:
    """Finds members by what they tell: their card, or their phone, written as in `region`."""

    def __init__(self, phones: PhoneReader, *, region: str) -> None:
        self._phones = phones
        self._region = region

    async def find(self, uow: UnitOfWork, text: str) -> Member:
        """Return the member with this card or phone.

        Raises:
            RuleViolationError: there is none.
        """
        member = await self._by_card(uow, text) or await self._by_phone(uow, text)
        if member is None or not member.is_active:
            raise RuleViolationError(Phrase("staff-member-unknown"))
        return member

    async def _by_card(self, uow: UnitOfWork, text: str) -> Member | None:
        try:
            return await uow.club.members.by_card(read_card(text, prefix=""))
        except InputError:
            return None

    async def _by_phone(self, uow: UnitOfWork, text: str) -> Member | None:
        try:
            phone = self._phones.read(text, region=self._region).number
        except InputError:
            return None
        member = await uow.membership.profiles.whose(ProfileField.PHONE, phone)
        return None if member is None else await uow.club.members.get(member)


async def demand(uow: UnitOfWork, by: Address, roles: Collection[Role]) -> None:
    """Let nobody pass without one of `roles`.

    Raises:
        RuleViolationError: it is not for them.
    """
    if not await may(uow, by, roles):
        raise RuleViolationError(Phrase("desk-not-yours"))


async def demand_another(uow: UnitOfWork, by: Address, member: Member) -> None:
    """Let nobody change the points of their own card.

    Raises:
        RuleViolationError: it is theirs.
    """
    mine = await uow.club.members.who(by)
    if mine is not None and mine.id == member.id:
        raise RuleViolationError(Phrase("staff-adjust-own"))


async def write_down(
    uow: UnitOfWork, action: AuditAction, *, by: Address, member: MemberId, now: datetime, note: str = ""
) -> None:
    """Add a line to the audit log."""
    await uow.membership.audit.add(AuditLine(at=now, by=by, action=action, member=member, note=note))
