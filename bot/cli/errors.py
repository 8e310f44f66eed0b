"""Errors as one line that says what to do; the traceback only on demand."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bot.domain.errors import BotError

_USAGE_ERROR: type[typer.BadParameter] = typer.BadParameter.__mro__[1]
"""Typer shows its parent only by its children: with some versions it comes from click, with others from typer."""
EXIT_PROBLEMS = 1
EXIT_ERROR = 2


@contextmanager
def explained(context: typer.Context) -> Iterator[None]:
    """Turn an error of ours into one line on standard error and exit code 2; with ``--debug`` let it through."""
    is_debug = bool(context.find_root().obj)
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read our output has gone
        raise typer.Exit(EXIT_ERROR) from None
    except KeyboardInterrupt:
        raise typer.Exit(128 + 2) from None
    except BotError as error:
        if is_debug:
            raise
        typer.echo(f"klubok: {_one_line(error)}", err=True)
        raise typer.Exit(EXIT_ERROR) from error
    except Exception as error:
        if is_debug or isinstance(error, typer.Exit | typer.Abort):
            raise
        typer.echo(f"klubok: unexpected {type(error).__name__}: {_one_line(error)} (--debug shows more)", err=True)
        raise typer.Exit(EXIT_ERROR) from error


def _one_line(error: BaseException | str) -> str:
    return " ".join(str(error).split())


def run_cli(cli: typer.Typer) -> int:
    """Run `cli`; return the exit code. A wrong option is one line, as every error."""
    try:
        return int(cli(standalone_mode=False) or 0)
    except _USAGE_ERROR as error:
        typer.echo(f"klubok: {_one_line(error.format_message())} (klubok --help shows how)", err=True)
        return EXIT_ERROR
    except typer.Abort:
        return 128 + 2
