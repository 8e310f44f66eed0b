"""`klubok club acts`: the acts of erasure, each with its extract of what was erased."""

import asyncio
from collections.abc import Sequence

import typer

from bot.domain.members.erasure import ErasureAct
from bot.settings import load_settings
from bot.storage.database import open_database
from bot.storage.schema import prepare


def show_acts(*, database_url: str | None) -> None:
    """Print them all, oldest first.

    Raises:
        ConfigurationError, StorageError: the database cannot be read.
    """
    acts = asyncio.run(_acts(database_url or load_settings().database_url.get_secret_value()))
    for number, act in enumerate(acts, start=1):
        typer.echo("\n".join(_lines(number, act)))
    if not acts:
        typer.echo("Nobody was forgotten yet.")


def _lines(number: int, act: ErasureAct) -> Sequence[str]:
    erased = ", ".join(f"{name} {rows}" for name, rows in sorted(act.erased.items()))
    return [
        f"Act {number}, {act.at:%Y-%m-%d %H:%M} UTC",
        f"  operator: {act.operator}",
        f"  subject: {act.subject}",
        f"  reason: {act.reason}",
        f"  erased (rows): {erased or 'nothing was kept'}",
        f"  system: {act.system}",
        f"  method: {act.method}",
        f"  responsible: {act.responsible}",
    ]


async def _acts(url: str) -> Sequence[ErasureAct]:
    async with open_database(url) as database:
        await prepare(database)
        async with database.unit_of_work() as uow:
            return await uow.membership.privacy.acts()
