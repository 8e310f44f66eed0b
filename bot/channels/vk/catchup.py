"""Catching up: what people wrote while VK's history was lost, read from their conversations.

A conversation that waits for no answer may have lost messages too: ours to an older one came after them. What was
stored before is read once more, and dropped as a repeat.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import takewhile

from bot.channels.vk.api import Api
from bot.channels.vk.errors import CallError
from bot.channels.vk.fields import Fields

logger = logging.getLogger(__name__)

PAGE = 200
MOST_CONVERSATIONS = 2_000
MOST_MESSAGES = 50
TOGETHER = 20


async def missed_messages(api: Api, *, group_id: int, since: float) -> Sequence[object]:
    """Return the incoming messages since `since` (Unix seconds) that no human answered, as events, oldest first.

    Raises:
        CallError: VK does not list the conversations.
    """
    waiting = [peer async for peer in _peers(api, since, kind="unanswered", most=MOST_CONVERSATIONS)]
    freshest = [peer async for peer in _peers(api, since, kind="all", most=PAGE)]
    peers = list(dict.fromkeys([*waiting, *freshest]))
    found: list[Fields] = []
    for start in range(0, len(peers), TOGETHER):
        some = await asyncio.gather(*(_incoming_of(api, peer, since) for peer in peers[start : start + TOGETHER]))
        found += [message for messages in some for message in messages]
    found.sort(key=lambda message: (message.integer("date") or 0, message.integer("conversation_message_id") or 0))
    return [_as_event(message, group_id) for message in found]


async def _peers(api: Api, since: float, *, kind: str, most: int) -> AsyncIterator[int]:
    for offset in range(0, most, PAGE):
        answer = await api.call("messages.getConversations", filter=kind, count=PAGE, offset=offset)
        items = list(Fields.of(answer).parts("items"))
        for item in items:
            last = item.part("last_message")
            peer = item.part("conversation").part("peer").integer("id") or last.integer("peer_id")
            if peer and (last.integer("date") or 0) >= since:
                yield peer
        if len(items) < PAGE or all((item.part("last_message").integer("date") or 0) < since for item in items):
            return


async def _incoming_of(api: Api, peer_id: int, since: float) -> Sequence[Fields]:
    """Read back to a human's answer; a chat that does not let us read is left out."""
    try:
        answer = await api.call("messages.getHistory", peer_id=peer_id, count=MOST_MESSAGES)
    except CallError as error:
        if error.code in {0, 6, 10}:
            raise
        logger.info("vk.history_closed error=%s", error)
        return ()
    return list(_incoming(Fields.of(answer), since))


def _incoming(history: Fields, since: float) -> Iterator[Fields]:
    """History is told from its end."""
    recent = takewhile(lambda message: (message.integer("date") or 0) >= since, history.parts("items"))
    unanswered = takewhile(lambda message: not _is_by_human(message), recent)
    return (message for message in unanswered if (message.integer("from_id") or 0) > 0)


def _is_by_human(message: Fields) -> bool:
    """Whether somebody answered in VK's own inbox, or VK did for them: what a program sends has a random_id."""
    is_by_community = (message.integer("from_id") or 0) < 0
    return is_by_community and bool(message.integer("admin_author_id") or not message.integer("random_id"))


def _as_event(message: Fields, group_id: int) -> object:
    return {"type": "message_new", "group_id": group_id, "object": {"message": message.values}}
