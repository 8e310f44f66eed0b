"""Pacing: when the next message may go, so that no platform's limit is ever met. Pure: the time is given."""

from collections import defaultdict, deque
from collections.abc import Sequence

from bot.services.channel import Pace
from bot.services.window import Window

_MINUTE = 60.0
_MARGIN = 0.5
"""Seconds more than a minute that a group's messages are counted for: the platform's clock is not ours."""
_MOST_CHATS = 10_000
CATCH_UP_SECONDS = 0.2
"""How much of its time a late loop may make good, as far as the second's bound allows."""


class Slots:
    """Free places in time, in seconds of one steady clock.

    Requests take evenly spaced slots (GCRA without a burst: never more than the rate and one in any second, also after
    a time of rest), messages of one chat are apart, and a group has a bound within a minute. `crowd` keeps the bound of
    a second where requests leave late, or take different times to arrive.
    """

    catch_up = CATCH_UP_SECONDS

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._interval = 1.0 / pace.per_second
        self._next_request = 0.0
        self._resume_at = 0.0
        self._window = Window(int(pace.per_second) + 1)
        self._next_of_chat: dict[str, float] = {}
        self._of_group: defaultdict[str, deque[float]] = defaultdict(deque)

    def request(self, now: float) -> float:
        """Take the next slot for a request; return how long to wait until it comes."""
        slot = max(now, self._next_request)
        self._next_request = slot + self._interval
        return slot - now

    def pause(self, until: float) -> None:
        """Let no request go before `until`, not even one that waits for its slot."""
        self._resume_at = max(self._resume_at, until)
        self._next_request = max(self._next_request, until)

    def paused(self, now: float) -> float:
        """Return how long a pause lasts; 0 when there is none."""
        return max(0.0, self._resume_at - now)

    def message(self, chat: str, now: float, *, is_group: bool) -> float:
        """Take the next place for a message in `chat`; return how long to wait until it comes."""
        place = self._place(chat, now, is_group=is_group)
        if is_group and self._pace.group_per_minute:
            self._of_group[chat].append(place)
        self._next_of_chat[chat] = place + self._pace.chat_seconds
        if len(self._next_of_chat) > _MOST_CHATS:
            self._forget(now)
        return place - now

    def is_free(self, chat: str, now: float, *, is_group: bool) -> bool:
        """Whether a message in `chat` would not have to wait for its place."""
        return self._place(chat, now, is_group=is_group) <= now

    def _place(self, chat: str, now: float, *, is_group: bool) -> float:
        place = max(now, self._next_of_chat.get(chat, now))
        bound = self._pace.group_per_minute
        return max(place, self._free_in_group(chat, now, bound)) if is_group and bound else place

    def crowd(self, now: float) -> float:
        """Return how long there is a pause, or the last second is too full for one more request; 0 when neither."""
        return max(self.paused(now), self._window.wait(now))

    def leave(self, chats: Sequence[str], now: float) -> None:
        """Note that a request leaves, with messages of `chats`: the next ones of these count from here."""
        self._window.leave()
        for chat in chats:
            self._next_of_chat[chat] = max(self._next_of_chat.get(chat, now), now + self._pace.chat_seconds)

    def answer(self, left_at: float, now: float) -> None:
        """Note that a request was answered, or failed."""
        self._window.answer(left_at, now)

    def _free_in_group(self, chat: str, now: float, bound: int) -> float:
        taken = self._of_group[chat]
        while taken and taken[0] <= now - _MINUTE - _MARGIN:
            taken.popleft()
        return taken[-bound] + _MINUTE + _MARGIN if len(taken) >= bound else now

    def _forget(self, now: float) -> None:
        """Drop the chats that need not wait any more."""
        self._next_of_chat = {chat: place for chat, place in self._next_of_chat.items() if place > now}
        for chat in [chat for chat, taken in self._of_group.items() if taken[-1] <= now - _MINUTE - _MARGIN]:
            del self._of_group[chat]
