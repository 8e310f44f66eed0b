"""The commands of `klubok`, one function each. What a command needs is imported when it is called."""

# ruff: noqa: PLC0415 - start-up time: `klubok ask` opens no database, `klubok --help` loads no dictionary

import gc
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Optional

import typer

from bot import __version__
from bot.cli.club import club_cli
from bot.cli.errors import explained, run_cli
from bot.cli.learning import gaps_cli, replay
from bot.cli.options import PackOption
from bot.cli.orders import orders_cli
from bot.cli.staff import staff_cli
from bot.log import configure_logging

cli = typer.Typer(
    name="klubok",
    help="A chatbot for a brand's community and loyalty club.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
pack_cli = typer.Typer(help="Make and check brand packs.", no_args_is_help=True)
db_cli = typer.Typer(help="Look after the database.", no_args_is_help=True)
vk_cli = typer.Typer(help="Look after the community in VK.", no_args_is_help=True)
cli.add_typer(pack_cli, name="pack")
cli.add_typer(db_cli, name="db")
cli.add_typer(vk_cli, name="vk")
cli.add_typer(gaps_cli, name="gaps")
cli.add_typer(staff_cli, name="staff")
cli.add_typer(orders_cli, name="orders")
cli.add_typer(club_cli, name="club")
cli.command()(replay)

DatabaseOption = Annotated[
    Optional[str],  # noqa: UP045 - typer reads it at run time
    typer.Option("--db", help="Database URL, such as sqlite+aiosqlite:///chat.db. Default: in memory."),
]
NowOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--now", help="Stop the clock at this time, such as 2026-11-23T12:00:00+03:00."),
]
StaffOption = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option("--staff", help="Make somebody of this chat one of the brand's people: USER:ROLE. Repeatable."),
]


def main() -> None:
    """Run the command line. Errors are one line on standard error, exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a letter shows a question mark
    code = run_cli(cli)
    gc.freeze()  # to look for garbage once more in what ends anyway takes seconds of a SIGTERM's ten
    sys.exit(code)


@cli.callback(invoke_without_command=True)
def common(
    context: typer.Context,
    *,
    debug: Annotated[bool, typer.Option("--debug", help="Show the whole traceback of an error.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """A chatbot for a brand's community and loyalty club."""
    context.obj = debug
    configure_logging("WARNING")
    if version:
        typer.echo(f"klubok {__version__}")
        raise typer.Exit


@cli.command()
def demo(context: typer.Context) -> None:
    """Talk to the demonstration brand in the terminal."""
    from bot.cli.chat import talk_demo

    with explained(context):
        talk_demo()


@cli.command()
def chat(
    context: typer.Context,
    *,
    pack: PackOption = None,
    json: Annotated[bool, typer.Option("--json", help="JSON lines in, JSON lines out, for scripts.")] = False,
    db: DatabaseOption = None,
    now: NowOption = None,
    staff: StaffOption = None,
) -> None:
    """Talk to a brand's bot in the terminal, or let a script talk to it."""
    from bot.cli.chat import talk

    with explained(context):
        talk(pack=pack, is_json=json, database_url=db, now=now, staff=staff or ())


@cli.command()
def run(context: typer.Context) -> None:
    """Run the bot on Telegram and VK: whichever tokens are set (KLUBOK_TELEGRAM__TOKEN, KLUBOK_VK__TOKEN)."""
    from bot.cli.run import run_bot

    with explained(context):
        run_bot()


@cli.command()
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="What a customer would type.")],
    *,
    pack: PackOption = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show what was understood and why.")] = False,
) -> None:
    """Answer one question and show where the answer stands in the pack."""
    from bot.cli.ask import answer_once

    with explained(context):
        answer_once(question, pack=pack, is_explained=explain)


@cli.command("eval")
def evaluate(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(help="Questions with the right answers (YAML; see README). Default: the pack's cases.yaml."),
    ] = None,
    *,
    pack: PackOption = None,
    failures: Annotated[bool, typer.Option("--failures", help="Show every case that was missed or wrong.")] = False,
    fit: Annotated[bool, typer.Option("--fit", help="Fit the confidence to the file; show before and after.")] = False,
    write: Annotated[bool, typer.Option("--write", help="With --fit: put the fit into the pack.")] = False,
) -> None:
    """Score the bot on a file of questions: how many are answered right, offered as a choice, missed, wrong."""
    from bot.cli.evaluate import evaluate as score
    from bot.cli.fit import fit_confidence

    with explained(context):
        if fit or write:
            fit_confidence(file, pack=pack, writes=write)
        else:
            score(file, pack=pack, shows_failures=failures)


@cli.command()
def status(context: typer.Context) -> None:
    """Show the pack, the database and what waits in it."""
    from bot.cli.status import show_status

    with explained(context):
        show_status()


@pack_cli.command("init")
def pack_init(context: typer.Context, directory: Annotated[Path, typer.Argument(help="A new folder.")]) -> None:
    """Write a commented starter pack."""
    from bot.cli.pack import write_starter_pack

    with explained(context):
        write_starter_pack(directory)


@pack_cli.command("check")
def pack_check(context: typer.Context, directory: Annotated[Path, typer.Argument(help="The pack's folder.")]) -> None:
    """Show every problem of a pack with file and line. Exit code 1 when there are errors, 0 with warnings only."""
    from bot.cli.pack import check_pack

    with explained(context):
        check_pack(directory)


@db_cli.command("upgrade")
def db_upgrade(context: typer.Context) -> None:
    """Bring the tables of KLUBOK_DATABASE_URL to this version."""
    from bot.cli.db import upgrade_database

    with explained(context):
        upgrade_database()


@db_cli.command("check")
def db_check(context: typer.Context) -> None:
    """Tell whether the tables fit this version. Exit code 1 when they do not."""
    from bot.cli.db import check_database

    with explained(context):
        check_database()


@vk_cli.command("setup")
def vk_setup(context: typer.Context) -> None:
    """Switch on in VK what the bot needs, as far as its key may. Exit code 1 when something is left to click."""
    from bot.cli.vk import set_up_community

    with explained(context):
        set_up_community()
