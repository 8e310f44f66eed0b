"""ConsoleChannel: gathers what is said until one line of input is answered."""

from bot.channels.console.parse import CONSOLE
from bot.domain.ids import ChannelName
from bot.domain.replies import OutgoingMessage


class ConsoleChannel:
    """Whoever drives the console shows what was gathered, after it was marked as sent.

    A kill between the two loses one line, before it would repeat one; the mark is as close to the writing as can be.
    """

    def __init__(self) -> None:
        self._gathered: list[OutgoingMessage] = []

    @property
    def name(self) -> ChannelName:
        """``console``."""
        return CONSOLE

    async def send(self, message: OutgoingMessage) -> str:
        """Gather it; the reference is its place in what is shown together."""
        self._gathered.append(message)
        return str(len(self._gathered))

    def take(self) -> list[OutgoingMessage]:
        """Return what was gathered, in order, and begin anew."""
        messages, self._gathered = self._gathered, []
        return messages
