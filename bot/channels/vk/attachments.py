"""What people attach, as VK describes it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.channels.vk.fields import Fields
from bot.domain.messages import AttachmentKind

_KINDS = {
    "photo": AttachmentKind.PHOTO,
    "graffiti": AttachmentKind.PHOTO,
    "doc": AttachmentKind.FILE,
    "audio_message": AttachmentKind.VOICE,
    "audio": AttachmentKind.AUDIO,
    "video": AttachmentKind.VIDEO,
}
_URLS = ("url", "link_mp3", "link_ogg")
MOST = 10
"""VK takes no more in one message."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something attached; `reference` is VK's own name for it, then its address if it has one, after a space."""

    kind: AttachmentKind
    reference: str


def read_attachments(message: Fields) -> tuple[Thing, ...]:
    """List what we can name, in order; links, posts and the like are left out."""
    found = [thing for item in message.parts("attachments") for thing in _read(item)]
    return (*found[:MOST], *_place(message.part("geo")))


def _read(item: Fields) -> Iterator[Thing]:
    type_ = item.text("type")
    body = item.part(type_)
    sticker = body.integer("sticker_id")
    if type_ == "sticker" and sticker is not None:
        yield Thing(AttachmentKind.STICKER, f"sticker{sticker}")
    kind, owner, number = _KINDS.get(type_), body.integer("owner_id"), body.integer("id")
    if kind is not None and owner is not None and number is not None:
        key = body.text("access_key")
        name = f"{type_}{owner}_{number}" + (f"_{key}" if key else "")
        yield Thing(kind, f"{name} {_address(body)}".strip())


def _address(body: Fields) -> str:
    """Where the largest copy can be had, for some hours."""
    sizes = max(body.parts("sizes"), key=lambda size: size.integer("width") or 0, default=Fields())
    candidates = (body.part("orig_photo").text("url"), sizes.text("url"), *(body.text(name) for name in _URLS))
    return next((address for address in candidates if address.startswith("https://")), "")


def _place(geo: Fields) -> Iterator[Thing]:
    place = geo.part("coordinates").values
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if isinstance(latitude, int | float) and isinstance(longitude, int | float):
        is_on_earth = -90 <= latitude <= 90 and -180 <= longitude <= 180  # noqa: PLR2004 - degrees
        if is_on_earth:
            yield Thing(AttachmentKind.LOCATION, f"{latitude},{longitude}")
