"""Attached: what people sent is fetched from the platform that it came by."""

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from bot.domain.ids import ChannelName
from bot.services.club.pictures import PictureFault
from bot.services.purchases.reading import PictureGoneError


@runtime_checkable
class Fetching(Protocol):
    """A channel that gives out what was attached."""

    @property
    def name(self) -> ChannelName: ...

    async def fetch(self, reference: str) -> bytes:
        """Return the bytes.

        Raises:
            PictureGoneError: they cannot be had.
            TryLaterError: the platform does not answer now.
        """
        ...


class AttachedPictures:
    """`PictureSource` over channels; those that give nothing out are left aside."""

    def __init__(self, channels: Iterable[object]) -> None:
        self._channels = {channel.name: channel for channel in channels if isinstance(channel, Fetching)}

    async def fetch(self, channel: ChannelName, reference: str) -> bytes:
        """Return the bytes.

        Raises:
            PictureGoneError: they cannot be had.
            TryLaterError: the platform does not answer now.
        """
        source = self._channels.get(channel)
        if source is None:
            raise PictureGoneError(PictureFault.FAILED)
        return await source.fetch(reference)
