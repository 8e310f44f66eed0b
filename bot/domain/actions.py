"""Action: an explicit wish, from a button, a command, a deep link or a timer."""

from dataclasses import dataclass
from urllib.parse import unquote

LONGEST_PAYLOAD = 64
"""Bytes that Telegram's callback_data may have; VK allows 255. Source: Bot API, InlineKeyboardButton."""


@dataclass(frozen=True, slots=True)
class Action:
    """`name` is ``skill.verb``, for example ``feedback.start``; `args` are short strings.

    The encoded form is what a button carries and must stay readable for years: old messages keep their buttons.
    """

    name: str
    args: tuple[str, ...] = ()

    @property
    def skill(self) -> str:
        """Name of the skill that performs it."""
        return self.name.partition(".")[0]

    @property
    def verb(self) -> str:
        """What the skill is asked to do."""
        return self.name.partition(".")[2]

    def argument(self, number: int) -> str:
        """Return the argument at `number`, or an empty string where an old button has fewer."""
        return self.args[number] if number < len(self.args) else ""

    def encode(self) -> str:
        """Write it as a payload: ``name:arg:arg``, colons and percent signs in arguments escaped."""
        return ":".join([self.name, *(_escape(argument) for argument in self.args)])


def decode_action(payload: str) -> Action:
    """Read a payload. Never raises: what nobody understands is answered as a button of an old message."""
    name, *args = payload.split(":")
    return Action(name, tuple(unquote(argument, errors="replace") for argument in args))


def _escape(argument: str) -> str:
    return argument.replace("%", "%25").replace(":", "%3A")
