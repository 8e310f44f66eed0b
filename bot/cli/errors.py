"""Errors as one line that says what to do; the traceback only on demand."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bot.domain.errors import BotError

EXIT_PROBLEMS = 1
EXIT_ERROR = 2


@contextmanager
def explained(context: typer.Context) -> Iterator[None]:
    """Turn an error of ours into one line on standard error and exit code 2; with ``--debug`` let it through."""
    is_debug = bool(context.find_root().obj)
    try:
        yield
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone; there is nobody to tell
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


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())
