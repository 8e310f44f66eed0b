"""Periods: how long something is to last, as people type it."""

import re
from datetime import timedelta

from bot.dialogue.phrases import Translator

_PERIOD = re.compile(r"(\d{1,3})\s*([^\W\d_]*)")
_UNITS = {"words-minutes": timedelta(minutes=1), "words-hours": timedelta(hours=1), "words-days": timedelta(days=1)}
LONGEST = timedelta(days=366)


def read_period(text: str, translator: Translator) -> timedelta | None:
    """Read ``3h``, ``30 мин``, ``2``; a number alone counts hours. None for anything else."""
    match = _PERIOD.fullmatch(text.strip().casefold())
    if match is None:
        return None
    unit = next(
        (length for key, length in _UNITS.items() if match[2] in translator.words(key)),
        timedelta(hours=1) if not match[2] else None,
    )
    return min(int(match[1]) * unit, LONGEST) if unit is not None and int(match[1]) > 0 else None


def split_period(text: str, translator: Translator) -> tuple[timedelta | None, str]:
    """Take the period off that a text begins with: ``7d spam``, ``7 дней спам``; None where it begins with none."""
    words = text.split(maxsplit=2)
    for count in (2, 1):
        period = read_period(" ".join(words[:count]), translator)
        if period is not None:
            return period, " ".join(words[count:])
    return None, text
