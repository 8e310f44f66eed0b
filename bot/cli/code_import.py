"""`klubok club promo` and `klubok club vouchers`: codes of the marketing, taken in and reported line by line."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import typer

from bot.cli.club_files import club_pack, read_file
from bot.domain.errors import ConfigurationError
from bot.domain.loyalty.program import CodeOrigin
from bot.imports.codes import PROMO_COLUMNS, ReadPromo, read_promo, read_voucher_codes
from bot.services.club.points import Points
from bot.services.club.promo import PromoCodes
from bot.services.ports import UnitOfWork
from bot.settings import Settings
from bot.storage.database import open_database
from bot.storage.schema import prepare


def import_promo(file: Path, *, pack: Path | None, database_url: str | None) -> bool:
    """Import promo codes and print what became of them; tell whether every line was well.

    Raises:
        ConfigurationError, StorageError: it cannot be begun, or not be ended; the message says what to do.
    """
    settings, _, program = club_pack(pack, database_url)
    read = read_promo(read_file(file), program.zone)
    if not read.codes and not read.problems:
        raise ConfigurationError(f"{file} has no codes; the columns are {', '.join(PROMO_COLUMNS)}")
    problems = list(read.problems)
    new = asyncio.run(_store(settings, lambda uow: _add_promo(uow, read, problems)))
    for line, words in sorted(problems):
        typer.echo(f"{file}:{line}: {words}")
    known = len(read.codes) + len(read.problems) - len(problems) - new
    typer.echo(f"Promo codes: {new} new, {known} known before, {len(problems)} refused.")
    return not problems


async def _add_promo(uow: UnitOfWork, read: ReadPromo, problems: list[tuple[int, str]]) -> int:
    """Store codes, those for one member with who it is; where nobody has the card, add to `problems` instead."""
    codes = []
    for promo in read.codes:
        line, card = read.cards.get(promo.code, (0, None))
        member = await uow.club.members.by_card(card) if card is not None else None
        if card is not None and member is None:
            problems.append((line, "no member has this card"))
        else:
            codes.append(replace(promo, member=member.id if member is not None else None))
    return await PromoCodes(Points()).add(uow, codes)


def import_vouchers(reward: str, file: Path, *, pack: Path | None, database_url: str | None) -> bool:
    """Import codes of a reward and print how many are new; tell whether every line was well.

    Raises:
        ConfigurationError, StorageError: there is no such reward, or it makes its own codes; it cannot be ended.
    """
    settings, _, program = club_pack(pack, database_url)
    known = program.reward(reward)
    if known is None:
        listed = ", ".join(each.id for each in program.rewards) or "none"
        raise ConfigurationError(f"club.toml has no reward {reward!r}; it has {listed}")
    if known.codes is not CodeOrigin.IMPORTED:
        raise ConfigurationError(f'{reward!r} makes its own codes: write codes = "imported" in club.toml first')
    read = read_voucher_codes(read_file(file))
    new = asyncio.run(_store(settings, lambda uow: uow.club.rewards.import_codes(reward, read.codes)))
    for line, words in read.problems:
        typer.echo(f"{file}:{line}: {words}")
    typer.echo(f"Codes of {reward}: {new} new, {len(read.codes) - new} known before, {len(read.problems)} refused.")
    return not read.problems


async def _store(settings: Settings, work: Callable[[UnitOfWork], Awaitable[int]]) -> int:
    async with open_database(settings.database_url.get_secret_value()) as database:
        await prepare(database)
        async with database.unit_of_work() as uow:
            count = await work(uow)
            await uow.commit()
    return count
