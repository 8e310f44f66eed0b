"""Parameters of a call: form strings that the specification has already checked."""

import json
from collections.abc import Mapping

from tests.fakes.vk.wire import JsonObject


class Params:
    """Typed views of form strings; what is absent is None or empty."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = dict(values)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        """Read a string."""
        return self.values.get(name, default)

    def number(self, name: str, default: int = 0) -> int:
        """Read an integer."""
        return int(self.values.get(name) or default)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Read 0 or 1."""
        return self.values[name] == "1" if name in self.values else default

    def numbers(self, name: str) -> list[int]:
        """Read integers with commas."""
        value = self.values.get(name, "")
        return [int(item) for item in value.split(",")] if value else []

    def words(self, name: str) -> list[str]:
        """Read strings with commas."""
        value = self.values.get(name, "")
        return [item.strip() for item in value.split(",")] if value else []

    def json(self, name: str) -> JsonObject | None:
        """Read an object written as JSON."""
        value = self.values.get(name)
        if not value:
            return None
        parsed = json.loads(value)
        return parsed if isinstance(parsed, dict) else None
