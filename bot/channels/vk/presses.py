"""Presses: VK wants each answered within a minute, or the button keeps turning."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

from bot.channels.vk.api import Api, Call, Params
from bot.channels.vk.errors import CallError
from bot.channels.vk.parse import Press

logger = logging.getLogger(__name__)

WORKERS = 4
MOST_WAITING = 1_000
_SECONDS = 55.0
_TRIES = 3


class Presses:
    """Answers presses that are stored; best effort: the real answer is a message."""

    def __init__(self, api: Api, ticks: Callable[[], float]) -> None:
        self._api = api
        self._ticks = ticks
        self._waiting: asyncio.Queue[tuple[Press, float]] = asyncio.Queue(MOST_WAITING)

    def add(self, press: Press) -> None:
        """Have it answered soon; when too many wait, not at all."""
        with suppress(asyncio.QueueFull):
            self._waiting.put_nowait((press, self._ticks() + _SECONDS))

    async def run(self) -> NoReturn:
        """Answer one after the other, for ever."""
        while True:
            press, until = await self._waiting.get()
            for _ in range(_TRIES):
                if self._ticks() > until or await self._answer(press):
                    break

    async def _answer(self, press: Press) -> bool:
        """Whether it is answered, or never will be."""
        params: Params = {"event_id": press.event_id, "user_id": press.user_id, "peer_id": press.peer_id}
        try:
            await self._api.perform(Call(method="messages.sendMessageEventAnswer", params=params), is_urgent=True)
        except CallError as error:
            logger.info("vk.press_not_answered error=%s", error)
            return error.code != 0 and error.code not in {1, 6, 10}
        return True
