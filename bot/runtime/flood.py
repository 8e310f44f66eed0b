"""Flood: whom a platform means that asks us to wait, one chat or everybody. Pure: the time is given."""

from collections.abc import Mapping

from bot.domain.errors import FloodError, ThrottledError

LONGEST_FLOOD = 3600.0
"""Seconds that everybody waits at most, whatever a platform says: then it is asked again."""


class Flood:
    """Remembers which chats were told to wait.

    Platforms have bounds for a chat and for all together, and do not always say which one was met. What is said to two
    chats, with nothing getting through in between, is said to all.
    """

    def __init__(self) -> None:
        self._told: dict[str, float] = {}

    def heed(self, results: Mapping[str, str | Exception], now: float) -> float:
        """Take what became of one request, by chat; return for how many seconds nothing is to go to anybody."""
        told = {chat: result.retry_after for chat, result in results.items() if isinstance(result, ThrottledError)}
        if any(isinstance(result, str) for result in results.values()):
            self._told.clear()
        else:
            self._told = {chat: until for chat, until in self._told.items() if until > now}
            self._told.update({chat: now + seconds for chat, seconds in told.items()})
        everybody = [result.retry_after for result in results.values() if isinstance(result, FloodError)]
        if told and len(self._told) > 1:
            everybody += told.values()
        return min(LONGEST_FLOOD, max(everybody, default=0.0))
