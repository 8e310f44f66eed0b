"""Methods that put messages into chats."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy

from tests.fakes.telegram.chats import Chat, Message
from tests.fakes.telegram.entities import check_caption, check_quote, check_text, formatted
from tests.fakes.telegram.files import StoredFile
from tests.fakes.telegram.keyboards import check_markup
from tests.fakes.telegram.shapes import ApiError, Json, Request, violation
from tests.fakes.telegram.world import World

Result = Json | list[Json] | bool
Handler = Callable[[World, Request], Result]

ALBUM_KINDS = {"photo": "visual", "video": "visual", "live_photo": "visual", "audio": "audio", "document": "document"}
COPIED = ("text", "entities", "photo", "document", "voice", "sticker", "location", "contact", "caption", "video")


def send_message(world: World, request: Request) -> Result:
    """Perform sendMessage."""
    chat = world.target(request.parameters.get("chat_id"))
    text, entities = formatted(
        request.text("text"), parse_mode=request.text("parse_mode"), entities=request.items("entities")
    )
    check_text(text)
    return _send(world, request, chat, {"text": text, **_some(entities=entities)}).body


def send_photo(world: World, request: Request) -> Result:
    """Perform sendPhoto."""
    chat = world.target(request.parameters.get("chat_id"))
    stored = world.files.take(request, "photo", request.text("photo"))
    message = _send(world, request, chat, {"photo": stored.photo(), **caption_fields(request.parameters)})
    message.photo_content = stored.content
    return message.body


def send_document(world: World, request: Request) -> Result:
    """Perform sendDocument."""
    chat = world.target(request.parameters.get("chat_id"))
    stored = world.files.take(request, "document", request.text("document"))
    return _send(world, request, chat, {"document": stored.document(), **caption_fields(request.parameters)}).body


def send_media_group(world: World, request: Request) -> Result:
    """Perform sendMediaGroup."""
    chat = world.target(request.parameters.get("chat_id"))
    media = request.items("media")
    if not 2 <= len(media) <= 10:
        raise violation("an album must include 2-10 items")
    if len({ALBUM_KINDS.get(item.get("type"), "none") for item in media}) > 1:
        raise violation(f"{media[0].get('type')} can't be mixed with other media types")
    contents = [_album_item(world, request, item) for item in media]
    thread, reply_to = _place(world, request, chat)
    world.rates.admit(chat.id, count=len(media), is_group=chat.is_group)
    group = {"media_group_id": str(14_000_000 + world.number())}
    messages = []
    for content, stored in contents:
        message = world.post(chat, world.me, {**content, **group}, thread=thread, reply_to=reply_to)
        message.photo_content = stored.content if "photo" in content else None
        messages.append(message)
    return [message.body for message in messages]


def _album_item(world: World, request: Request, item: Json) -> tuple[Json, StoredFile]:
    kind = str(item.get("type"))
    if kind not in {"photo", "document"}:
        raise ApiError(400, f"Bad Request: {kind} in an album is not implemented in the fake", is_violation=True)
    stored = world.files.take(request, kind, str(item.get("media", "")))
    body = stored.photo() if kind == "photo" else stored.document()
    return {kind: body, **caption_fields(item)}, stored


def _send_file(kind: str, **about: object) -> Handler:
    """Perform the method that sends one file of a kind; `about` is what the platform finds out about it."""

    def send(world: World, request: Request) -> Result:
        chat = world.target(request.parameters.get("chat_id"))
        stored = world.files.take(request, kind, request.text(kind))
        return _send(
            world, request, chat, {kind: {**stored.body(), **about}, **caption_fields(request.parameters)}
        ).body

    return send


def send_location(world: World, request: Request) -> Result:
    """Perform sendLocation."""
    chat = world.target(request.parameters.get("chat_id"))
    place = {name: request.parameters.get(name) for name in ("latitude", "longitude")}
    return _send(world, request, chat, {"location": place}).body


def copy_message(world: World, request: Request) -> Result:
    """Perform copyMessage."""
    chat = world.target(request.parameters.get("chat_id"))
    source = world.find_chat(request.parameters.get("from_chat_id"))
    original = world.message(source, request.integer("message_id"), "message to copy not found")
    content = {name: deepcopy(original.body[name]) for name in COPIED if name in original.body}
    if not content:
        raise violation("message can't be copied")
    if "caption" in request.parameters and "text" not in content:
        content = {name: value for name, value in content.items() if not name.startswith("caption")}
        content.update(caption_fields(request.parameters))
    message = _send(world, request, chat, content)
    message.photo_content = original.photo_content
    return {"message_id": message.id}


def forward_message(world: World, request: Request) -> Result:
    """Perform forwardMessage."""
    chat = world.target(request.parameters.get("chat_id"))
    source = world.find_chat(request.parameters.get("from_chat_id"))
    original = world.message(source, request.integer("message_id"), "message to forward not found")
    if original.is_service:
        raise violation("message can't be forwarded")
    content = {name: deepcopy(original.body[name]) for name in COPIED if name in original.body}
    origin = {"type": "user", "sender_user": original.body["from"], "date": original.body["date"]}
    return _send(world, request, chat, {**content, "forward_origin": origin}).body


def _send(world: World, request: Request, chat: Chat, content: Json) -> Message:
    markup = request.thing("reply_markup")
    if markup is not None:
        check_markup(markup, is_group=chat.is_group)
    thread, reply_to = _place(world, request, chat)
    world.rates.admit(chat.id, is_group=chat.is_group)
    return world.post(chat, world.me, {**content, **show_markup(chat, markup)}, thread=thread, reply_to=reply_to)


def show_markup(chat: Chat, markup: Json | None) -> Json:
    """Put inline buttons under the message, and change the reply keyboard of the chat."""
    if markup is None:
        return {}
    if "inline_keyboard" in markup:
        return {"reply_markup": markup} if any(markup["inline_keyboard"]) else {}
    if "keyboard" in markup:
        chat.keyboard = markup
    elif markup.get("remove_keyboard"):
        chat.keyboard = None
    return {}


def _place(world: World, request: Request, chat: Chat) -> tuple[int | None, Message | None]:
    thread = request.parameters.get("message_thread_id")
    topic = world.topic(chat, thread)
    if topic is not None and topic.is_closed and not chat.right(world.me["id"], "can_manage_topics"):
        raise ApiError(400, "Bad Request: TOPIC_CLOSED")
    parameters = request.thing("reply_parameters")
    if parameters is None:
        return thread, None
    number = parameters.get("message_id", 0)
    if parameters.get("allow_sending_without_reply") and number not in chat.messages:
        return thread, None
    replied = world.message(chat, number, "message to be replied not found")
    check_quote(str(parameters.get("quote", "")), replied.text)
    return thread, replied


def caption_fields(fields: Mapping[str, object]) -> Json:
    """Read a caption and its markup; empty when there is none.

    Raises: ApiError
    """
    caption, marks = fields.get("caption"), fields.get("caption_entities", [])
    if not caption:
        return {}
    text, entities = formatted(
        str(caption), parse_mode=str(fields.get("parse_mode", "")), entities=marks if isinstance(marks, list) else []
    )
    check_caption(text)
    return _some(caption=text, caption_entities=entities)


def _some(**fields: str | Sequence[Json]) -> Json:
    return {name: value for name, value in fields.items() if value}


METHODS: Mapping[str, Handler] = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendMediaGroup": send_media_group,
    "sendVoice": _send_file("voice", duration=1),
    "sendAudio": _send_file("audio", duration=1),
    "sendVideo": _send_file("video", duration=1, width=640, height=480),
    "sendSticker": _send_file("sticker", type="regular", width=512, height=512, is_animated=False, is_video=False),
    "sendLocation": send_location,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
}
