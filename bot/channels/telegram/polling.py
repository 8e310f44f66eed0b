"""Long polling: an update is confirmed by asking for the next one, which happens after it was stored."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bot.channels.telegram.api import Api, CallError
from bot.channels.telegram.identity import Identity
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.options import Pauses
from bot.channels.telegram.parse import ALLOWED_UPDATES, update_number
from bot.channels.telegram.patience import OTHER_POLLER, Patience
from bot.domain.errors import StorageError
from bot.services.back_off import BackOff
from bot.services.channel import Accept, Trouble

logger = logging.getLogger(__name__)

MOST_UPDATES = 100
"""At once. Source: Bot API, getUpdates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Polling:
    """Takes updates by getUpdates."""

    api: Api
    identity: Identity
    intake: Intake
    pauses: Pauses
    trouble: Trouble
    poll_seconds: int

    async def receive(self, accept: Accept) -> None:
        """Take updates until cancelled.

        Raises:
            ConfigurationError: the token is not valid.
        """
        patience = Patience(self.pauses, self.trouble)
        me = await patience.call(self.identity.get)
        await patience.call(lambda: self.api.call("deleteWebhook"))  # one left behind would keep us from polling
        logger.info("telegram.polling bot=%s", me.username)
        offset: int | None = None
        while True:
            updates = await patience.call(partial(self._updates, offset))
            await self._store(updates, accept)
            offset = _next_offset(updates)  # none after silence: numbers may begin anew after a week (Bot API, Update)

    async def _updates(self, offset: int | None) -> Sequence[object]:
        """Ask for the next updates, oldest first; those below `offset` are confirmed by it.

        Raises:
            CallError: none came.
        """
        # in trouble, an answer tells that it is over and must not take long; of another poller it would tell nothing
        seconds = 0 if self.trouble.text not in {"", OTHER_POLLER} else self.poll_seconds
        parameters: dict[str, object] = {
            "timeout": seconds,
            "limit": MOST_UPDATES,
            "allowed_updates": ALLOWED_UPDATES,
        }
        if offset is not None:
            parameters["offset"] = offset
        updates = await self.api.call("getUpdates", parameters, longer=seconds)
        if not isinstance(updates, list) or (updates and _next_offset(updates) is None):
            raise CallError(200, "no list of updates")
        return sorted(updates, key=lambda update: update_number(update) or 0)

    async def _store(self, updates: Sequence[object], accept: Accept) -> None:
        """Store them, however often it has to be tried: until then nothing is confirmed, and nothing new is taken."""
        back_off = BackOff(first=self.pauses.first, longest=self.pauses.longest)
        is_said = False
        while True:
            try:
                await self.intake.take(updates, me=await self.identity.get(), accept=accept)
            except StorageError as error:
                if not is_said:
                    logger.error("telegram.stopped no updates are taken: %s", error)  # noqa: TRY400 -- it says all
                is_said = True
                self.trouble.begin(f"updates cannot be stored: {error}")
                await back_off.wait()
            else:
                if is_said:
                    self.trouble.end()
                    logger.warning("telegram.resumed updates are taken again")
                return


def _next_offset(updates: Sequence[object]) -> int | None:
    numbers = [number for update in updates if (number := update_number(update)) is not None]
    return max(numbers) + 1 if numbers else None
