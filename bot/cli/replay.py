"""`klubok replay`: the questions of the log, asked again."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import typer
from pydantic import SecretStr

from bot.app import App, make_app
from bot.channels.console.channel import ConsoleChannel
from bot.channels.console.parse import CONSOLE
from bot.cli.chat import IN_MEMORY
from bot.cli.log import log_settings, open_log, read_since
from bot.cli.progress import progress_bars
from bot.domain.fitting import shorten
from bot.domain.logged import LoggedQuestion, whole
from bot.domain.masking import masked
from bot.domain.replay import Replayed, changes, outline, turns, written
from bot.knowing import Knowledge, open_knowledge
from bot.log import configure_logging
from bot.runtime.clock import MovableClock
from bot.services.gaps import logged_questions
from bot.settings import Settings

_LONGEST_EXAMPLE = 120


def replay_log(*, since: str | None, limit: int, pack: Path | None, database_url: str | None) -> None:
    """Print the answers that would change, and how many."""
    settings = log_settings(pack, database_url)
    configure_logging("ERROR")
    with progress_bars() as progress:
        questions = asyncio.run(_read(settings, read_since(since), lambda count: progress("log", count, None)))
        knowledge = open_knowledge(settings, progress=progress)
        replayed = asyncio.run(
            _ask(questions, settings, knowledge, lambda done: progress("questions", done, len(questions)))
        )
    changed = changes(replayed)
    for each, count in changed[:limit]:
        typer.echo(f"{count}×  “{shorten(' '.join(each.text.split()), _LONGEST_EXAMPLE)}”")
        typer.echo(f"    {written(each.before)} → {written(each.after)}")
    if len(changed) > limit:
        typer.echo(f"… and {len(changed) - limit} more")
    typer.echo(f"Questions: {len(replayed)}, answers that would change: {sum(count for _, count in changed)}")
    for turn, count in turns(changed).most_common():
        typer.echo(f"{count:>6} {turn}")


async def _read(settings: Settings, since: datetime | None, tell: Callable[[int], None]) -> Sequence[LoggedQuestion]:
    async with open_log(settings) as database, database.unit_of_work(is_reading=True) as uow:
        logged = [question async for question in logged_questions(uow, tell=tell)]
    return [question for question in whole(logged) if since is None or question.event.at >= since]


async def _ask(
    questions: Sequence[LoggedQuestion], settings: Settings, knowledge: Knowledge, tell: Callable[[int], None]
) -> list[Replayed]:
    """Ask through the whole core, over an empty database in memory, at the times of the log.

    Presses that led to answers are played too: what is asked next may be about what they showed.
    """
    channel, replayed = ConsoleChannel(), list[Replayed]()
    aside = settings.model_copy(update={"database_url": SecretStr(IN_MEMORY)})
    clock = MovableClock(questions[0].event.at if questions else None)
    async with make_app(aside, knowledge=knowledge, channels=[channel], clock=clock) as app:
        for number, question in enumerate(questions, start=1):
            clock.move_to(question.event.at)
            await _happen(question, app)
            after = outline(said.answer for said in channel.take())
            if question.text:
                replayed.append(Replayed(masked(question.text), outline(question.answers), after))
            tell(number)
    return replayed


async def _happen(question: LoggedQuestion, app: App) -> None:
    sender = replace(question.event.sender, channel=CONSOLE)
    await app.inbox.accept(replace(question.event, id=str(question.id), sender=sender))
    await app.settle()
    await app.deliver()
