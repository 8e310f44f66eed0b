"""FakeChannel: takes everything that is sent, or fails as told."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.errors import ChannelError, UnreachableError
from bot.domain.fitting import split
from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.messages import Address
from bot.domain.replies import NOTICE, OutgoingMessage, QueuedMessage
from bot.services.channel import Pace, SendResult


class FakeChannel:
    """Fails once for each of `errors`, then takes everything; `taken` is what arrived, in order.

    A ChannelError is a result, any other error is a fault of the channel itself and raised. Chats in `blocked` take
    nothing; while it `is_down` nobody does. `screen` is what people see, by reference. Without `longest_text`
    (characters) any text fits.
    """

    def __init__(
        self,
        *errors: Exception,
        name: str = "console",
        pace: Pace | None = None,
        knows_repeats: bool = True,
        longest_text: int | None = None,
    ) -> None:
        self.errors = list(errors)
        self.taken: list[OutgoingMessage] = []
        self.typing: list[Address] = []
        self.blocked: set[str] = set()
        self.is_down = False
        self.screen: dict[str, OutgoingMessage] = {}
        self._references: dict[TranscriptId, str] = {}
        self._name = ChannelName(name)
        self._pace = pace
        self._knows_repeats = knows_repeats
        self._longest_text = longest_text

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
        """Divide long texts, where there is a bound; buttons stand under the last part."""
        if self._longest_text is None:
            return (message,)
        texts = split(message.text, message.marks, limit=self._longest_text, measure=len)
        bare = replace(message, buttons=(), attachments=())
        parts = [replace(bare, text=text, marks=marks, replaces="") for text, marks in texts]
        parts[0] = replace(parts[0], attachments=message.attachments, replaces=message.replaces)
        parts[-1] = replace(parts[-1], buttons=message.buttons)
        return [parts[0], *(replace(part, answer=NOTICE) for part in parts[1:])]

    async def send(self, messages: Sequence[QueuedMessage]) -> Sequence[SendResult]:
        """Take them, unless an error is left."""
        return [await self.send_one(item) for item in messages]

    async def send_one(self, item: QueuedMessage) -> SendResult:
        """Take one, unless an error is left."""
        error = self.errors.pop(0) if self.errors else None
        if error is not None and not isinstance(error, ChannelError):
            raise error
        if error is None and self.is_down:
            error = ChannelError("down")
        if error is None and item.message.to.chat_id in self.blocked:
            error = UnreachableError("blocked")
        return error or self._taken_before(item.id) or self._show(item)

    async def is_up(self) -> bool:
        """Unless it is down."""
        return not self.is_down

    async def show_typing(self, to: Address) -> None:
        """Note it."""
        if not self.is_down:
            self.typing.append(to)

    def _taken_before(self, message: TranscriptId) -> str | None:
        return self._references.get(message) if self._knows_repeats else None

    def _show(self, item: QueuedMessage) -> str:
        message = item.message
        self.taken.append(message)
        reference = message.replaces if message.replaces in self.screen else str(len(self._references) + 1)
        self.screen[reference] = message
        self._references[item.id] = reference
        return reference
