"""Said: messages of ours that are looked up again, as a protocol of storage."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.members.erasure import SaidLine
from bot.domain.messages import Address
from bot.domain.replies import OutgoingMessage


class SaidMessages(Protocol):
    """The part of the log that looks back."""

    async def reference(self, channel: ChannelName, event_id: str) -> str:
        """Return the platform's reference of the last message that answered an event; empty where none is known."""
        ...

    async def message(self, answers: TranscriptId, number: int) -> OutgoingMessage | None:
        """Return a message by its name, whatever became of it; None when there is none or it cannot be read."""
        ...

    async def recent(self, address: Address, *, limit: int) -> Sequence[SaidLine]:
        """Return the latest lines said by and to somebody, oldest first, as far as the newest part of the log has them.

        Texts only, those that wait for their turn or to be sent included.
        """
        ...

    async def is_message(self, row: TranscriptId, to: Address) -> bool:
        """Whether `row` is a message of ours to `to`."""
        ...
