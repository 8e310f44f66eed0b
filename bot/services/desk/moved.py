"""Moved: rooms of the desk that became other chats, remembered until the settings name them."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.ids import ChannelName
from bot.domain.messages import Address
from bot.services.books import BookmarkBook

_KEY = "desk.room-moved:"
_MOST_MOVES = 5


class BookmarkUnit(Protocol):
    """What is needed of a unit of work."""

    @property
    def bookmarks(self) -> BookmarkBook: ...


def moved_key(room: Address) -> str:
    """Name the bookmark that tells what a room became."""
    return f"{_KEY}{room.channel}:{room.chat_id}"


async def current_rooms(uow: BookmarkUnit, written: Sequence[str]) -> tuple[str, ...]:
    """Return rooms, each as ``channel:chat``, as they are called by now."""
    rooms = []
    for each in written:
        channel, _, chat = each.partition(":")
        for _ in range(_MOST_MOVES):
            moved = await uow.bookmarks.read(moved_key(Address(ChannelName(channel), chat, "")))
            if not moved:
                break
            chat = moved
        rooms.append(f"{channel}:{chat}")
    return tuple(rooms)
