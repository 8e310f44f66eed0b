"""`klubok club simulate`: the rules of a pack on the purchases of the past."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import typer

from bot.cli.log import log_settings
from bot.domain.catalogue import Catalogue
from bot.domain.errors import ConfigurationError
from bot.domain.loyalty.earning import Line, Purchase
from bot.domain.loyalty.program import Program, RuleKind
from bot.domain.loyalty.simulation import PastPurchase, Simulated, simulate, without_dates
from bot.domain.pack import Pack
from bot.imports.values import read_kopecks, read_time
from bot.knowing import read_pack
from bot.knowledge.pack.check import Check
from bot.knowledge.pack.club import read_club
from bot.knowledge.pack.loader import KNOWN_LANGUAGES
from bot.knowledge.pack.program import build_program

_NEEDED = ("member", "order", "date", "amount")


def simulate_club(file: Path, *, pack: Path | None, changed: Path | None, ignores_dates: bool) -> None:
    """Print what the club's rules give for the purchases in `file`, and what the changed ones would."""
    settings = log_settings(pack, None)
    loaded = read_pack(settings, settings.pack).pack
    if loaded is None or loaded.program is None:
        raise ConfigurationError("the pack has no club that can be used: see `klubok pack check`")
    programs = [loaded.program]
    if changed is not None:
        programs.append(_read_changed(changed, loaded))
    purchases = list(read_purchases(file, loaded.catalogue, loaded.program.zone))
    results = [simulate(without_dates(each) if ignores_dates else each, purchases) for each in programs]
    for line in _report(results):
        typer.echo(line)


def _read_changed(file: Path, pack: Pack) -> Program:
    check = Check(str(file))
    categories = frozenset(pack.catalogue.categories)
    try:
        club = read_club(file.read_text(encoding="utf-8"), check, languages=KNOWN_LANGUAGES, categories=categories)
    except (OSError, UnicodeError) as error:
        raise ConfigurationError(f"{file} cannot be read: name a club.toml") from error
    for problem in check.problems:
        typer.echo(problem, err=True)
    if check.has_errors():
        raise ConfigurationError(f"{file} has errors, see above")
    return build_program(club, languages=KNOWN_LANGUAGES, zone=pack.brand.timezone, brand=pack.brand.name)


def read_purchases(file: Path, catalogue: Catalogue, zone: ZoneInfo) -> Iterator[PastPurchase]:
    """Read a CSV file with the columns member, order, date, amount, and product or category where they matter.

    Several lines of one order are one purchase. Amounts are in roubles and dates as in files of orders, those
    without a zone local to the brand. The separator is a comma or a semicolon.

    Raises:
        ConfigurationError: the file cannot be read; the message names the line.
    """
    orders: dict[str, list[tuple[str, datetime, Line]]] = {}
    for number, row in _rows(file):
        try:
            order, member, at, line = _read_row(row, catalogue, zone)
        except ValueError as error:
            raise ConfigurationError(f"{file}, line {number}: {error}") from error
        lines = orders.setdefault(order, [])
        if lines and lines[0][0] != member:
            raise ConfigurationError(f"{file}, line {number}: order {order} is of another member before")
        lines.append((member, at, line))
    for order, lines in orders.items():
        numbered = (replace(line, number=number) for number, (_, _, line) in enumerate(lines, start=1))
        purchase = Purchase(source=order, kind=RuleKind.PURCHASE, at=lines[0][1], lines=tuple(numbered))
        yield PastPurchase(member=lines[0][0], purchase=purchase)


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            first = opened.readline()
            opened.seek(0)
            reader = csv.DictReader(opened, delimiter=";" if first.count(";") > first.count(",") else ",")
            missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
            if missing:
                raise ConfigurationError(f"{file} has no column {', '.join(missing)}; the first line names the columns")
            for row in reader:
                yield reader.line_num, {name: value or "" for name, value in row.items() if isinstance(name, str)}
    except (OSError, UnicodeError, csv.Error) as error:
        raise ConfigurationError(f"{file} cannot be read as CSV in UTF-8: {error}") from error


def _read_row(row: dict[str, str], catalogue: Catalogue, zone: ZoneInfo) -> tuple[str, str, datetime, Line]:
    order, member = row["order"].strip(), row["member"].strip()
    if not (order and member):
        raise ValueError("order and member must not be empty")
    kopecks = read_kopecks(row["amount"])
    if kopecks < 0:
        raise ValueError(f"amount {row['amount'][:40]!r} is below 0; leave returns out")
    at = read_time(row["date"], zone)
    product = row.get("product", "").strip()
    categories = catalogue.categories_of(product)
    if category := row.get("category", "").strip():
        categories |= {category, *(each.id for each in catalogue.path(category))}
    return order, member, at, Line(number=1, paid_kopecks=kopecks, product=product, categories=categories)


def _report(results: Sequence[Simulated]) -> Iterator[str]:
    """One column for the pack, and with a changed file two more: what it would give, and the difference."""
    now = results[0]
    yield f"Purchases: {now.purchases}, members: {len(now.by_member)}, paid: {now.paid_kopecks / 100:,.2f} roubles"
    yield f"{'':<32}{'now':>12}" + (f"{'changed':>12}{'difference':>12}" if len(results) > 1 else "")
    yield _row("points", [result.points for result in results])
    yield _row("points per 100 roubles", [_per_100(result) for result in results])
    yield _row("cut by caps and budgets", [result.cut for result in results])
    for title, counters in (
        ("rule", [result.by_rule for result in results]),
        ("month", [_by_month(result) for result in results]),
        ("members in tier", [result.by_tier for result in results]),
    ):
        for name in sorted({name for counter in counters for name in counter}):
            yield _row(f"{title} {name}", [counter.get(name, 0) for counter in counters])


def _row(name: str, values: Sequence[float]) -> str:
    difference = [values[1] - values[0]] if len(values) > 1 else []
    return f"{name:<32}" + "".join(f"{value:>12,.10g}" for value in (*values, *difference))


def _per_100(result: Simulated) -> float:
    return round(result.points * 10_000 / result.paid_kopecks, 2) if result.paid_kopecks else 0


def _by_month(result: Simulated) -> dict[str, int]:
    months: dict[date, int] = dict(result.by_month)
    return {f"{month:%Y-%m}": points for month, points in months.items()}
