"""What VK's refusals mean to the courier. Pure."""

from bot.domain.errors import ChannelError, FloodError, RefusedError, ThrottledError, UnreachableError

TOKEN_REFUSED = frozenset({5, 27, 28})
"""Authorization failed: of a user, a community, an application."""

OLD_TO_EDIT = frozenset({15, 100, 104, 909, 920, 949})
"""The message cannot be edited (any more), or is not there: a new one says the same."""

TOO_FAST = 6
SAME_AGAIN, RATE_LIMIT = 9, 29
"""Too much of the same, mostly to one person; too many calls of a method."""
FLOOD = frozenset({SAME_AGAIN, RATE_LIMIT})
CAPTCHA = 14
ACCESS_DENIED = 15
BOT_FEATURES_OFF = 912
BAD_PARAMETER = 100
BAD_KEYBOARD = 911

_GONE = frozenset({7, 18, 37, 113, 900, 901, 902, 917, 922, 927, 932, 935, 936, 945, 946, 950, 962, 985, 987, 988})
_NEVER = frozenset({3, 8, 12, 13, 100, 104, 910, 911, 912, 913, 914, 921, 940, 943, 969})


class CallError(ChannelError):
    """A call that VK refused with `code`, or that did not reach it (`code` 0)."""

    def __init__(self, message: str, code: int = 0) -> None:
        super().__init__(f"VK {code}: {message}" if code else message)
        self.code = code


def explain(error: CallError, *, flood_seconds: float, slow_seconds: float) -> ChannelError:
    """Say what the courier is to do about a message that met `error`."""
    if error.code in _GONE:
        return UnreachableError(str(error))
    if error.code in _NEVER:
        return RefusedError(str(error))
    if error.code == SAME_AGAIN:
        return ThrottledError(flood_seconds)
    if error.code == RATE_LIMIT:
        return FloodError(flood_seconds)
    if error.code in TOKEN_REFUSED or error.code == CAPTCHA:
        return FloodError(slow_seconds)
    return FloodError(1.0) if error.code == TOO_FAST else error
