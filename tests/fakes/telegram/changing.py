"""Methods that change what was sent: edits, deletions, answers to presses, reactions."""

from collections.abc import Mapping

from tests.fakes.telegram.chats import Message
from tests.fakes.telegram.entities import check_text, formatted
from tests.fakes.telegram.keyboards import check_markup
from tests.fakes.telegram.sending import Handler, Result, caption_fields
from tests.fakes.telegram.shapes import Json, Request, bad_request, violation
from tests.fakes.telegram.utf16 import utf16_length
from tests.fakes.telegram.world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
ANSWER_LIMIT = 200

MOST_RESULTS, MOST_ID, LONGEST_INLINE = 50, 64, 4096
"""Of inline results: https://core.telegram.org/bots/api#answerinlinequery."""


def edit_message_text(world: World, request: Request) -> Result:
    """Perform editMessageText."""
    message = _editable(world, request)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    text, entities = formatted(
        request.text("text"), parse_mode=request.text("parse_mode"), entities=request.items("entities")
    )
    check_text(text)
    return _change(world, message, {"text": text, "entities": entities, "reply_markup": _inline(request, message)})


def edit_message_caption(world: World, request: Request) -> Result:
    """Perform editMessageCaption; without a caption it goes."""
    message = _editable(world, request)
    if "text" in message.body:
        raise bad_request("there is no caption in the message to edit")
    fields = {"caption": None, "caption_entities": None, **caption_fields(request.parameters)}
    return _change(world, message, {**fields, "reply_markup": _inline(request, message)})


def edit_message_media(world: World, request: Request) -> Result:
    """Perform editMessageMedia: a file in the place of another, or of a text."""
    message = _editable(world, request)
    media = request.thing("media") or {}
    kind = str(media.get("type"))
    if kind not in {"photo", "document"}:
        raise violation(f"{kind} is not implemented in the fake")
    stored = world.files.take(request, kind, str(media.get("media", "")))
    shown = dict.fromkeys(("text", "entities", "photo", "document", "caption", "caption_entities"))
    content = {kind: stored.photo() if kind == "photo" else stored.document(), **caption_fields(media)}
    message.photo_content = stored.content if kind == "photo" else None
    return _change(world, message, {**shown, **content, "reply_markup": _inline(request, message)})


def edit_message_reply_markup(world: World, request: Request) -> Result:
    """Perform editMessageReplyMarkup; without a markup the buttons go."""
    message = _editable(world, request)
    return _change(world, message, {"reply_markup": _inline(request, message)})


def _editable(world: World, request: Request) -> Message:
    chat = world.target(request.parameters.get("chat_id"))
    message = world.message(chat, request.integer("message_id"), "message to edit not found")
    if message.body["from"]["id"] != world.me["id"] or message.is_service:
        raise violation("message can't be edited")
    return message


def _inline(request: Request, message: Message) -> Json | None:
    markup = request.thing("reply_markup")
    if markup is None:
        return None
    if "inline_keyboard" not in markup:
        raise violation("inline keyboard expected")
    check_markup(markup, is_group=message.chat.is_group)
    return markup if any(markup["inline_keyboard"]) else None


def _change(world: World, message: Message, fields: Json) -> Json:
    new = {name: value for name, value in fields.items() if value}
    old = {name: message.body[name] for name in fields if name in message.body}
    if new == old:
        raise bad_request(NOT_MODIFIED)
    before = message.text
    for name in fields:
        message.body.pop(name, None)
    message.body.update({**new, "edit_date": world.now()})
    if message.text != before:
        message.history.append(before)
    return message.body


def delete_message(world: World, request: Request) -> Result:
    """Perform deleteMessage: one's own anywhere, others' in private or with the right; not older than two days."""
    chat = world.target(request.parameters.get("chat_id"))
    message = world.message(chat, request.integer("message_id"), "message to delete not found")
    may_delete = not chat.is_group or message.is_from_bot or chat.right(world.me["id"], "can_delete_messages")
    if not may_delete or world.now() - message.body["date"] > world.settings.deletable:
        raise bad_request("message can't be deleted")
    del chat.messages[message.id]
    return True


def answer_callback_query(world: World, request: Request) -> Result:
    """Perform answerCallbackQuery."""
    press = world.presses.get(request.text("callback_query_id"))
    if press is None or world.settings.clock() - press.at > world.settings.press_lives:
        raise bad_request(TOO_OLD)
    if utf16_length(request.text("text")) > ANSWER_LIMIT:
        raise violation("MESSAGE_TOO_LONG")
    press.answer = {name: value for name, value in request.parameters.items() if name != "callback_query_id"}
    return True


def answer_inline_query(world: World, request: Request) -> Result:
    """Perform answerInlineQuery: articles only."""
    asked = world.inline.get(request.text("inline_query_id"))
    if asked is None:
        raise bad_request(TOO_OLD)
    results = request.items("results")
    if len(results) > MOST_RESULTS:
        raise violation("RESULTS_TOO_MUCH")
    for each in results:
        text = (each.get("input_message_content") or {}).get("message_text", "")
        if each.get("type") != "article" or not each.get("title") or not 1 <= len(str(each.get("id", ""))) <= MOST_ID:
            raise violation("RESULT_INVALID")
        if not 1 <= utf16_length(text) <= LONGEST_INLINE:
            raise violation("MESSAGE_TOO_LONG")
    if len({each["id"] for each in results}) != len(results):
        raise violation("RESULT_ID_DUPLICATE")
    asked.results = results
    return True


def set_message_reaction(world: World, request: Request) -> Result:
    """Perform setMessageReaction: a bot sets at most one."""
    chat = world.target(request.parameters.get("chat_id"))
    message = world.message(chat, request.integer("message_id"), "message to react not found")
    reactions = request.items("reaction")
    if len(reactions) > 1:
        raise violation("REACTIONS_TOO_MANY")
    if any(item.get("type") != "emoji" or not item.get("emoji") for item in reactions):
        raise violation("REACTION_INVALID")
    message.reactions[world.me["id"]] = reactions
    return True


METHODS: Mapping[str, Handler] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
    "setMessageReaction": set_message_reaction,
}
