"""Nightly work: what is due, the books counted again, tiers, notices, gifts, old texts. In small parts, restartable.

How far it came is kept with what it did, so that whatever stops it, the next part goes on from there.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.loyalty.entry import AccountId
from bot.domain.loyalty.member import Member, MemberId
from bot.domain.loyalty.program import Program
from bot.domain.members.notices import NoticeKind
from bot.services.club.accruals import Accruals
from bot.services.club.gifts import Gifts
from bot.services.club.notices import LOST, Notices
from bot.services.club.points import Points
from bot.services.club.reconciliation import Reconciliation
from bot.services.ports import UnitOfWork

BEGINS = time(3)
"""When the work of a day begins, by the brand's clock: few people are awake, and the day has changed everywhere."""
PROGRESS = "club.nightly"
"""Bookmark: the day at work, its stage, how far."""
TOLD_UNTIL = "club.nightly.expiring"
"""Bookmark: up to which moment and account members were told that points expire."""
AGED_UNTIL = "club.nightly.aged"
"""Bookmark: the row up to which all words are old and blanked."""
_SETTLED, _COUNTED, _REVIEWED, _TOLD, _AGED = 100, 50, 50, 50, 500
"""How much a part does, so that nobody who writes meanwhile has to wait for long."""
_RECENT = timedelta(days=7)
"""A tier reached longer ago is no news."""

