"""Fields: reading JSON objects of which nothing is sure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.domain.text import clean

_LARGEST = 2**63
_NUMBER = re.compile(r"-?\d{1,18}", re.ASCII)


class BrokenError(Exception):
    """Something that must be there is not; never leaves the channel."""


@dataclass(frozen=True, slots=True)
class Fields:
    """A JSON object; what is absent or of another type reads as empty."""

    values: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, value: object) -> "Fields":
        """Read any JSON value; empty unless it is an object."""
        return cls(value) if isinstance(value, dict) else cls()

    def __bool__(self) -> bool:
        return bool(self.values)

    def part(self, name: str) -> "Fields":
        """Read an object inside."""
        return Fields.of(self.values.get(name))

    def parts(self, name: str) -> Iterator["Fields"]:
        """Read the objects of a list inside, in order."""
        value = self.values.get(name)
        for item in value if isinstance(value, list) else ():
            if isinstance(item, dict):
                yield Fields(item)

    def words(self, name: str) -> tuple[str, ...]:
        """Read the strings of a list inside, in order."""
        value = self.values.get(name)
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()

    def text(self, name: str) -> str:
        """Read a string, cleaned."""
        value = self.values.get(name)
        return clean(value) if isinstance(value, str) else ""

    def integer(self, name: str) -> int | None:
        """Read an integer, also one written as a string."""
        value = self.values.get(name)
        if isinstance(value, str) and _NUMBER.fullmatch(value):
            return int(value)
        is_integer = isinstance(value, int) and not isinstance(value, bool)
        return value if is_integer and isinstance(value, int) and abs(value) < _LARGEST else None

    def demand(self, name: str) -> int:
        """Read an integer that is not 0.

        Raises:
            BrokenError: there is none.
        """
        value = self.integer(name)
        if not value:
            raise BrokenError(name)
        return value

    def flag(self, name: str) -> bool:
        """Read a truth, as VK writes it: true or 1."""
        return self.values.get(name) in (True, 1)
