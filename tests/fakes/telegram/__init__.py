"""A strict fake of the Telegram Bot API on the loopback."""

from tests.fakes.telegram.faults import (
    Conflict,
    Cut,
    CutAfter,
    Duplicates,
    Fault,
    Garbage,
    Hang,
    Http5xx,
    Http429,
    Http502,
    Reordered,
    Slow,
    Unauthorized,
    UnknownFields,
    UnknownKind,
)
from tests.fakes.telegram.groups import Group
from tests.fakes.telegram.people import Person
from tests.fakes.telegram.rates import UNLIMITED, Limits
from tests.fakes.telegram.server import TOKEN, FakeTelegram
from tests.fakes.telegram.world import Settings

__all__ = [
    "TOKEN",
    "UNLIMITED",
    "Conflict",
    "Cut",
    "CutAfter",
    "Duplicates",
    "FakeTelegram",
    "Fault",
    "Garbage",
    "Group",
    "Hang",
    "Http5xx",
    "Http429",
    "Http502",
    "Limits",
    "Person",
    "Reordered",
    "Settings",
    "Slow",
    "Unauthorized",
    "UnknownFields",
    "UnknownKind",
]