Digest: TypeAlias = Callable[[UnitOfWork, datetime], Awaitable[None]]
"""Has the staff told how the day was."""
Stage: TypeAlias = Callable[[UnitOfWork, datetime, int], Awaitable[int | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Progress:
    """The `day` whose work is at `stage`, done up to the id `after`; a `stage` behind the last one is a day done."""

    day: date = date.min
    stage: int = 0
    after: int = 0

    def next_stage(self) -> "_Progress":
        """Begin what comes after."""
        return _Progress(day=self.day, stage=self.stage + 1)


class Nightly:
    """Never commits: each call is a part, to be kept by itself.

    `kept_for` is how long what was said is kept; `digest` has the staff told how the day was.
    """

    def __init__(
        self,
        *,
        program: Callable[[], Program | None],
        zone: Callable[[], ZoneInfo],
        points: Points,
        notices: Notices,
        kept_for: timedelta | None = None,
        digest: Digest | None = None,
    ) -> None:
        self._program = program
        self._zone = zone
        self._points = points
        self._accruals = Accruals(points)
        self._notices = notices
        self._kept_for = kept_for
        self._gifts = Gifts(self._accruals, notices)
        self._reconciliation = Reconciliation()
        self._digest = digest
        self._stages: tuple[Stage, ...] = (
            self._count,
            self._review,
            self._warn,
            self._congratulate,
            self._age,
            self._report,
        )

    async def settle(self, uow: UnitOfWork, *, now: datetime) -> bool:
        """Do some of what is due, at any hour; False when nothing was."""
        program = self._program()
        if program is None:
            return False
        settled = await self._points.settle_some(uow, now=now, limit=_SETTLED)
        gained = [each.account for each in settled if each.activated > 0]
        members: Mapping[AccountId, Member] = await uow.club.members.by_accounts(gained)
        for member in members.values():
            await self._notices.plan(uow, program, member, NoticeKind.AVAILABLE, now=now)
        return bool(settled)

    async def announce(self, uow: UnitOfWork, *, now: datetime) -> bool:
        """Tell some of those whose tier is another one, at any hour; False when nobody's is."""
        program = self._program()
        if program is None:
            return False
        order = [tier.id for tier in program.tiers]
        since = now.astimezone(program.zone).date() - _RECENT
        found = await uow.membership.notices.untold_tiers(since=since, limit=_TOLD)
        for member, told in found:
            tier = member.standing.tier if member.standing else ""
            before = order.index(told) if told in order else 0
            if tier in order and order.index(tier) != before:
                change = () if order.index(tier) > before else (LOST,)
                await self._notices.plan(uow, program, member, NoticeKind.TIER, tier, *change, now=now)
            await uow.membership.notices.tell(member.id, NoticeKind.TIER, tier)
        return bool(found)

    async def advance(self, uow: UnitOfWork, *, now: datetime) -> bool:
        """Do a part of the day's work; False when it is done."""
        progress = await self._at_work(uow, now)
        if progress is None:
            return False
        last = await self._stages[progress.stage](uow, now, progress.after)
        await self._write(uow, progress.next_stage() if last is None else replace(progress, after=last))
        return True

    async def skip(self, uow: UnitOfWork, *, now: datetime) -> None:
        """Leave the stage that the day's work is at: it failed, and the others must not wait for it."""
        progress = await self._at_work(uow, now)
        if progress is not None:
            await self._write(uow, progress.next_stage())

    async def next_due_at(self, uow: UnitOfWork, *, now: datetime) -> datetime:
        """Tell when there is something to do next; in the past where there is."""
        if await self._at_work(uow, now) is not None:
            return now
        progress = await self._read(uow)
        begins = datetime.combine(progress.day + timedelta(days=1), BEGINS, tzinfo=self._zone()).astimezone(UTC)
        due = await uow.club.ledger.next_due_at() if self._program() is not None else None
        return begins if due is None else min(begins, due)

    async def _count(self, uow: UnitOfWork, now: datetime, after: int) -> int | None:
        """Count the books again; where they differ somebody is called."""
        if self._program() is None:
            return None
        counted = await self._reconciliation.count(uow, after=AccountId(after), limit=_COUNTED)
        if counted.differences:
            await self._reconciliation.alarm(uow, now=now)
        return counted.last

    async def _review(self, uow: UnitOfWork, now: datetime, after: int) -> int | None:
        """Bring tiers up to date: what was deserved is kept longer, what is not any more ends."""
        program = self._program()
        members = [] if program is None else await uow.club.members.active(after=MemberId(after), limit=_REVIEWED)
        for member in members:
            if program is not None:
                await self._accruals.review_tier(uow, program, member, now=now)
        return members[-1].id if len(members) == _REVIEWED else None

    async def _warn(self, uow: UnitOfWork, now: datetime, after: int) -> int | None:
        """Tell whose points expire soon, once for each day of expiry; goes on from where the last night came to.

        Points that live shorter than they would be told of before are not told of.
        """
        program = self._program()
        if program is None or not program.notices.expiry_days:
            return None
        since, account = await self._told_until(uow, now)
        until = now + timedelta(days=program.notices.expiry_days)
        found = await uow.club.ledger.expiring(since=since, after=account, until=until, limit=_TOLD)
        members = await uow.club.members.by_accounts([each.account for each in found])
        for each in found:
            day = (each.at - timedelta(microseconds=1)).astimezone(program.zone).date()
            if (member := members.get(each.account)) is not None:
                await self._notices.plan(uow, program, member, NoticeKind.EXPIRING, day.isoformat(), now=now)
        is_more = len(found) == _TOLD
        reached = (found[-1].at, found[-1].account) if is_more else (max(until, since), AccountId(0))
        await uow.bookmarks.write(TOLD_UNTIL, json.dumps([reached[0].isoformat(), reached[1]]))
        return after + 1 if is_more else None

    async def _congratulate(self, uow: UnitOfWork, now: datetime, after: int) -> int | None:
        """Give birthday gifts, of days that were missed as well."""
        program = self._program()
        return None if program is None else await self._gifts.give(uow, program, now=now, after=after)

    async def _age(self, uow: UnitOfWork, now: datetime, after: int) -> int | None:
        """Forget what was said long ago."""
        if self._kept_for is None:
            return None
        noted = int(await uow.bookmarks.read(AGED_UNTIL) or "0")
        aged = await uow.membership.privacy.age(now - self._kept_for, after=noted, limit=_AGED)
        if aged.last is not None:
            await uow.bookmarks.write(AGED_UNTIL, str(aged.last))
        return aged.last

    async def _report(self, uow: UnitOfWork, now: datetime, after: int) -> int | None:
        """Have the staff told how the day was."""
        if self._digest is not None:
            await self._digest(uow, now)
        return None

    async def _told_until(self, uow: UnitOfWork, now: datetime) -> tuple[datetime, AccountId]:
        noted = await uow.bookmarks.read(TOLD_UNTIL)
        if not noted:
            return now, AccountId(0)
        at, account = json.loads(noted)
        return datetime.fromisoformat(at), AccountId(account)

    def _day(self, now: datetime) -> date:
        """The day whose work has begun by now."""
        local = now.astimezone(self._zone())
        return local.date() if local.time() >= BEGINS else local.date() - timedelta(days=1)

    async def _at_work(self, uow: UnitOfWork, now: datetime) -> _Progress | None:
        """What is to be done next; None when the day's work is done."""
        progress = await self._read(uow)
        if progress.stage < len(self._stages):
            return progress
        day = self._day(now)
        return _Progress(day=day) if day > progress.day else None

    async def _read(self, uow: UnitOfWork) -> _Progress:
        noted = await uow.bookmarks.read(PROGRESS)
        if not noted:
            return _Progress(stage=len(self._stages))
        day, stage, after = json.loads(noted)
        return _Progress(day=date.fromisoformat(day), stage=stage, after=after)

    async def _write(self, uow: UnitOfWork, progress: _Progress) -> None:
        value = json.dumps([progress.day.isoformat(), progress.stage, progress.after])
        await uow.bookmarks.write(PROGRESS, value)
