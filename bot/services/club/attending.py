"""Attending: what the staff does for members: look them up, points by hand, vouchers. Every look is written down."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.audit import AdjustmentId, AskedAdjustment, AuditAction
from bot.domain.contact_data.birthday import day_of_year, iso_birthday, read_birthday
from bot.domain.errors import InsufficientPointsError, RuleViolationError
from bot.domain.loyalty.member import Member, MemberId
from bot.domain.loyalty.program import Program
from bot.domain.loyalty.voucher import Voucher
from bot.domain.members.profile import Profile, ProfileField
from bot.domain.messages import Address
from bot.domain.replies import Phrase
from bot.domain.staff import Role
from bot.services.club.adjustments import Adjustments
from bot.services.club.auditing import MemberFinder, demand, demand_another, write_down
from bot.services.club.membership import KnownBirthday
from bot.services.club.profiles import CHANGES_ALLOWED
from bot.services.club.rewards import Rewards
from bot.services.ports import UnitOfWork

_DAY = timedelta(days=1)
_LOOKED_BACK = 500
_POINTS = re.compile(r"-?[0-9]+")
"""The note of points that were given or taken at once; those agreed to have a number of their own."""
ATTENDERS = frozenset({Role.OPERATOR, Role.SUPERVISOR, Role.ADMIN})
"""Who looks members up and does something for them."""
APPROVERS = frozenset({Role.SUPERVISOR, Role.ADMIN})
"""Who agrees to points above the limit that somebody else asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A member whom somebody looked up. `profile` is whole: whoever shows it masks it."""

    member: Member
    profile: Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjusted:
    """What came of wanted points: given or taken, or `waiting` for a second person; `asked_by` is who wanted them."""

    member: Member
    points: int
    asked_by: Address
    waiting: AdjustmentId | None = None


class Attending:
    """Never commits. Who may not, gets a RuleViolationError; who may, leaves a line in the audit log."""

    def __init__(self, adjustments: Adjustments, rewards: Rewards, finder: MemberFinder) -> None:
        self._adjustments = adjustments
        self._rewards = rewards
        self._finder = finder

    async def look(self, uow: UnitOfWork, text: str, *, by: Address, now: datetime) -> Seen:
        """Find a member by card or phone.

        Raises:
            RuleViolationError: not for them, or nobody has that card or phone.
        """
        await demand(uow, by, ATTENDERS)
        member = await self._finder.find(uow, text.strip())
        await write_down(uow, AuditAction.LOOKED, by=by, member=member.id, now=now)
        return Seen(member=member, profile=await uow.membership.profiles.get(member.id))

    async def reveal(self, uow: UnitOfWork, member: MemberId, reason: str, *, by: Address, now: datetime) -> Seen:
        """Return what a member told, to be shown whole; the reason is written down.

        Raises:
            RuleViolationError: not for them, or there is no such member.
        """
        await demand(uow, by, ATTENDERS)
        found = await uow.club.members.get(member)
        if found is None or not found.is_active:
            raise RuleViolationError(Phrase("staff-member-unknown"))
        await write_down(uow, AuditAction.REVEALED, by=by, member=member, note=reason, now=now)
        return Seen(member=found, profile=await uow.membership.profiles.get(member))

    async def adjust(
        self,
        uow: UnitOfWork,
        program: Program,
        card: str,
        points: int,
        reason: str,
        *,
        by: Address,
        key: str,
        now: datetime,
    ) -> Adjusted:
        """Give `points`, or take them where they are below 0; above the limit of the programme a second person decides.

        The limit is for all that one person gives or takes of a member within a day.

        Raises:
            RuleViolationError: not for them, no such member, their own card, no reason, or not so many points.
        """
        await demand(uow, by, ATTENDERS)
        member = await self._finder.find(uow, card)
        await demand_another(uow, by, member)
        if not reason.strip():
            raise RuleViolationError(Phrase("club-adjust-reason"))
        if abs(points) + await _adjusted_lately(uow, member, by, now=now) > program.adjust_limit:
            asked = AskedAdjustment(
                id=AdjustmentId(0), member=member.id, points=points, reason=reason.strip(), asked_by=by, asked_at=now
            )
            number = await uow.membership.audit.ask(asked)
            note = f"adjustment:{number}"
            await write_down(uow, AuditAction.ASKED_TO_ADJUST, by=by, member=member.id, note=note, now=now)
            return Adjusted(member=member, points=points, asked_by=by, waiting=number)
        with _told_to_staff():
            await self._adjustments.adjust(
                uow, program, member, points, actor=_named(by), reason=reason, key=key, now=now
            )
        await write_down(uow, AuditAction.ADJUSTED, by=by, member=member.id, note=str(points), now=now)
        return Adjusted(member=member, points=points, asked_by=by)

    async def decide(
        self,
        uow: UnitOfWork,
        program: Program,
        number: AdjustmentId,
        *,
        by: Address,
        is_agreed: bool,
        now: datetime,
    ) -> Adjusted:
        """Agree to points that somebody else wants given, or refuse them; the first who decides does.

        Raises:
            RuleViolationError: not for them, their own wish or card, decided already, or there are not so many points.
        """
        await demand(uow, by, APPROVERS)
        asked = await uow.membership.audit.asked(number)
        member = await uow.club.members.get(asked.member) if asked is not None else None
        if asked is None or member is None or asked.decided_by is not None:
            raise RuleViolationError(Phrase("staff-adjust-decided"))
        if _named(asked.asked_by) == _named(by):
            raise RuleViolationError(Phrase("club-adjust-second", {"limit": program.adjust_limit}))
        await demand_another(uow, by, member)
        await uow.membership.audit.decide(number, by=by, at=now)
        action = AuditAction.ADJUSTED if is_agreed else AuditAction.REFUSED_TO_ADJUST
        await write_down(uow, action, by=by, member=member.id, note=f"adjustment:{number}", now=now)
        if is_agreed:
            await self._agreed(uow, program, member, asked, by=by, now=now)
        return Adjusted(member=member, points=asked.points, asked_by=asked.asked_by)

    async def _agreed(
        self, uow: UnitOfWork, program: Program, member: Member, asked: AskedAdjustment, *, by: Address, now: datetime
    ) -> None:
        with _told_to_staff():
            await self._adjustments.adjust(
                uow,
                program,
                member,
                asked.points,
                actor=_named(asked.asked_by),
                approver=_named(by),
                reason=asked.reason,
                key=f"asked:{asked.id}",
                now=now,
            )

    async def correct_birthday(
        self, uow: UnitOfWork, program: Program, card: str, typed: str, *, by: Address, now: datetime
    ) -> Member:
        """Put another birthday in the place of what a member told wrongly; a gift comes once it is known long enough.

        Raises:
            RuleViolationError: not for them, no such member, or that is no day.
        """
        await demand(uow, by, ATTENDERS)
        member = await self._finder.find(uow, card)
        born = read_birthday(typed, today=now.astimezone(program.zone).date(), with_year=False)
        await uow.membership.profiles.put(member.id, {ProfileField.BIRTHDAY: iso_birthday(born)})
        known = KnownBirthday(member=member.id, known_at=now, changes=CHANGES_ALLOWED)
        await uow.membership.birthdays.put(day_of_year(born), known)
        await write_down(uow, AuditAction.CORRECTED_BIRTHDAY, by=by, member=member.id, now=now)
        return member

    async def voucher(self, uow: UnitOfWork, code: str, *, by: Address, now: datetime) -> tuple[Voucher, Seen]:
        """Find a voucher and whose it is.

        Raises:
            RuleViolationError: not for them, or there is no such code.
        """
        await demand(uow, by, ATTENDERS)
        voucher = await uow.club.rewards.by_code(code.strip().upper())
        member = await uow.club.members.get(voucher.member) if voucher is not None else None
        if voucher is None or member is None:
            raise RuleViolationError(Phrase("staff-voucher-unknown"))
        await write_down(uow, AuditAction.LOOKED_AT_VOUCHER, by=by, member=member.id, now=now)
        return voucher, Seen(member=member, profile=await uow.membership.profiles.get(member.id))

    async def use(self, uow: UnitOfWork, code: str, *, by: Address, now: datetime) -> Voucher:
        """Take a voucher in, once.

        Raises:
            RuleViolationError: not for them, no such code, or it is used, refunded or too old.
        """
        await demand(uow, by, ATTENDERS)
        voucher = await self._rewards.use(uow, code=code, now=now)
        await write_down(uow, AuditAction.USED_VOUCHER, by=by, member=voucher.member, now=now)
        return voucher

    async def refund(self, uow: UnitOfWork, program: Program, code: str, *, by: Address, now: datetime) -> Voucher:
        """Take an unused voucher back and give its points back.

        Raises:
            RuleViolationError: not for them, no such code, or it is used or refunded.
        """
        voucher, seen = await self.voucher(uow, code, by=by, now=now)
        await self._rewards.refund(uow, program, seen.member, code=voucher.code, now=now)
        await write_down(uow, AuditAction.REFUNDED_VOUCHER, by=by, member=voucher.member, now=now)
        return voucher


@contextmanager
def _told_to_staff() -> Iterator[None]:
    """Say it as to somebody whose points they are not."""
    try:
        yield
    except InsufficientPointsError as refused:
        raise RuleViolationError(Phrase("staff-adjust-too-few", {"available": refused.available})) from refused


async def _adjusted_lately(uow: UnitOfWork, member: Member, by: Address, *, now: datetime) -> int:
    """Count what somebody gave and took of a member without a second person."""
    lines = await uow.membership.audit.lines(member=member.id, limit=_LOOKED_BACK)
    return sum(
        abs(int(line.note))
        for line in lines
        if line.action is AuditAction.ADJUSTED
        and _named(line.by) == _named(by)
        and now - line.at < _DAY
        and _POINTS.fullmatch(line.note)
    )


def _named(address: Address) -> str:
    return f"{address.channel}:{address.user_id}"
