"""Bots Long Poll: the server that holds a request until something happens."""

import time
from collections.abc import Mapping

from tests.fakes.vk.bell import Bell
from tests.fakes.vk.events import EventSettings
from tests.fakes.vk.faults import LONG_POLL, POLL_EVENTS, FaultScripts
from tests.fakes.vk.wire import JsonObject

MOST_WAIT = 90.0
UNKNOWN_TYPE = "something_new"


class LongPoll:
    """Keeps the last `keep` events. `ts` is the number of the last event a client has seen."""

    def __init__(self, faults: FaultScripts, bell: Bell) -> None:
        self.settings = EventSettings()
        self.keep = 10_000
        self._faults = faults
        self._bell = bell
        self._log: list[JsonObject] = []
        self._dropped = 0
        self._epoch = 1
        self._lost: set[str] = set()
        self._before: list[JsonObject] = []

    @property
    def key(self) -> str:
        """The key that is good now."""
        return f"{self._epoch:040x}"

    @property
    def ts(self) -> int:
        """The number of the last event."""
        return self._dropped + len(self._log)

    def listen(self, event: JsonObject) -> None:
        """Take an event that happened, if the settings let it through."""
        dressed = self.settings.dress(event)
        if dressed is None:
            return
        self._log.append(dressed)
        self.forget(keep=self.keep)
        self._bell.ring()

    def push_raw(self, update: JsonObject) -> None:
        """Tell clients anything at all, whatever the settings."""
        self._log.append(update)
        self._bell.ring()

    def forget(self, *, keep: int) -> None:
        """Drop old events; a client behind them gets `failed: 1`."""
        surplus = max(0, len(self._log) - keep)
        del self._log[:surplus]
        self._dropped += surplus

    def expire_key(self) -> None:
        """Make the key old: `failed: 2`."""
        self._epoch += 1
        self._bell.ring()

    def lose(self) -> None:
        """Lose key, numbers and events: `failed: 3`."""
        self._lost.add(self.key)
        self._epoch += 1
        self._dropped = self.ts + 1000
        self._log.clear()
        self._bell.ring()

    async def check(self, query: Mapping[str, str]) -> JsonObject:
        """Answer an a_check, at once if there is news, else within its `wait`."""
        seen = int(query["ts"])
        deadline = time.monotonic() + min(MOST_WAIT, float(query["wait"]))
        while True:
            refusal = self._refuse(query["key"], seen)
            if refusal is not None:
                return refusal
            left = deadline - time.monotonic()
            if self.ts > seen or left <= 0:
                return {"ts": str(self.ts), "updates": self._spoil(self._log[seen - self._dropped :])}
            await self._bell.wait(left)

    def _refuse(self, key: str, seen: int) -> JsonObject | None:
        if key != self.key:
            return {"failed": 3 if key in self._lost else 2}
        if seen < self._dropped:
            return {"failed": 1, "ts": str(self._dropped)}
        if seen > self.ts:
            return {"failed": 1, "ts": str(self.ts)}
        return None

    def _spoil(self, updates: list[JsonObject]) -> list[JsonObject]:
        if not updates:
            return []
        fresh, spoiled = updates, list(updates)
        while fault := self._faults.take(LONG_POLL, kinds=POLL_EVENTS):
            if fault.kind == "duplicate":
                spoiled = [update for update in spoiled for _ in range(2)]
            elif fault.kind == "repeat":
                spoiled = self._before + spoiled
            elif fault.kind == "reorder":
                spoiled.reverse()
            else:
                spoiled.insert(0, {**updates[0], "type": UNKNOWN_TYPE, "event_id": "unknown1", "object": {"x": [1]}})
            if fault.left > 0:  # the rest of its times belongs to later answers
                break
        self._before = fresh
        return spoiled
