"""ConsoleChannel: gathers what is said until one line of input is answered."""

from collections.abc import Sequence

from bot.channels.console.parse import CONSOLE
from bot.domain.ids import ChannelName
from bot.domain.messages import Address
from bot.domain.replies import OutgoingMessage, QueuedMessage
from bot.services.channel import Pace, SendResult


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

    @property
    def pace(self) -> Pace | None:
        """As fast as it goes."""
        return None

    @property
    def knows_repeats(self) -> bool:
        """A message that was not marked was not shown."""
        return True

    def fit(self, message: OutgoingMessage) -> Sequence[OutgoingMessage]:
        """Any length fits a line."""
        return (message,)

    async def send(self, messages: Sequence[QueuedMessage]) -> Sequence[SendResult]:
        """Gather them; the reference is the place in what is shown together."""
        first = len(self._gathered) + 1
        self._gathered += [item.message for item in messages]
        return [str(first + number) for number in range(len(messages))]

    async def show_typing(self, to: Address) -> None:
        """Say nothing: the answer comes with the line."""

    def take(self) -> list[OutgoingMessage]:
        """Return what was gathered, in order, and begin anew."""
        messages, self._gathered = self._gathered, []
        return messages
