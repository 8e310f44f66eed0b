"""FakeChance: draws what it was given, then counts up."""

from collections import deque
from collections.abc import Iterable


class FakeChance:
    """`Chance` whose numbers a test knows."""

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        self._numbers = deque(numbers)
        self._last = 0

    def below(self, bound: int) -> int:
        """Draw the next one."""
        self._last = self._numbers.popleft() if self._numbers else self._last + 1
        return self._last % bound
