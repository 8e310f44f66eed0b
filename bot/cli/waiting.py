"""Waiting: what waits for people of the brand, as `klubok status` tells it."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.loyalty.program import CodeOrigin, Program
from bot.domain.staff import REVIEWERS
from bot.services.club.reconciliation import Reconciliation
from bot.services.desk.workers import answerers
from bot.services.ports import UnitOfWork
from bot.services.staff import those_who

FEW_CODES = 20
_MOST = 1000
_MINUTE = 60


async def what_waits(uow: UnitOfWork, program: Program | None, *, now: datetime) -> list[str]:
    """Return lines about what waits for people: customers, receipts, codes that run out; none where all is well."""
    lines = await _customers(uow, now=now)
    if program is not None:
        lines += [*await _books(uow), *await _receipts(uow), *await _codes(uow, program)]
    return lines


async def _customers(uow: UnitOfWork, *, now: datetime) -> list[str]:
    queue = await uow.desk.tickets.queue()
    if not queue:
        return []
    since = min(ticket.owed_since or ticket.opened_at for ticket in queue)
    waited = (
        f"{len(queue)} customers wait for a person, the first for {int((now - since).total_seconds() // _MINUTE)} min"
    )
    return [waited, *([] if await answerers(uow) else [_nobody("answer them", "operator")])]


async def _books(uow: UnitOfWork) -> list[str]:
    reason = await Reconciliation().is_stopped(uow)
    return [f"nobody can spend points: {reason}; see klubok club reconcile, then klubok club resume"] if reason else []


async def _receipts(uow: UnitOfWork) -> list[str]:
    claims = await uow.purchases.claims.waiting(limit=_MOST)
    if not claims:
        return []
    waiting = f"{len(claims)} receipts wait to be looked at"
    return [waiting, *([] if await those_who(uow, REVIEWERS) else [_nobody("look at them", "operator")])]


async def _codes(uow: UnitOfWork, program: Program) -> list[str]:
    left = await uow.club.rewards.codes_left()
    return list(_running_out(program, {reward: left.get(reward, 0) for reward in _imported(program)}))


def _imported(program: Program) -> Iterator[str]:
    return (reward.id for reward in program.rewards if reward.codes is CodeOrigin.IMPORTED)


def _running_out(program: Program, left: dict[str, int]) -> Iterator[str]:
    for reward, codes in left.items():
        if codes < FEW_CODES:
            yield f"reward {reward}: {codes} imported codes are left; stock it: klubok club vouchers {reward} FILE"


def _nobody(what: str, role: str) -> str:
    return f"  and there is nobody to {what}: klubok staff add CHANNEL:ACCOUNT {role}"
