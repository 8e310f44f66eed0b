"""`klubok club`: look after the loyalty club."""

# ruff: noqa: PLC0415 - start-up time: see bot/cli/__init__.py

from pathlib import Path
from typing import Annotated, Optional

import typer

from bot.cli.errors import EXIT_PROBLEMS, explained
from bot.cli.options import PackOption

club_cli = typer.Typer(help="Look after the loyalty club.", no_args_is_help=True)
ClubDatabaseOption = Annotated[
    Optional[str],  # noqa: UP045 - typer reads it at run time
    typer.Option("--db", help="URL of the club's database. Default: KLUBOK_DATABASE_URL."),
]


@club_cli.command("simulate")
def club_simulate(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Purchases as CSV: member, order, date, amount, product, category.")],
    *,
    pack: PackOption = None,
    changed: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--with", help="A changed club.toml to compare with that of the pack."),
    ] = None,
    any_day: Annotated[bool, typer.Option("--any-day", help="Let rules count outside their dates too.")] = False,
) -> None:
    """Show what the rules would have given for purchases of the past. Writes nothing."""
    from bot.cli.simulation import simulate_club

    with explained(context):
        simulate_club(file, pack=pack, changed=changed, ignores_dates=any_day)


@club_cli.command("reconcile")
def club_reconcile(context: typer.Context, *, db: ClubDatabaseOption = None) -> None:
    """Count all points again from zero. A difference stops redemption; exit code 1."""
    from bot.cli.reconciliation import reconcile

    with explained(context):
        reconcile(database_url=db)


@club_cli.command("resume")
def club_resume(context: typer.Context, *, db: ClubDatabaseOption = None) -> None:
    """Let points be spent again, once they all agree."""
    from bot.cli.reconciliation import resume

    with explained(context):
        resume(database_url=db)


@club_cli.command("promo")
def club_promo(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(help="CSV with the columns code, points, campaign, from, until, limit, first_purchase, card."),
    ],
    *,
    pack: PackOption = None,
    db: ClubDatabaseOption = None,
) -> None:
    """Take in promo codes. Can be repeated: known codes stay as they are. Exit code 1 with problems."""
    from bot.cli.code_import import import_promo

    with explained(context):
        if not import_promo(file, pack=pack, database_url=db):
            raise typer.Exit(EXIT_PROBLEMS)


@club_cli.command("vouchers")
def club_vouchers(
    context: typer.Context,
    reward: Annotated[str, typer.Argument(help="Id of a reward of club.toml that takes imported codes.")],
    file: Annotated[Path, typer.Argument(help="One code a line.")],
    *,
    pack: PackOption = None,
    db: ClubDatabaseOption = None,
) -> None:
    """Take in codes of a reward. Can be repeated. Exit code 1 with problems."""
    from bot.cli.code_import import import_vouchers

    with explained(context):
        if not import_vouchers(reward, file, pack=pack, database_url=db):
            raise typer.Exit(EXIT_PROBLEMS)


@club_cli.command("events")
def club_events(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="CSV with the columns card, kind (review, quiz, poll), occasion, product.")
    ],
    *,
    pack: PackOption = None,
    db: ClubDatabaseOption = None,
) -> None:
    """Give points for reviews, quizzes and polls, once for each occasion. Repeatable. Exit code 1 with problems."""
    from bot.cli.happening_import import import_happenings

    with explained(context):
        if not import_happenings(file, pack=pack, database_url=db):
            raise typer.Exit(EXIT_PROBLEMS)


@club_cli.command("audit")
def club_audit(
    context: typer.Context,
    *,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many of the latest lines.")] = 50,
    db: ClubDatabaseOption = None,
) -> None:
    """Show who of the staff looked at whom, and what they did. Members are named by pseudonyms."""
    from bot.cli.auditing import show_audit

    with explained(context):
        show_audit(limit=limit, database_url=db)


@club_cli.command("acts")
def club_acts(context: typer.Context, *, db: ClubDatabaseOption = None) -> None:
    """Show the acts of erasure: who was forgotten, by pseudonym, when, why and what of them was erased."""
    from bot.cli.acts import show_acts

    with explained(context):
        show_acts(database_url=db)


@club_cli.command("settle")
def club_settle(context: typer.Context, *, db: ClubDatabaseOption = None) -> None:
    """Do what is due: pending points become available, points expire, holds end. Can be stopped and begun again."""
    from bot.cli.reconciliation import settle

    with explained(context):
        settle(database_url=db)
