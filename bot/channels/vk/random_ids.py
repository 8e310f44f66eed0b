"""RandomIds: the number by which VK knows a message that is sent again, and the way back from it. Pure."""

from dataclasses import dataclass

from bot.domain.ids import TranscriptId

_PRIME = 2**31 - 1
"""The largest number VK takes, and a prime: multiplying modulo it is one to one."""

SALTS = range(2, _PRIME - 1)


@dataclass(frozen=True, slots=True)
class RandomIds:
    """Numbers from 1 to 2³¹ − 2, a different one for each of as many messages.

    `salt`, one of `SALTS`, is the database's own: another database, which counts from 1 again, gives other numbers.
    """

    salt: int

    def number(self, message: TranscriptId) -> int:
        """Return the number of a message."""
        return (message % (_PRIME - 1) + 1) * self.salt % _PRIME

    def message(self, number: int) -> TranscriptId | None:
        """Return the message that has this number, if it is ours; None when it cannot be."""
        if not 0 < number < _PRIME:
            return None
        return TranscriptId(number * pow(self.salt, -1, _PRIME) % _PRIME - 1)
