"""`klubok orders import`: a file of the store, taken in and reported line by line."""

import asyncio
from collections.abc import Iterator, Mapping
from pathlib import Path

import typer

from bot.cli.club_files import ClubPack, club_pack, read_file
from bot.cli.progress import progress_bars
from bot.domain.purchases.order import Order
from bot.imports.orders import read_orders
from bot.knowledge.progress import Progress
from bot.purchases import make_intake
from bot.runtime.clock import SystemClock
from bot.services.purchases.intake import Heard, Totals
from bot.services.purchases.orders import TakenIn
from bot.storage.database import open_database
from bot.storage.schema import prepare

_STAGE = "orders"
_AMISS: Mapping[TakenIn, str] = {
    TakenIn.CONFLICTING: "is known with other goods, another card or at another time; left as it was",
    TakenIn.AHEAD: "is of a day that has not come; correct the date",
    TakenIn.UNKNOWN_CARD: "shows a card that no member has, so that it gave no points; correct the card",
    TakenIn.UNKNOWN_GOODS: "is of goods that the order does not have; correct the product or the line",
    TakenIn.UNKNOWN_ORDER: "is of an order that was never told; tell the order first",
}


def import_orders(file: Path, *, pack: Path | None, database_url: str | None) -> bool:
    """Import `file` and print what became of it; tell whether everything was well.

    Raises:
        ConfigurationError, StorageError: it cannot be begun, or not be ended; the message says what to do.
    """
    club = club_pack(pack, database_url)
    heard = read_orders(read_file(file), club.program.purchases.orders, club.program.zone)
    with progress_bars() as progress:
        totals = asyncio.run(_take(heard, club, progress))
    for line in _report(file, heard, totals):
        typer.echo(line)
    return not heard.problems and not any(how in _AMISS for how in totals.taken)


async def _take(heard: Heard, club: ClubPack, progress: Progress) -> Totals:
    told, categories = [what for _, what in heard.told], club.pack.catalogue.categories_of
    async with open_database(club.settings.database_url.get_secret_value()) as database:
        await prepare(database)
        intake = make_intake(
            uow=database.unit_of_work, program=lambda: club.program, categories=categories, clock=SystemClock()
        )
        return await intake.take(told, on_taken=lambda count: progress(_STAGE, count, len(told)))


def _report(file: Path, heard: Heard, totals: Totals) -> Iterator[str]:
    lines = list(heard.problems)
    for (line, what), how in zip(heard.told, totals.taken, strict=True):
        if how in _AMISS:
            kind = "order" if isinstance(what, Order) else "return of order"
            lines.append((line, f"{kind} {what.key.number} {_AMISS[how]}"))
    for line, words in sorted(lines):
        yield f"{file}:{line}: {words}"
    yield f"Orders: {_counts(totals.orders)}. Returns: {_counts(totals.returns)}."
    yield f"Lines that could not be read: {len(heard.problems)}."
    yield f"Receipts that waited for their orders: {totals.settled} accepted."


def _counts(counts: Mapping[TakenIn, int]) -> str:
    return ", ".join(f"{count} {how}" for how, count in sorted(counts.items())) or "none"
