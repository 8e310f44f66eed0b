"""`klubok db`: the tables, by hand."""

import asyncio
from collections.abc import Awaitable, Callable

import typer

from bot.cli.errors import EXIT_PROBLEMS
from bot.settings import load_settings
from bot.storage.database import Database, open_database
from bot.storage.schema import SchemaState, check, upgrade


def upgrade_database() -> None:
    """Bring the tables up to date."""
    state = _with_database(upgrade)
    typer.echo(f"The database is at revision {state.current}.")


def check_database() -> None:
    """Tell whether the tables fit; exit code 1 when they do not."""
    state = _with_database(check)
    typer.echo(describe(state))
    if not state.is_current:
        raise typer.Exit(EXIT_PROBLEMS)


def describe(state: SchemaState) -> str:
    """Say how the tables fit, and what to do when they do not."""
    if state.is_current:
        return f"The database is at revision {state.current}, as this version wants it."
    if state.is_newer:
        return f"A newer Klubok made the database (revision {state.current}): upgrade the program."
    return f"The database is at revision {state.current or 'none'}, not {state.head}: run `klubok db upgrade`."


def _with_database(work: Callable[[Database], Awaitable[SchemaState]]) -> SchemaState:
    async def run() -> SchemaState:
        async with open_database(load_settings().database_url.get_secret_value()) as database:
            return await work(database)

    return asyncio.run(run())
