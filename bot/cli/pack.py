"""`klubok pack`: make a brand pack, and check one."""

from dataclasses import replace
from pathlib import Path

import typer

from bot.cli.errors import EXIT_PROBLEMS
from bot.cli.progress import progress_bars
from bot.domain.catalogue import Catalogue
from bot.domain.knowledge import FaqEntry
from bot.domain.pack import Pack
from bot.domain.problems import Problem, has_errors
from bot.knowing import read_pack
from bot.knowledge.pack.advice import advise
from bot.knowledge.pack.places import question_places
from bot.knowledge.pack.report import format_report
from bot.knowledge.pack.starter import write_starter
from bot.knowledge.progress import Progress
from bot.knowledge.search.opening import CLOSE_UP_TO, Opener
from bot.settings import load_settings


def write_starter_pack(directory: Path) -> None:
    """Write a starter pack and say what to do next."""
    for path in write_starter(directory):
        typer.echo(path)
    typer.echo(f"\nNow change these files, and look at them with:\n  klubok pack check {directory}")
    typer.echo(f"Talk to the bot that they make:\n  klubok chat --pack {directory}")


def check_pack(directory: Path) -> None:
    """Print every problem; exit code 1 when there are errors."""
    with progress_bars() as progress:
        loaded = read_pack(load_settings(), directory, progress=progress)
        if loaded.pack is not None:
            advice = _advice(loaded.pack, directory, progress)
            loaded = replace(loaded, problems=(*loaded.problems, *advice))
    typer.echo(format_report(loaded))
    if has_errors(loaded.problems):
        raise typer.Exit(EXIT_PROBLEMS)


def _advice(pack: Pack, directory: Path, progress: Progress) -> list[Problem]:
    """Ask the pack its own questions. Of a large catalogue only the params are looked at: its index takes long."""
    is_large = len(pack.catalogue.offers) > CLOSE_UP_TO
    asked = replace(pack, catalogue=Catalogue()) if is_large else pack
    engine = Opener(progress=progress).open(asked)

    def ranked(question: str) -> list[tuple[str, float]]:
        hits = ((engine.hits(match)[0], match.rank) for match in engine.search(question).matches)
        return [(hit.id, rank) for hit, rank in hits if isinstance(hit, FaqEntry)]

    return advise(pack, ranked, question_places(directory), progress=progress)
