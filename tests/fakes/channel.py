"""FakeChannel: takes everything that is sent, or fails as told."""

from collections.abc import Sequence

from bot.domain.errors import ChannelError
from bot.domain.ids import ChannelName
from bot.domain.messages import Address
from bot.domain.replies import OutgoingMessage, QueuedMessage
from bot.services.channel import Pace, SendResult


class FakeChannel:
    """Fails once for each of `errors`, then takes everything; `taken` is what arrived, in order.

    A ChannelError is a result, any other error is a fault of the channel itself and raised.
    """

    def __init__(
        self,
        *errors: Exception,
        name: str = "console",
        pace: Pace | None = None,
        knows_repeats: bool = True,
    ) -> None:
        self.errors = list(errors)
        self.taken: list[OutgoingMessage] = []
        self.typing: list[Address] = []
        self._name = ChannelName(name)
        self._pace = pace
        self._knows_repeats = knows_repeats

    @property
    def name(self) -> ChannelName:
        """As given."""
        return self._name

    @property
    def pace(self) -> Pace | None:
        """As given."""
        return self._pace

    @property
    def knows_repeats(self) -> bool:
        """As given."""
        return self._knows_repeats

    def fit(self, message: OutgoingMessage) -> Sequence[OutgoingMessage]:
        """Take everything as it is."""
        return (message,)

    async def send(self, messages: Sequence[QueuedMessage]) -> Sequence[SendResult]:
        """Take them, unless an error is left."""
        return [await self.send_one(item) for item in messages]

    async def send_one(self, item: QueuedMessage) -> SendResult:
        """Take one, unless an error is left."""
        error = self.errors.pop(0) if self.errors else None
        if isinstance(error, ChannelError):
            return error
        if error is not None:
            raise error
        self.taken.append(item.message)
        return str(len(self.taken))

    async def show_typing(self, to: Address) -> None:
        """Note it."""
        self.typing.append(to)
