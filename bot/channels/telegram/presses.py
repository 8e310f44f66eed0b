"""Telling Telegram that presses arrived, so that the button of the person stops waiting."""

import asyncio
import logging

from bot.channels.telegram.api import Api, CallError

logger = logging.getLogger(__name__)

WORKERS = 8
MOST_WAITING = 1_000
"""A press has to be answered within seconds: what would wait longer is not worth it."""


class PressAnswers:
    """Answers presses beside the intake. Best effort: a press that is not answered was stored all the same."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._waiting: asyncio.Queue[str] = asyncio.Queue(MOST_WAITING)

    def put(self, press: str) -> None:
        """Have a press answered soon; dropped when too many wait."""
        try:
            self._waiting.put_nowait(press)
        except asyncio.QueueFull:
            logger.info("telegram.press_dropped")

    async def work(self) -> None:
        """Answer until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for _ in range(WORKERS):
                tasks.create_task(self._answer())

    async def _answer(self) -> None:
        while True:
            press = await self._waiting.get()
            try:
                await self._api.call("answerCallbackQuery", {"callback_query_id": press})
            except CallError as error:
                logger.info("telegram.press_not_answered error=%s", error)
