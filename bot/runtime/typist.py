"""Typist: lets people see that we are about to answer while we wait for the rest of what they say."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import NoReturn

from bot.domain.ids import ChannelName
from bot.domain.messages import Address
from bot.services.channel import Channel

MOST_HINTS = 50
"""Hints that wait; under load they are dropped, for an answer is better than a hint of one."""


class Typist:
    """Shows hints one after the other, best effort."""

    def __init__(self, channels: Sequence[Channel]) -> None:
        self._channels: Mapping[ChannelName, Channel] = {channel.name: channel for channel in channels}
        self._hints: asyncio.Queue[Address] = asyncio.Queue(maxsize=MOST_HINTS)

    def hint(self, to: Address) -> None:
        """Have "typing…" shown to `to` soon."""
        if not self._hints.full():
            self._hints.put_nowait(to)

    async def run(self) -> NoReturn:
        """Show for ever."""
        while True:
            to = await self._hints.get()
            await self._channels[to.channel].show_typing(to)
