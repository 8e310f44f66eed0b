"""Profiles: what members tell about themselves after they joined, and change."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.contact_data.birthday import day_of_year, iso_birthday, read_birthday
from bot.domain.contact_data.name import read_name
from bot.domain.errors import RuleViolationError
from bot.domain.loyalty.member import Member
from bot.domain.members.profile import ProfileField
from bot.domain.replies import Phrase
from bot.services.club.contact_data import EmailReader
from bot.services.club.membership import KnownBirthday
from bot.services.ports import UnitOfWork

OPTIONAL = frozenset({ProfileField.EMAIL, ProfileField.BIRTHDAY})
"""What may be taken back by itself."""
_NO_DAY = ""
"""Nobody celebrates on it."""
CHANGES_ALLOWED = 1
"""Of a birthday, by the member alone; afterwards people of the brand help."""


class Profiles:
    """Never commits. What it returns is as it is kept."""

    def __init__(self, emails: EmailReader) -> None:
        self._emails = emails

    async def check(
        self, uow: UnitOfWork, member: Member, field: ProfileField, typed: str, *, now: datetime, zone: ZoneInfo
    ) -> str:
        """Read what a member typed for a field other than the phone.

        Raises:
            InputError: it cannot be that.
            RuleViolationError: another member has it, or it may not be changed again.
        """
        match field:
            case ProfileField.EMAIL:
                return await self._email(uow, member, typed)
            case ProfileField.BIRTHDAY:
                return await self._birthday(uow, member, typed, now=now, zone=zone)
            case _:
                return read_name(typed)

    async def keep(self, uow: UnitOfWork, member: Member, values: dict[ProfileField, str], *, now: datetime) -> None:
        """Keep what was checked, in the place of what was there.

        Raises:
            ConflictError: another member was quicker with the same e-mail.
        """
        before = await uow.membership.profiles.get(member.id)
        await uow.membership.profiles.put(member.id, values)
        birthday = values.get(ProfileField.BIRTHDAY, "")
        if birthday and birthday != before.birthday:
            known = await uow.membership.birthdays.get(member.id)
            changes = known.changes + 1 if known is not None else 0
            day = birthday[-len("MM-DD") :]
            await uow.membership.birthdays.put(day, KnownBirthday(member=member.id, known_at=now, changes=changes))

    async def remove(self, uow: UnitOfWork, member: Member, field: ProfileField) -> None:
        """Forget what was told of a field that need not be told; how often a birthday was changed stays known."""
        await uow.membership.profiles.put(member.id, {field: ""})
        known = await uow.membership.birthdays.get(member.id) if field is ProfileField.BIRTHDAY else None
        if known is not None:
            await uow.membership.birthdays.put(_NO_DAY, known)

    async def may_change_birthday(self, uow: UnitOfWork, member: Member) -> bool:
        """Whether a member may tell another birthday than before."""
        known = await uow.membership.birthdays.get(member.id)
        return known is None or known.changes < CHANGES_ALLOWED

    async def _email(self, uow: UnitOfWork, member: Member, typed: str) -> str:
        email = self._emails.read(typed)
        if await uow.membership.profiles.whose(ProfileField.EMAIL, email.key) not in {None, member.id}:
            raise RuleViolationError(Phrase("profile-email-taken"))
        return email.address

    async def _birthday(self, uow: UnitOfWork, member: Member, typed: str, *, now: datetime, zone: ZoneInfo) -> str:
        """Day and month are all that a gift needs, so no year is kept."""
        birthday = read_birthday(typed, today=now.astimezone(zone).date(), with_year=False)
        before = (await uow.membership.profiles.get(member.id)).birthday
        is_new = not before.endswith(day_of_year(birthday))
        if is_new and not await self.may_change_birthday(uow, member):
            raise RuleViolationError(Phrase("profile-birthday-fixed"))
        return iso_birthday(birthday) if is_new else before
