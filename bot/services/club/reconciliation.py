"""Reconciliation: every account counted again from zero; a difference stops redemption and raises an alarm."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.actions import Action
from bot.domain.loyalty.audit import Difference, audit
from bot.domain.loyalty.entry import AccountId
from bot.domain.staff import REVIEWERS
from bot.domain.timer import Timer
from bot.services.club.points import STOPPED
from bot.services.club.ports import ClubUnit
from bot.services.ports import UnitOfWork
from bot.services.staff import those_who

logger = logging.getLogger(__name__)

ALARM = "reviews.alarm"
"""The action that tells people of the brand why nobody may spend."""
_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """A part of the accounts: the last one counted, None behind the end; and what does not agree."""

    last: AccountId | None
    accounts: int = 0
    differences: tuple[Difference, ...] = ()


class Reconciliation:
    """Counts again, part by part. Never commits."""

    async def count(self, unit: ClubUnit, *, after: AccountId, limit: int) -> Reconciled:
        """Count the accounts behind `after` again. Where something differs, nobody spends until `resume`.

        There is a line of the log for each difference.
        """
        books = await unit.club.ledger.books(after=after, limit=limit)
        differences = [difference for each in books for difference in audit(each)]
        if differences:
            await self._stop(unit, differences)
        last = books[-1].account.id if len(books) == limit else None
        return Reconciled(last=last, accounts=len(books), differences=tuple(differences))

    async def alarm(self, uow: UnitOfWork, *, now: datetime) -> None:
        """Have those who look at receipts told, at any hour: until somebody looks, nobody gets anything for points."""
        for address in await those_who(uow, REVIEWERS):
            await uow.timers.set(Timer(key=ALARM, address=address, due_at=now, action=Action(ALARM)))

    async def is_stopped(self, unit: ClubUnit) -> str:
        """Tell why nobody may spend; empty when everybody may."""
        return await unit.bookmarks.read(STOPPED) or ""

    async def resume(self, unit: ClubUnit) -> None:
        """Let points be spent again: somebody has looked at what differed."""
        await unit.bookmarks.write(STOPPED, "")

    async def _stop(self, unit: ClubUnit, differences: Sequence[Difference]) -> None:
        for difference in differences:
            logger.error("club.books_differ %s", difference)
        await unit.bookmarks.write(STOPPED, "; ".join(map(str, differences))[:_LONGEST_REASON])
