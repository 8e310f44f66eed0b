"""ConsoleChannel: gathers what is said until one line of input is answered."""

from collections.abc import Sequence

from bot.channels.console import attached
from bot.channels.console.parse import CONSOLE
from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.messages import Address
from bot.domain.replies import OutgoingMessage, QueuedMessage
from bot.services.channel import Pace, SendResult


class ConsoleChannel:
    """Whoever drives the console shows what was gathered, after it was marked as sent.

    A kill between the two loses one line, before it would repeat one; the mark is as close to the writing as can be.
    """

    def __init__(self) -> None:
        self._gathered: dict[TranscriptId, OutgoingMessage] = {}

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
        """One that is gathered twice is shown once; one that was shown was marked before, and does not come again."""
        return True

    def fit(self, message: OutgoingMessage) -> Sequence[OutgoingMessage]:
        """Any length fits a line."""
        return (message,)

    async def send(self, messages: Sequence[QueuedMessage]) -> Sequence[SendResult]:
        """Gather them; the reference is the place in what is shown together."""
        self._gathered.update({item.id: item.message for item in messages})
        places = {id_: str(place) for place, id_ in enumerate(self._gathered, 1)}
        return [places[item.id] for item in messages]

    async def fetch(self, reference: str) -> bytes:
        """Read the file that `reference` names.

        Raises:
            PictureGoneError: it is not there, or too big.
        """
        return await attached.fetch(reference)

    async def is_up(self) -> bool:
        """Always."""
        return True

    async def show_typing(self, to: Address) -> None:
        """Say nothing: the answer comes with the line."""

    def take(self) -> list[OutgoingMessage]:
        """Return what was gathered, in order, and begin anew."""
        messages = list(self._gathered.values())
        self._gathered.clear()
        return messages
