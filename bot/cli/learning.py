"""The commands that learn from use: `klubok gaps` and `klubok replay`."""

# ruff: noqa: PLC0415 - start-up time: see bot/cli/__init__.py

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.errors import explained
from bot.cli.options import LogOption, PackOption, SinceOption

gaps_cli = typer.Typer(
    help="List what people asked and the bot could not answer, and do something about it.",
    invoke_without_command=True,
)
IdArgument = Annotated[str, typer.Argument(help="A gap's id, as `klubok gaps` shows it; its beginning is enough.")]


@gaps_cli.callback()
def gaps(
    context: typer.Context,
    *,
    since: SinceOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many gaps to show.")] = 20,
    json: Annotated[bool, typer.Option("--json", help="JSON for scripts: one list.")] = False,
    pack: PackOption = None,
    db: LogOption = None,
) -> None:
    """List questions that were not answered, turned down or disliked: alike ones together, most frequent first."""
    if context.invoked_subcommand is not None:  # `klubok gaps --db URL ignore ID` means that database, too
        given = {"since": since, "pack": None if pack is None else str(pack), "db": db}
        context.default_map = {context.invoked_subcommand: {name: text for name, text in given.items() if text}}
        return
    from bot.cli.gaps import list_gaps

    with explained(context):
        list_gaps(since=since, limit=limit, is_json=json, pack=pack, database_url=db)


def replay(
    context: typer.Context,
    *,
    since: SinceOption = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="How many changed answers to show.")] = 50,
    pack: PackOption = None,
    db: LogOption = None,
) -> None:
    """Ask a changed pack the questions of the log again, and show which answers would change. Writes nothing."""
    from bot.cli.replay import replay_log

    with explained(context):
        replay_log(since=since, limit=limit, pack=pack, database_url=db)


@gaps_cli.command("ignore")
def gaps_ignore(context: typer.Context, id_: IdArgument, *, pack: PackOption = None, db: LogOption = None) -> None:
    """Never list this gap again, nor questions like it."""
    from bot.cli.gaps import ignore_gap

    with explained(context):
        ignore_gap(id_, pack=pack, database_url=db)


@gaps_cli.command("attach")
def gaps_attach(
    context: typer.Context,
    id_: IdArgument,
    entry: Annotated[str, typer.Argument(help="The entry of faq.yaml that answers it, such as faq:delivery-cost.")],
    *,
    by: Annotated[str, typer.Option("--by", help="Who decided so. Default: the user of this machine.")] = "",
    pack: PackOption = None,
    db: LogOption = None,
) -> None:
    """Make the gap's phrasings further questions of an entry (learned.yaml of the pack); they count at once."""
    from bot.cli.gaps import attach_gap

    with explained(context):
        attach_gap(id_, entry, by=by, pack=pack, database_url=db)


@gaps_cli.command("export")
def gaps_export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A new file.")],
    *,
    since: SinceOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many gaps to write.")] = 100,
    pack: PackOption = None,
    db: LogOption = None,
) -> None:
    """Write a draft faq.yaml: an entry for each gap, the answers for you to fill in."""
    from bot.cli.gaps import export_gaps

    with explained(context):
        export_gaps(file, since=since, limit=limit, pack=pack, database_url=db)
