"""`klubok orders`: what the store sold and took back."""

# ruff: noqa: PLC0415 - start-up time: see bot/cli/__init__.py

from pathlib import Path
from typing import Annotated, Optional

import typer

from bot.cli.errors import EXIT_PROBLEMS, explained
from bot.cli.options import PackOption

orders_cli = typer.Typer(help="Take in what the store sold and took back.", no_args_is_help=True)


@orders_cli.callback()
def orders() -> None:
    """Take in what the store sold and took back."""


@orders_cli.command("import")
def orders_import(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV or JSON of the store, UTF-8 or Windows-1251.")],
    *,
    pack: PackOption = None,
    db: Annotated[
        Optional[str],  # noqa: UP045 - typer reads it at run time
        typer.Option("--db", help="Database URL. Default: KLUBOK_DATABASE_URL."),
    ] = None,
) -> None:
    """Take in orders and returns. Can be repeated: what was told before changes nothing. Exit code 1 with problems."""
    from bot.cli.order_import import import_orders

    with explained(context):
        if not import_orders(file, pack=pack, database_url=db):
            raise typer.Exit(EXIT_PROBLEMS)
