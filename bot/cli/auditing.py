"""`klubok club audit`: who of the staff looked at whom, and what they did."""

import asyncio
from collections.abc import Sequence

import typer

from bot.domain.audit import AuditLine
from bot.settings import load_settings
from bot.storage.database import open_database
from bot.storage.schema import prepare


def show_audit(*, limit: int, database_url: str | None) -> None:
    """Print the latest lines, oldest first.

    Raises:
        ConfigurationError, StorageError: the database cannot be read.
    """
    lines = asyncio.run(_lines(limit, database_url or load_settings().database_url.get_secret_value()))
    for line in lines:
        who = f"{line.by.channel}:{line.by.user_id}"
        whom = "" if line.member is None else f" member {line.member}"
        typer.echo(f"{line.at:%Y-%m-%d %H:%M} {who} {line.action}{whom}{f' ({line.note})' if line.note else ''}")
    if not lines:
        typer.echo("Nobody looked at anybody yet.")


async def _lines(limit: int, url: str) -> Sequence[AuditLine]:
    async with open_database(url) as database:
        await prepare(database)
        async with database.unit_of_work() as uow:
            return await uow.membership.audit.lines(limit=limit)
