"""Uploads: pictures and files brought to VK's own servers, each once."""

import asyncio
import logging
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.channels.vk.api import Api
from bot.channels.vk.errors import CallError
from bot.channels.vk.fields import Fields
from bot.channels.vk.options import VkOptions
from bot.channels.vk.pictures import Pictures
from bot.channels.vk.web import Web
from bot.domain.messages import AttachmentKind
from bot.domain.replies import Attachment

logger = logging.getLogger(__name__)

TRIES = 2
KEPT = 5_000
GOOD_SECONDS = 12 * 3600.0  # a feed may put another picture under the same address
BAD_SECONDS = 600.0
_NAMED = re.compile(
    r"((photo|video|audio|doc|audio_message|market|wall|poll)-?\d+_\d+(_\w+)?)( https://\S*)?", re.ASCII
)
_ADDRESS = re.compile(r"https?://")
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8")


@dataclass(slots=True)
class _Shelf:
    """Names VK gave to what was brought, the latest used last; None for what could not be had."""

    names: OrderedDict[str, tuple[str | None, float]] = field(default_factory=OrderedDict)

    def find(self, key: str, now: float) -> tuple[bool, str | None]:
        """Return whether it is known, and its name."""
        name, until = self.names.get(key, (None, 0.0))
        if key in self.names:
            self.names.move_to_end(key)
        return until > now, name

    def put(self, key: str, name: str | None, until: float) -> None:
        """Keep a name; the one unused for longest makes room."""
        self.names[key] = (name, until)
        if len(self.names) > KEPT:
            self.names.popitem(last=False)


class Uploads:
    """What cannot be had is left out: an answer is never lost for a picture."""

    def __init__(
        self, api: Api, web: Web, pictures: Pictures, options: VkOptions, *, ticks: Callable[[], float]
    ) -> None:
        self._api = api
        self._web = web
        self._pictures = pictures
        self._options = options
        self._ticks = ticks
        self._shelf = _Shelf()
        self._busy: dict[str, asyncio.Lock] = {}

    async def name(self, attachment: Attachment, *, peer_id: str) -> str | None:
        """Return what VK calls it, brought there if need be; None when it cannot be had."""
        named = _NAMED.fullmatch(attachment.source)
        if named is not None:
            return named[1]
        if attachment.kind is AttachmentKind.PHOTO:
            return await self.photo(attachment.source)
        return await self._once(f"doc {attachment.source}", lambda: self._bring_file(attachment, peer_id))

    async def photo(self, source: str) -> str | None:
        """Return what VK calls a picture, ``photo-1_2_key``; None when it cannot be had."""
        return await self._once(f"photo {source}", lambda: self._bring_photo(source))

    async def _once(self, key: str, bring: Callable[[], Awaitable[str]]) -> str | None:
        lock = self._busy.setdefault(key, asyncio.Lock())
        try:
            async with lock:
                is_known, name = self._shelf.find(key, self._ticks())
                if is_known:
                    return name
                name = await self._try(bring)
                kept = BAD_SECONDS if name is None else GOOD_SECONDS
                self._shelf.put(key, name, self._ticks() + kept)
                return name
        finally:
            if not lock.locked():
                self._busy.pop(key, None)

    async def _try(self, bring: Callable[[], Awaitable[str]]) -> str | None:
        reason = ""
        for _ in range(TRIES):
            try:
                return await bring()
            except CallError as error:
                reason = str(error)
        logger.warning("vk.not_uploaded error=%s: the message goes without it", reason)
        return None

    async def _bring_photo(self, source: str) -> str:
        content = await self._content(source)
        if not content.startswith(_IMAGES):
            raise CallError("a picture that is no JPEG, PNG or GIF")
        server = Fields.of(await self._api.call("photos.getMessagesUploadServer"))
        brought = await self._bring(server, "photo", "picture.jpg", content)
        saved = await self._api.call(
            "photos.saveMessagesPhoto",
            photo=str(brought.values.get("photo", "")),
            server=brought.integer("server") or 0,
            hash=brought.text("hash"),
        )
        photos = Fields({"items": saved}).parts("items")
        return _named("photo", next(photos, Fields()))

    async def _bring_file(self, attachment: Attachment, peer_id: str) -> str:
        kind = "audio_message" if attachment.kind is AttachmentKind.VOICE else "doc"
        content = await self._content(attachment.source)
        server = Fields.of(await self._api.call("docs.getMessagesUploadServer", type=kind, peer_id=peer_id))
        name = attachment.name or "file"
        brought = await self._bring(server, "file", name, content)
        saved = Fields.of(await self._api.call("docs.save", file=brought.text("file"), title=name))
        return _named(kind, saved.part(kind))

    async def _bring(self, server: Fields, field_name: str, name: str, content: bytes) -> Fields:
        url = server.text("upload_url")
        seconds = self._options.read_timeout
        answer = await self._web.upload(url, field=field_name, name=name, content=content, seconds=seconds)
        if field_name not in answer.values:
            raise CallError(f"upload: {answer.text('error')[:100] or 'not taken'}")
        return answer

    async def _content(self, source: str) -> bytes:
        limit = self._options.picture_bytes
        if _ADDRESS.match(source):
            return await self._pictures.fetch(source)
        content = await self._api.threads.run(lambda: _read(Path(source), limit))
        if not content:
            raise CallError("a file that is not there, empty or too large")
        return content


def _read(path: Path, limit: int) -> bytes:
    with suppress(OSError, ValueError):
        if path.stat().st_size <= limit:
            return path.read_bytes()
    return b""


def _named(kind: str, saved: Fields) -> str:
    owner, number, key = saved.integer("owner_id"), saved.integer("id"), saved.text("access_key")
    if owner is None or number is None:
        raise CallError("upload: not saved")
    return f"{kind}{owner}_{number}" + (f"_{key}" if key else "")
