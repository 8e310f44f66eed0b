"""The queue of updates: numbering, what the bot asked for, confirmation."""

from collections.abc import Callable, Sequence

from tests.fakes.telegram.shapes import Json

ON_DEMAND = {"chat_member", "message_reaction", "message_reaction_count"}
"""Kinds that come only when they are asked for by name (Bot API, getUpdates)."""

FIRST_UPDATE_ID = 700_000_001


class UpdateQueue:
    """Updates that wait for the bot, and everything that was ever queued."""

    def __init__(self, *, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._next_id = FIRST_UPDATE_ID
        self._pending: list[Json] = []
        self.history: list[Json] = []
        """Every update that was queued, oldest first."""
        self.unwanted: list[Json] = []
        """Updates of kinds that the bot had not asked for: never delivered."""
        self.confirmed: list[Json] = []
        """Updates that the bot confirmed, oldest first."""
        self.allowed: list[str] = []

    def push(self, kind: str, body: Json) -> int | None:
        """Queue an update; None when the bot did not ask for the kind."""
        if not self._wants(kind):
            self.unwanted.append({kind: body})
            return None
        return self.push_raw({kind: body})

    def push_raw(self, update: Json) -> int:
        """Queue anything, whatever the bot asked for: an unknown kind, unknown fields."""
        number = self._next_id
        self._next_id += 1
        full = {"update_id": number, **update}
        self._pending.append(full)
        self.history.append(full)
        self._wake()
        return number

    def _wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ON_DEMAND

    def confirm(self, offset: int) -> None:
        """Forget updates below the offset; a negative offset keeps that many from the end."""
        if offset < 0:
            kept = self._pending[offset:]
        else:
            kept = [update for update in self._pending if update["update_id"] >= offset]
        self.confirmed.extend(self._pending[: len(self._pending) - len(kept)])
        self._pending = kept

    def pending(self, limit: int | None = None) -> Sequence[Json]:
        """List updates that were not confirmed, oldest first."""
        return self._pending[:limit]

    def first(self) -> Json | None:
        """Take a look at the oldest update that was not confirmed."""
        return self._pending[0] if self._pending else None

    def clear(self) -> None:
        """Drop what waits."""
        self._pending = []
