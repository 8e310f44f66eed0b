"""Signatures: by which number VK knows each message of ours, and whether a number is ours."""

import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from random import SystemRandom
from typing import TypeAlias

from bot.channels.vk.random_ids import SALTS, RandomIds
from bot.domain.ids import TranscriptId
from bot.domain.messages import Address
from bot.services.channel import Bookmarks

IsOurs: TypeAlias = Callable[[TranscriptId, Address], Awaitable[bool]]
"""Whether a row of the log is a message of ours to this address, sent or still queued."""

SALT, GROUPS = "vk:salt", "vk:groups"
KEPT_GROUPS = 32
KEPT_NUMBERS = 10_000


class Signatures:
    """A number follows from the message, so that a second try has the same and is not shown twice.

    One call to many people has one number, that of the first message. Such groups are noted before they are sent:
    whoever of them is written to again, after a crash too, is written to under the number of their group.
    """

    def __init__(self, bookmarks: Bookmarks, is_ours: IsOurs, *, salt: int, groups: Sequence[Sequence[int]]) -> None:
        self._bookmarks = bookmarks
        self._is_ours = is_ours
        self._ids = RandomIds(salt)
        self._groups = [tuple(TranscriptId(member) for member in group) for group in groups]
        self._leaders = _leaders(self._groups)
        self._recent: OrderedDict[tuple[int, str], None] = OrderedDict()

    @classmethod
    async def open(cls, bookmarks: Bookmarks, is_ours: IsOurs) -> "Signatures":
        """Read what was noted; a new database gets a salt of its own.

        Raises:
            StorageError: the notes cannot be read or written.
        """
        salt = await bookmarks.read(SALT)
        if salt is None:
            salt = str(SystemRandom().choice(SALTS))
            await bookmarks.write(SALT, salt)
        return cls(bookmarks, is_ours, salt=int(salt), groups=json.loads(await bookmarks.read(GROUPS) or "[]"))

    def leader(self, message: TranscriptId) -> TranscriptId | None:
        """Return the first of the group that a message was sent with; None when it was not."""
        return self._leaders.get(message)

    def sign(self, message: TranscriptId, to: Address) -> int:
        """Return the number to send a message under, and remember it as ours."""
        number = self._ids.number(self.leader(message) or message)
        self._recent[number, to.chat_id] = None
        if len(self._recent) > KEPT_NUMBERS:
            self._recent.popitem(last=False)
        return number

    async def note_group(self, members: Sequence[TranscriptId]) -> None:
        """Note durably that `members` go out in one call; nothing to do for a group that goes out again.

        Raises:
            StorageError: not noted, so they may not be sent together.
        """
        if self.leader(members[0]) is not None:
            return
        groups = [*self._groups, tuple(members)][-KEPT_GROUPS:]
        await self._bookmarks.write(GROUPS, json.dumps(groups, separators=(",", ":")))
        self._groups, self._leaders = groups, _leaders(groups)

    async def is_ours(self, number: int, to: Address) -> bool:
        """Whether a message to `to` that bears this number was sent by us.

        Raises:
            StorageError: the log cannot be asked.
        """
        if (number, to.chat_id) in self._recent:
            return True
        first = self._ids.message(number)
        if first is None:
            return False
        members = next((group for group in self._groups if group[0] == first), (first,))
        for member in members:
            if await self._is_ours(member, to):
                return True
        return False


def _leaders(groups: Sequence[Sequence[TranscriptId]]) -> dict[TranscriptId, TranscriptId]:
    return {member: group[0] for group in groups for member in group}
