"""From raw updates to stored events, whichever way they came."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.telegram.addressing import Me
from bot.channels.telegram.inline import InlineAnswers
from bot.channels.telegram.options import Pauses
from bot.channels.telegram.parse import TELEGRAM, Ignored, Result, inline_query, parse, press_id
from bot.channels.telegram.presses import PressAnswers
from bot.domain.errors import RejectedError
from bot.domain.messages import Event
from bot.services.back_off import BackOff
from bot.services.channel import Accept, Meter
from bot.services.ports import Clock

logger = logging.getLogger(__name__)

MOST_REFUSALS = 3
ALONE = Pauses(first=0.02, longest=0.1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Reads updates, has them stored, has presses and inline queries answered."""

    meter: Meter
    clock: Clock
    presses: PressAnswers
    inline: InlineAnswers

    async def take(self, updates: Sequence[object], *, me: Me, accept: Accept) -> None:
        """Store what `updates` say, in order; after that they may be confirmed.

        Raises:
            StorageError: nothing was stored, so nothing may be confirmed.
        """
        at = self.clock.now()
        results = [parse(update, me=me, at=at) for update in updates]
        events = [result for result in results if not isinstance(result, Ignored)]
        if events:
            await self._store(events, accept)
        self._count(results)
        for press in map(press_id, updates):
            if press is not None:
                self.presses.put(press)
        for query in map(inline_query, updates):
            if query is not None:
                self.inline.put(query)

    def _count(self, results: Sequence[Result]) -> None:
        for result in results:
            if isinstance(result, Ignored):
                self.meter.ignored(TELEGRAM, result.kind)

    async def _store(self, events: Sequence[Event], accept: Accept) -> None:
        """An event that the database never takes must not keep the others: it would come again for ever."""
        try:
            await accept(events)
        except RejectedError as error:
            for event in events:
                await self._store_alone(event, accept, error)

    async def _store_alone(self, event: Event, accept: Accept, error: RejectedError) -> None:
        """Give an event up when it was refused several times: once may be for what others stored along with it."""
        back_off = BackOff(first=ALONE.first, longest=ALONE.longest)
        for _ in range(MOST_REFUSALS):
            try:
                await accept([event])
            except RejectedError as again:
                error = again
                await back_off.wait()
            else:
                return
        self.meter.ignored(TELEGRAM, "broken")
        logger.error("telegram.rejected update=%s error=%s", event.id, error)
