"""Inline mode: who types the bot's name into a field is offered canned answers. Best effort, beside the intake."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.channels.telegram.api import Api, CallError
from bot.domain.errors import BotError
from bot.domain.messages import Address

logger = logging.getLogger(__name__)

MOST_WAITING = 200
MOST_RESULTS = 20
CACHE_SECONDS = 5
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class InlineQuery:
    """What `sender` has typed behind the bot's name."""

    id: str
    sender: Address
    text: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that may be sent, by its name."""

    name: str
    text: str


Suggest: TypeAlias = Callable[[InlineQuery], Awaitable[Sequence[Suggestion]]]
"""Tells what somebody may choose from; nothing for who may not."""


class InlineAnswers:
    """Answers inline queries. One that is not answered shows nothing, and costs nobody anything."""

    def __init__(self, api: Api, suggest: Suggest | None) -> None:
        self._api = api
        self._suggest = suggest
        self._waiting: asyncio.Queue[InlineQuery] = asyncio.Queue(MOST_WAITING)

    def put(self, query: InlineQuery) -> None:
        """Have a query answered soon; dropped when too many wait."""
        try:
            self._waiting.put_nowait(query)
        except asyncio.QueueFull:
            logger.info("telegram.inline_dropped")

    async def work(self) -> None:
        """Answer until cancelled."""
        while True:
            query = await self._waiting.get()
            try:
                found = await self._suggest(query) if self._suggest is not None else ()
                await self._api.call("answerInlineQuery", _answer(query, found))
            except (CallError, BotError) as error:
                logger.info("telegram.inline_not_answered error=%s", error)


def _answer(query: InlineQuery, found: Sequence[Suggestion]) -> dict[str, object]:
    results = [
        {
            "type": "article",
            "id": str(number),
            "title": each.name[:_LONGEST_TITLE],
            "description": each.text[:_LONGEST_TITLE],
            "input_message_content": {"message_text": each.text},
        }
        for number, each in enumerate(found[:MOST_RESULTS])
    ]
    return {"inline_query_id": query.id, "results": results, "cache_time": CACHE_SECONDS, "is_personal": True}
