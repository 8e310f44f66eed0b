"""`klubok club events`: reviews, quizzes and polls, taken in and reported line by line."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from bot.cli.club_files import ClubPack, club_pack, read_file
from bot.imports.happenings import read_happenings
from bot.runtime.clock import SystemClock
from bot.services.club.accruals import Accruals
from bot.services.club.happenings import Became, Happening, Happenings
from bot.services.club.points import Points
from bot.storage.database import open_database
from bot.storage.schema import prepare

_AMISS: Mapping[Became, str] = {
    Became.UNKNOWN_CARD: "no member has this card",
    Became.NO_RULE: "no rule of club.toml gives points for this today",
}


def import_happenings(file: Path, *, pack: Path | None, database_url: str | None) -> bool:
    """Import `file` and print what became of it; tell whether everything was well.

    Raises:
        ConfigurationError, StorageError: it cannot be begun, or not be ended; the message says what to do.
    """
    club = club_pack(pack, database_url)
    read = read_happenings(read_file(file))
    outcomes = asyncio.run(_take([told for _, told in read.told], club))
    amiss = [(line, _AMISS[how]) for (line, _), (how, _) in zip(read.told, outcomes, strict=True) if how in _AMISS]
    for line, words in sorted([*read.problems, *amiss]):
        typer.echo(f"{file}:{line}: {words}")
    counts, points = Counter(how for how, _ in outcomes), sum(points for _, points in outcomes)
    given, known = counts[Became.GIVEN], counts[Became.KNOWN]
    refused = len(read.problems) + len(amiss)
    typer.echo(f"Events: {given} new, {known} known before, {refused} refused. Points given: {points}.")
    return not refused


async def _take(told: Sequence[Happening], club: ClubPack) -> Sequence[tuple[Became, int]]:
    """Each is kept by itself: whatever stops this, the next run goes on from there."""
    happenings, clock = Happenings(Accruals(Points()), club.pack.catalogue.categories_of), SystemClock()
    outcomes = []
    async with open_database(club.settings.database_url.get_secret_value()) as database:
        await prepare(database)
        for each in told:
            async with database.unit_of_work() as uow:
                outcomes.append(await happenings.take_in(uow, club.program, each, now=clock.now()))
                await uow.commit()
    return outcomes
