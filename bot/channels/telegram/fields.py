"""Fields of the platform's objects, each checked for its type."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import TypeGuard

from bot.domain.errors import BotError

LARGEST_NUMBER = 2**53
"""Identifiers are below it (Bot API, Chat: at most 52 significant bits)."""


class BrokenUpdateError(BotError):
    """A field is missing or not of its type."""


@dataclass(frozen=True, slots=True)
class Fields:
    """A JSON object. Fields beyond those that are asked for do not matter; null is absent."""

    raw: Mapping[str, object]

    @classmethod
    def of(cls, value: object) -> "Fields":
        """Take a decoded value.

        Raises:
            BrokenUpdateError: it is no object. So do all methods below where a field is not of its type.
        """
        if not isinstance(value, dict):
            raise BrokenUpdateError("not an object")
        return cls(value)

    def has(self, name: str) -> bool:
        """Whether there is anything by this name."""
        return self.raw.get(name) is not None

    def text(self, name: str) -> str:
        """A text, empty when absent."""
        value = self.raw.get(name)
        if value is not None and not isinstance(value, str):
            raise BrokenUpdateError(name)
        return value or ""

    def flag(self, name: str) -> bool:
        """A flag, off when absent."""
        value = self.raw.get(name)
        if value is not None and not isinstance(value, bool):
            raise BrokenUpdateError(name)
        return bool(value)

    def number(self, name: str) -> int:
        """A whole number that must be there."""
        value = self.raw.get(name)
        if not _is_whole(value):
            raise BrokenUpdateError(name)
        return value

    def find_number(self, name: str) -> int | None:
        """A whole number, None when absent."""
        return self.number(name) if self.has(name) else None

    def degrees(self, name: str, most: int) -> float:
        """An angle of at most `most` degrees either way."""
        value = self.raw.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise BrokenUpdateError(name)
        if not isfinite(value) or abs(value) > most:
            raise BrokenUpdateError(name)
        return float(value)

    def part(self, name: str) -> "Fields":
        """An object that must be there."""
        return Fields.of(self.raw.get(name))

    def find(self, name: str) -> "Fields | None":
        """An object, None when absent."""
        return self.part(name) if self.has(name) else None

    def parts(self, name: str) -> "list[Fields]":
        """A list of objects, empty when absent."""
        value = self.raw.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise BrokenUpdateError(name)
        return [Fields.of(item) for item in value]


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST_NUMBER
