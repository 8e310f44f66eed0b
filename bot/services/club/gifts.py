"""Gifts: points for a birthday, once a year, to those whose day was known long enough before."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.domain.contact_data.birthday import Birthday, LeapDay, celebrated_on, day_of_year, earns_gift
from bot.domain.loyalty.member import Member, MemberId
from bot.domain.loyalty.program import Program, RuleKind
from bot.domain.members.notices import NoticeKind
from bot.services.club.accruals import Accruals
from bot.services.club.notices import Notices
from bot.services.ports import UnitOfWork

GIVEN_UNTIL = "club.nightly.birthdays"
"""Bookmark: the last day whose birthdays were all congratulated."""
_MOST_MISSED = timedelta(days=14)
"""Days that are made up for after the program stood still."""
_AT_ONCE = 50
_LEAP_DAY = Birthday(day=29, month=2)


class Gifts:
    """Never commits."""

    def __init__(self, accruals: Accruals, notices: Notices, leap_day: LeapDay = LeapDay.EARLY) -> None:
        self._accruals = accruals
        self._notices = notices
        self._leap_day = leap_day

    async def give(self, uow: UnitOfWork, program: Program, *, now: datetime, after: int) -> int | None:
        """Give some of the gifts of the first day that is not done yet, to members behind `after`.

        Return up to whom, 0 where the next day is to be done, None when today is done. Locks their accounts.
        """
        today = now.astimezone(program.zone).date()
        day = await self._next_day(uow, today)
        if day > today:
            return None
        found = await uow.membership.birthdays.celebrating(self._keys(day), after=MemberId(after), limit=_AT_ONCE)
        for known in found:
            known_on = known.known_at.astimezone(program.zone).date()
            member = await uow.club.members.get(known.member)
            if member is not None and member.is_active and earns_gift(known_on=known_on, celebrated=day):
                await self._congratulate(uow, program, member, year=day.year, now=now)
        if len(found) == _AT_ONCE:
            return found[-1].member
        await uow.bookmarks.write(GIVEN_UNTIL, day.isoformat())
        return 0 if day < today else None

    async def _congratulate(
        self, uow: UnitOfWork, program: Program, member: Member, *, year: int, now: datetime
    ) -> None:
        """Once a year, whatever becomes of the day meanwhile."""
        entries = await self._accruals.happened(
            uow, program, member, kind=RuleKind.BIRTHDAY, occasion=str(year), now=now
        )
        points = sum(entry.points for entry in entries if entry.at == now)  # an earlier one was this year's gift
        if points:
            await self._notices.plan(uow, program, member, NoticeKind.BIRTHDAY, str(points), now=now)

    async def _next_day(self, uow: UnitOfWork, today: date) -> date:
        noted = await uow.bookmarks.read(GIVEN_UNTIL)
        if not noted:
            return today
        return max(date.fromisoformat(noted) + timedelta(days=1), today - _MOST_MISSED)

    def _keys(self, day: date) -> Sequence[str]:
        """The birthdays that are celebrated on `day`."""
        keys = {day_of_year(Birthday(day=day.day, month=day.month))}
        if celebrated_on(_LEAP_DAY, day.year, self._leap_day) == day:
            keys.add(day_of_year(_LEAP_DAY))
        return sorted(keys)
