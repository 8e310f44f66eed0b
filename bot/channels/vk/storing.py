"""Storing: from raw updates to stored events, whichever way they came."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.channels.vk.options import VK
from bot.channels.vk.parse import Parsed, parse
from bot.channels.vk.presses import Presses
from bot.channels.vk.signatures import Signatures
from bot.domain.errors import RejectedError, StorageError
from bot.domain.messages import Event
from bot.services.channel import Accept, Meter, Trouble
from bot.services.ports import Clock

logger = logging.getLogger(__name__)

OURS, OTHER = "own", "other_program"
OTHER_SENDER = (
    "vk.other_sender another program writes in the name of this community, so people may get two answers: if it is"
    " a second bot, stop it, or delete its key (Manage, API usage, Access tokens)"
)
"""Only programs send with a number of their own; humans are named by `admin_author_id`."""


@dataclass(kw_only=True)
class Storing:
    """Reads updates, leaves out what we sent ourselves, stores the rest and has presses answered."""

    group_id: int
    clock: Clock
    meter: Meter
    signatures: Signatures
    presses: Presses
    accept: Accept | None = None
    trouble: Trouble = field(default_factory=Trouble)
    has_other_sender: bool = False

    async def store(self, updates: Sequence[object]) -> None:
        """Store all of `updates`, in order; what is no event is counted.

        Raises:
            StorageError: nothing may be confirmed to VK; give all of them again.
        """
        parsed = [parse(update, group_id=self.group_id, at=self.clock.now()) for update in updates]
        foreign = [await self._foreign(each) for each in parsed]
        events = [event for each in foreign for event in each.events]
        new = await self._accept(events) if events else set()
        for each in foreign:
            if each.ignored:
                self.meter.ignored(VK, each.ignored)
            if each.press is not None and each.events[0].id in new:
                self.presses.add(each.press)

    async def _foreign(self, parsed: Parsed) -> Parsed:
        """Leave out what we sent, VK tells of every message of the community's, and what another program did: a mailing
        is nobody who took over."""
        if parsed.sent_as is None:
            return parsed
        if await self.signatures.is_ours(parsed.sent_as, parsed.events[0].sender):
            return Parsed(ignored=OURS)
        if not parsed.sent_as:
            return parsed
        if not self.has_other_sender:
            self.has_other_sender = True
            logger.warning(OTHER_SENDER)
        return Parsed(ignored=OTHER)

    async def _accept(self, events: Sequence[Event]) -> set[str]:
        """Store events; return the ids of those that are new."""
        if self.accept is None:
            raise StorageError("not taking updates in yet")
        try:
            accepted = await self.accept(events)
        except RejectedError as error:
            if len(events) == 1:
                logger.error("vk.rejected event=%s error=%s: it is dropped", events[0].id, error)  # noqa: TRY400 - it says all
                return set()
            return {id_ for event in events for id_ in await self._accept([event])}
        return {event.id for event, is_new in zip(events, accepted, strict=True) if is_new}
