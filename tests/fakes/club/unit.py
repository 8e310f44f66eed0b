"""FakeClubUnit: a unit of work of the club alone, always committed; and its coroutines run without a loop."""

from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tests.fakes.club.books import FakeClubBooks
from tests.fakes.club.tables import ClubTables

_T = TypeVar("_T")


class FakeNotes:
    """`BookmarkBook` in memory."""

    def __init__(self) -> None:
        self.notes: dict[str, str] = {}

    async def read(self, key: str) -> str | None:
        """Look it up."""
        return self.notes.get(key)

    async def write(self, key: str, value: str) -> None:
        """Note it."""
        self.notes[key] = value


@dataclass(slots=True)
class FakeClubUnit:
    """`ClubUnit` in memory."""

    tables: ClubTables = field(default_factory=ClubTables)
    bookmarks: FakeNotes = field(default_factory=FakeNotes)
    club: FakeClubBooks = field(init=False)

    def __post_init__(self) -> None:
        self.club = FakeClubBooks(self.tables)


def at_once(work: Coroutine[Any, Any, _T]) -> _T:
    """Run what never waits."""
    try:
        work.send(None)
    except StopIteration as end:
        result: _T = end.value
        return result
    work.close()
    raise RuntimeError("a fake waited for something")
