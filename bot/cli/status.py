"""`klubok status`: the pack, the database, and what waits in it."""

import asyncio
import re
from collections.abc import Sequence
from datetime import timedelta

import typer

from bot.cli.db import describe
from bot.cli.errors import EXIT_PROBLEMS
from bot.cli.progress import progress_bars
from bot.cli.waiting import what_waits
from bot.domain.loyalty.program import Program
from bot.domain.problems import Problem, Severity
from bot.knowing import read_pack
from bot.knowledge.pack.loader import LoadedPack
from bot.runtime.clock import SystemClock
from bot.services.ports import DeadLetter
from bot.settings import Settings, load_settings
from bot.storage.database import Database, open_database
from bot.storage.schema import check

_MEANING = {
    "in:waiting": "events that wait for an answer",
    "in:handled": "events answered",
    "in:failed": "events that could not be read",
    "out:queued": "messages that wait to be sent",
    "out:sent": "messages sent",
    "out:unknown": "messages that may not have arrived (the connection broke)",
    "out:unreachable": "messages for people who blocked us or are gone",
    "out:failed": "messages given up (dead letters)",
}
_FATE = {
    "failed": "given up",
    "unknown": "may not have arrived",
    "queued": "may have arrived, is sent once more",
    "sent": "sent once more, may have arrived twice",
    "unreachable": "may have arrived, before its reader blocked us",
}
MOST_LETTERS = 10
_LATELY = timedelta(days=1)
_LONGEST_ERROR = 120
_PRIVATE = re.compile(r"\"[^\"]*\"?|«[^»]*»?|“[^”]*”?|(?<!\w)'[^']*'?|@\w+|\d{5,}")
"""What in a platform's error may be somebody's words, name or number."""


def show_status() -> None:
    """Print how things are; exit code 1 when the pack or the database is of no use, or messages failed within a day."""
    settings = load_settings()
    loaded = _show_pack(settings)
    program = loaded.pack.program if loaded.pack is not None else None
    is_well = asyncio.run(_show_database(settings, program))
    if not is_well or _errors(loaded):
        raise typer.Exit(EXIT_PROBLEMS)


def _show_pack(settings: Settings) -> LoadedPack:
    with progress_bars() as progress:
        loaded = read_pack(settings, settings.pack, progress=progress)
    typer.echo(f"Pack {settings.pack}: {_summary(loaded)}")
    for problem in _errors(loaded):
        typer.echo(f"  {problem}")
    return loaded


def _summary(loaded: LoadedPack) -> str:
    if loaded.pack is None:
        return f"cannot be used, {len(_errors(loaded))} errors; `klubok pack check` shows all"
    pack = loaded.pack
    known = f"{len(pack.catalogue.offers)} offers, {len(pack.faq)} FAQ entries, {len(pack.articles)} articles"
    return f"{pack.brand.name}: {known}, {len(loaded.problems)} warnings"


def _errors(loaded: LoadedPack) -> list[Problem]:
    return [problem for problem in loaded.problems if problem.severity is Severity.ERROR]


async def _show_database(settings: Settings, program: Program | None) -> bool:
    async with open_database(settings.database_url.get_secret_value()) as database:
        state = await check(database)
        typer.echo(describe(state))
        return state.is_current and await _show_rows(database, program)


async def _show_rows(database: Database, program: Program | None) -> bool:
    now = SystemClock().now()
    async with database.unit_of_work(is_reading=True) as uow:
        counts = await uow.transcript.count_by_status()
        lately = await uow.transcript.count_by_status(since=now - _LATELY)
        waiting = await what_waits(uow, program, now=now)
        due_at = await uow.timers.next_due_at()
        dead = await uow.transcript.dead_letters(MOST_LETTERS)
    for status, meaning in _MEANING.items():
        typer.echo(f"{counts.get(status, 0):>10} {meaning}")
    typer.echo(f"Next timer: {due_at.isoformat() if due_at else 'none'}")
    for line in waiting:
        typer.echo(line)
    _show_letters(dead)
    return not lately.get("out:failed") and not lately.get("in:failed")


def _show_letters(dead: Sequence[DeadLetter]) -> None:
    """List the latest messages that went astray: neither texts nor people."""
    if dead:
        typer.echo(f"The latest messages that went astray, at most {MOST_LETTERS}:")
    for letter in dead:
        why = f" ({_harmless(letter.error)})" if letter.error else ""
        typer.echo(f"  {letter.said_at:%Y-%m-%d %H:%M:%S}Z {letter.channel}: {_FATE[letter.status]}{why}")


def _harmless(error: str) -> str:
    line = " ".join(_PRIVATE.sub("…", error).split())
    return line if len(line) <= _LONGEST_ERROR else f"{line[:_LONGEST_ERROR]}…"
