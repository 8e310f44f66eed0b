"""`klubok club reconcile`, `resume` and `settle`: the nightly work of the club, by hand."""

import asyncio

import typer

from bot.cli.errors import EXIT_PROBLEMS
from bot.cli.log import log_settings, open_log
from bot.cli.progress import progress_bars
from bot.domain.errors import ConfigurationError
from bot.domain.loyalty.audit import Difference
from bot.domain.loyalty.entry import AccountId
from bot.knowledge.progress import Progress
from bot.runtime.clock import SystemClock
from bot.services.club.points import Points
from bot.services.club.reconciliation import Reconciliation
from bot.storage.database import Database

_ACCOUNTS = 200
_DUE = 500


def reconcile(*, database_url: str | None) -> None:
    """Print every difference; exit code 1 when there are some."""
    with progress_bars() as progress:
        accounts, differences = asyncio.run(_reconcile(database_url, progress))
    for difference in differences:
        typer.echo(str(difference))
    typer.echo(f"Accounts counted again: {accounts}, differences: {len(differences)}")
    if differences:
        typer.echo("Nobody can spend points until `klubok club resume`.", err=True)
        raise typer.Exit(EXIT_PROBLEMS)


def resume(*, database_url: str | None) -> None:
    """Let points be spent again, unless something still differs."""
    with progress_bars() as progress:
        reason = asyncio.run(_resume(database_url, progress))
    typer.echo(
        f"Points can be spent again. Redemption was stopped because: {reason}" if reason else "Nothing was stopped."
    )


def settle(*, database_url: str | None) -> None:
    """Print in how many accounts something was due."""
    with progress_bars() as progress:
        accounts = asyncio.run(_settle(database_url, progress))
    typer.echo(f"Accounts in which something was due: {accounts}")


async def _reconcile(database_url: str | None, progress: Progress) -> tuple[int, list[Difference]]:
    async with open_log(log_settings(None, database_url)) as database:
        return await _count_all(database, progress)


async def _count_all(database: Database, progress: Progress) -> tuple[int, list[Difference]]:
    """Part by part, each in a transaction of its own, so that nobody has to wait for the whole."""
    accounts, differences, last = 0, list[Difference](), AccountId(0)
    while True:
        async with database.unit_of_work() as uow:
            part = await Reconciliation().count(uow, after=last, limit=_ACCOUNTS)
            await uow.commit()
        accounts += part.accounts
        differences.extend(part.differences)
        progress("accounts", accounts, None)
        if part.last is None:
            return accounts, differences
        last = part.last


async def _resume(database_url: str | None, progress: Progress) -> str:
    async with open_log(log_settings(None, database_url)) as database:
        async with database.unit_of_work(is_reading=True) as uow:
            reason = await Reconciliation().is_stopped(uow)
        if not reason:
            return ""
        _, differences = await _count_all(database, progress)
        if differences:
            raise ConfigurationError(f"something still differs: {differences[0]}")
        async with database.unit_of_work() as uow:
            await Reconciliation().resume(uow)
            await uow.commit()
    return reason


async def _settle(database_url: str | None, progress: Progress) -> int:
    """Every part is kept by itself: whatever stops this, the next run goes on from there."""
    now, points, done = SystemClock().now(), Points(), 0
    async with open_log(log_settings(None, database_url)) as database:
        async with database.unit_of_work(is_reading=True) as uow:
            due = await uow.club.ledger.count_due(now=now)
        while True:
            async with database.unit_of_work() as uow:
                found = await points.settle(uow, now=now, limit=_DUE)
                await uow.commit()
            if not found:
                return done
            done += found
            progress("due", min(done, due), due)
