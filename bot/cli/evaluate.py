"""`klubok eval`: how many questions of a file are answered right, through the whole core."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from bot.app import App, make_app
from bot.channels.console.channel import ConsoleChannel
from bot.channels.console.parse import CONSOLE
from bot.cli.chat import choose_settings
from bot.cli.errors import EXIT_PROBLEMS
from bot.cli.progress import progress_bars
from bot.domain.errors import ConfigurationError
from bot.domain.evaluation import (
    Asked,
    Case,
    Tally,
    Verdict,
    judge,
    share_false,
    share_right,
    tally,
)
from bot.domain.evaluation import Said as Reply
from bot.domain.messages import Address, Said
from bot.knowing import Knowledge, open_knowledge
from bot.knowledge.pack.check import Check
from bot.knowledge.pack.files import CASES
from bot.knowledge.pack.questions import read_questions
from bot.knowledge.progress import Progress
from bot.log import configure_logging
from bot.runtime.clock import MovableClock
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Played:
    """A case, how it went, and what was said last."""

    case: Case
    verdict: Verdict
    replies: Sequence[Reply]


def evaluate(file: Path | None, *, pack: Path | None, shows_failures: bool) -> None:
    """Play every case of `file`, or of the pack, and print how many went right, by kind; exit code 1 when the file has
    errors.

    Raises:
        ConfigurationError: the file or the pack cannot be read.
    """
    settings = choose_settings(pack, None)
    cases = read_cases(file or settings.pack / CASES)
    configure_logging("ERROR")
    with progress_bars() as progress:
        played = play(cases, settings, open_knowledge(settings, progress=progress), progress)
    console = Console(highlight=False)
    console.print(result_table(tally((each.case, each.verdict) for each in played)))
    if shows_failures:
        for each in played:
            if each.verdict in {Verdict.MISSED, Verdict.FALSE}:
                console.print(_failure(each), markup=False, soft_wrap=True)


def read_cases(file: Path) -> Sequence[Case]:
    """Read a file of questions; exit code 1 with every error told when it has any.

    Raises:
        ConfigurationError: it cannot be read, or has no cases.
    """
    check = Check(str(file))
    try:
        cases = read_questions(file.read_text(encoding="utf-8-sig"), check)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{file} cannot be read: {error}") from error
    for problem in check.problems:
        typer.echo(str(problem), err=True)
    if check.has_errors():
        raise typer.Exit(EXIT_PROBLEMS)
    if not cases:
        raise ConfigurationError(f"{file} has no cases; the README shows how to write them")
    return cases


def play(cases: Sequence[Case], settings: Settings, knowledge: Knowledge, progress: Progress) -> list[Played]:
    """Play `cases` in order, through the whole core."""
    return asyncio.run(_play_all(cases, settings, knowledge, lambda done: progress("cases", done, len(cases))))


async def _play_all(
    cases: Sequence[Case], settings: Settings, knowledge: Knowledge, tell: Callable[[int], None]
) -> list[Played]:
    channel = ConsoleChannel()
    played = []
    async with make_app(settings, knowledge=knowledge, channels=[channel], clock=MovableClock()) as app:
        for number, case in enumerate(cases, start=1):
            played.append(await _play(case, app, channel))
            tell(number)
    return played


async def _play(case: Case, app: App, channel: ConsoleChannel) -> Played:
    """Play one case in a chat of its own; the worst of the turns that are judged is the verdict."""
    verdicts: list[Verdict] = []
    replies: Sequence[Reply] = ()
    for number, asked in zip(count(), case.turns, strict=False):
        replies = await _ask(asked, f"{case.id}-{number}", case, app, channel)
        if asked.expected is not None:
            verdicts.append(judge(asked.expected, replies))
    return Played(case, max(verdicts, key=list(Verdict).index), replies)


async def _ask(asked: Asked, event_id: str, case: Case, app: App, channel: ConsoleChannel) -> Sequence[Reply]:
    sender = Address(CONSOLE, case.id, case.id)
    await app.inbox.accept(Said(id=event_id, sender=sender, at=app.clock.now(), text=asked.text))
    await app.settle()
    await app.deliver()
    return [Reply(kind=said.answer.kind, sources=said.answer.sources, text=said.text) for said in channel.take()]


def result_table(result: Tally) -> Table:
    """Lay the counts out, a row a kind."""
    table = Table("kind", "cases", "right", "as a choice", "missed", "false", "share right", "share false")
    for name, counts in [*result.counts.items(), ("all", result.total)]:
        numbers = [str(counts[verdict]) for verdict in Verdict]
        shares = (f"{share_right(counts):.1%}", f"{share_false(counts):.1%}")
        table.add_row(name, str(counts.total()), *numbers, *shares, end_section=name != "all")
    return table


def _failure(played: Played) -> str:
    last = played.case.turns[-1]
    wanted = last.expected
    got = "; ".join(f"{reply.kind} {', '.join(reply.sources[:3])}".strip() for reply in played.replies) or "nothing"
    hoped = "" if wanted is None else f"{'|'.join(wanted.kinds)} {', '.join(wanted.sources[:3])} {list(wanted.texts)}"
    asked = " / ".join(turn.text for turn in played.case.turns)
    return f"{played.verdict:>7} {played.case.id}: {asked}\n          got {got}\n          wanted {hoped}"
