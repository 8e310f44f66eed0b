"""Packs written to disk for a test."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.domain.problems import Problem

BRAND = 'name = "Lumenika"\n'
FAQ = "- id: delivery\n  questions: [How much?]\n  answer: Free\n"


def write(directory: Path, files: dict[str, str | bytes]) -> Path:
    """Write `files` by name into `directory`; return it."""
    for name, content in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return directory


def feed(ids: Iterable[str]) -> str:
    """Write a feed with an offer for each id."""
    offers = "".join(
        f'<offer id="{offer_id}" available="true"><name>Offer {offer_id}</name><url>https://x.example/{offer_id}</url>'
        "<price>100</price><currencyId>RUB</currencyId><categoryId>1</categoryId>"
        "<picture>https://x.example/1.jpg</picture></offer>\n"
        for offer_id in ids
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<yml_catalog date="2026-01-01 00:00"><shop><name>X</name>'
        '<currencies><currency id="RUB" rate="1"/></currencies>'
        f'<categories><category id="1">All</category></categories><offers>\n{offers}</offers></shop></yml_catalog>\n'
    )


def noted(problems: Sequence[Problem]) -> list[str]:
    """List problems as ``faq.yaml:3 error missing``."""
    return [f"{problem.file}:{problem.line} {problem.severity} {problem.kind}" for problem in problems]
