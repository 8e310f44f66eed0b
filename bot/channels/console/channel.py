"""ConsoleChannel: gathers what is said until one line of input is answered."""

from collections.abc import Callable, Sequence

from bot.channels.console.parse import CONSOLE
from bot.domain.ids import ChannelName
from bot.domain.replies import OutgoingMessage


class ConsoleChannel:
    """`show` writes the gathered messages out, right before they are marked as sent."""

    def __init__(self, show: Callable[[Sequence[OutgoingMessage]], None]) -> None:
        self._show = show
        self._gathered: list[OutgoingMessage] = []

    @property
    def name(self) -> ChannelName:
        """``console``."""
        return CONSOLE

    async def send(self, message: OutgoingMessage) -> str:
        """Gather it; the reference is the place in what is shown together."""
        self._gathered.append(message)
        return str(len(self._gathered))

    async def flush(self) -> None:
        """Show what was gathered."""
        messages, self._gathered = self._gathered, []
        if messages:
            self._show(messages)
