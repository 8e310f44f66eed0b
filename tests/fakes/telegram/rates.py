"""Telegram's sending limits: overall, per chat, per group."""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

from tests.fakes.telegram.shapes import ApiError


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Messages a time; None switches a limit off. `scale` 10 makes every second last 0.1 s.

    The figures are those of https://core.telegram.org/bots/faq: 30 a second, one a second in a chat (short bursts
    pass), 20 a minute in a group.
    """

    overall_per_second: int | None = 30
    chat_per_second: float | None = 1.0
    chat_burst: int = 3
    group_per_minute: int | None = 20
    scale: float = 1.0


UNLIMITED = Limits(overall_per_second=None, chat_per_second=None, group_per_minute=None)


class RateGate:
    """Admits messages or answers 429."""

    def __init__(self, limits: Limits, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits
        self._clock = clock
        self._overall: deque[float] = deque()
        self._groups: defaultdict[int, deque[float]] = defaultdict(deque)
        self._chats: dict[int, tuple[float, float]] = {}

    def admit(self, chat_id: int, *, count: int = 1, is_group: bool = False) -> None:
        """Count messages to a chat.

        Raises: ApiError 429 with retry_after; nothing is counted then.
        """
        limits = self.limits
        now = self._clock() * limits.scale
        wait = max(
            _window_wait(self._overall, now, limits.overall_per_second, 1.0, count),
            self._chat_wait(chat_id, now),
            _window_wait(self._groups[chat_id], now, limits.group_per_minute, 60.0, count) if is_group else 0.0,
        )
        if wait > 0:
            seconds = max(1, math.ceil(wait / limits.scale))
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        self._overall.extend([now] * count)
        if is_group:
            self._groups[chat_id].extend([now] * count)
        self._chats[chat_id] = (self._tokens(chat_id, now) - 1, now)

    def _tokens(self, chat_id: int, now: float) -> float:
        left, at = self._chats.get(chat_id, (float(self.limits.chat_burst), now))
        return min(left + (now - at) * (self.limits.chat_per_second or 0), float(self.limits.chat_burst))

    def _chat_wait(self, chat_id: int, now: float) -> float:
        rate = self.limits.chat_per_second
        return 0.0 if rate is None else max(0.0, (1 - self._tokens(chat_id, now)) / rate)


def _window_wait(times: deque[float], now: float, limit: int | None, window: float, count: int) -> float:
    while times and times[0] <= now - window:
        times.popleft()
    if limit is None or len(times) + count <= limit:
        return 0.0
    freed = len(times) + count - limit
    return times[min(freed, len(times)) - 1] + window - now if times else 0.0
