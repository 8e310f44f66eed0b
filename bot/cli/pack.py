"""`klubok pack`: make a brand pack, and check one."""

from pathlib import Path

import typer

from bot.app import read_pack
from bot.cli.errors import EXIT_PROBLEMS
from bot.cli.progress import progress_bars
from bot.domain.problems import has_errors
from bot.knowledge.pack.report import format_report
from bot.knowledge.pack.starter import write_starter
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
    typer.echo(format_report(loaded))
    if has_errors(loaded.problems):
        raise typer.Exit(EXIT_PROBLEMS)
