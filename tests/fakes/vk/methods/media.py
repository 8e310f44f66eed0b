"""photos.*, docs.*: upload addresses, saving, and finding what was saved."""

import hashlib
import json
import re
from collections.abc import Callable, Sequence

from tests.fakes.vk.attachments import make_audio_message, make_doc, make_photo
from tests.fakes.vk.context import Context
from tests.fakes.vk.params import Params
from tests.fakes.vk.wire import BadRequestError, JsonObject, VkError
from tests.fakes.vk.world import World

MOST_ATTACHMENTS = 10
ATTACHMENT = re.compile(r"(photo|video|audio|doc|wall|market|poll|audio_message|link|story)(-?\d+_\d+)(_\w+)?")
IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8")


def find_attachments(world: World, names: Sequence[str]) -> list[JsonObject]:
    """Turn `photo-1_2` into full objects; what others own is taken on trust.

    Raises:
        BadRequestError: wrong form, too many, or never saved here.
    """
    if len(names) > MOST_ATTACHMENTS:
        raise BadRequestError(f"{len(names)} attachments, at most {MOST_ATTACHMENTS}")
    return [_find_attachment(world, name) for name in names]


def _find_attachment(world: World, name: str) -> JsonObject:
    matched = ATTACHMENT.fullmatch(name)
    if matched is None:
        raise BadRequestError(f"attachment {name!r} is invalid")
    kind, place = matched[1], matched[2]
    known = world.media.get(f"{kind}{place}")
    if known is not None:
        return known
    if kind in {"photo", "doc", "audio_message"} and place.startswith(f"-{world.group_id}_"):
        raise BadRequestError(f"attachment {name!r} was never saved")
    owner_id, number = place.split("_")
    return {"type": kind, kind: {"id": int(number), "owner_id": int(owner_id)}}


def accept_upload(world: World, kind: str, name: str, content: bytes) -> JsonObject:
    """Take an uploaded file and answer what the saving method wants; a bad image gets an error."""
    if not content:
        return {"error": "ERR_UPLOAD_EMPTY_FILE: file is empty"}
    if kind == "photo" and not content.startswith(IMAGES):
        return {"error": "ERR_UPLOAD_BAD_IMAGE_SIZE: market photo min size 400x400"}
    mark = hashlib.sha256(content + str(next(world.numbers)).encode()).hexdigest()[:32]
    world.uploads[mark] = {"kind": kind, "name": name, "size": len(content), "content": content}
    if kind == "photo":
        return {"server": 857232, "photo": json.dumps([{"photo": mark, "sizes": [], "kid": mark[:8]}]), "hash": mark}
    return {"file": f"{mark}|{kind}"}


def get_photo_server(context: Context, params: Params) -> JsonObject:
    """Answer where to upload a photo."""
    world = context.world
    url = world.url(f"/upload/photo?peer_id={params.number('peer_id')}")
    return {"upload_url": url, "album_id": -64, "user_id": 0, "group_id": world.group_id}


def save_photo(context: Context, params: Params) -> list[JsonObject]:
    """Save an uploaded photo; an upload is good once."""
    world = context.world
    upload = world.uploads.pop(params.text("hash"), None)
    if upload is None or upload["kind"] != "photo":
        raise VkError(100, "photo or hash is invalid", is_violation=True)
    number, owner = next(world.numbers), -world.group_id
    photo = make_photo(number=number, owner_id=owner, date=int(world.now()), url=world.url(f"/file/{number}"))
    world.media[f"photo{owner}_{number}"] = {"type": "photo", "photo": photo}
    return [photo]


def get_doc_server(context: Context, params: Params) -> JsonObject:
    """Answer where to upload a document or a voice message."""
    return {"upload_url": context.world.url(f"/upload/{params.text('type', 'doc')}")}


def save_doc(context: Context, params: Params) -> JsonObject:
    """Save an uploaded document; an upload is good once."""
    world = context.world
    mark, _, kind = params.text("file").partition("|")
    upload = world.uploads.pop(mark, None)
    if upload is None or upload["kind"] != kind:
        raise VkError(100, "file is invalid", is_violation=True)
    number, owner = next(world.numbers), -world.group_id
    url = world.url(f"/file/{number}")
    if kind == "audio_message":
        saved = make_audio_message(number=number, owner_id=owner, url=url, seconds=3)
    else:
        title = params.text("title") or upload["name"]
        saved = make_doc(number=number, owner_id=owner, date=int(world.now()), url=url, title=title,
                         size=upload["size"])  # fmt: skip
        kind = "doc"
    world.documents[f"{owner}_{number}"] = upload["content"]
    world.media[f"{kind}{owner}_{number}"] = {"type": kind, kind: saved}
    return {"type": kind, kind: saved}


METHODS: dict[str, Callable[[Context, Params], object]] = {
    "photos.getMessagesUploadServer": get_photo_server,
    "photos.saveMessagesPhoto": save_photo,
    "docs.getMessagesUploadServer": get_doc_server,
    "docs.save": save_doc,
}
