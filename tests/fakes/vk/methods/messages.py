"""messages.*: sending, editing, answering presses."""

from collections.abc import Callable

from tests.fakes.vk.attachments import make_geo, make_sticker
from tests.fakes.vk.context import Context
from tests.fakes.vk.conversations import CHATS_FROM, Message
from tests.fakes.vk.limits import check_format, check_keyboard, check_template, check_text
from tests.fakes.vk.methods.media import find_attachments
from tests.fakes.vk.params import Params
from tests.fakes.vk.wire import BadRequestError, JsonObject, VkError
from tests.fakes.vk.world import EDIT_SECONDS, EVENT_SECONDS, World

MOST_PEERS = 100


def send(context: Context, params: Params) -> object:
    """Send to one peer (its message id) or to several (a list with an error for each that refused)."""
    world = context.world
    targets = [name for name in ("peer_id", "user_id", "chat_id", "peer_ids") if name in params]
    if len(targets) != 1:
        raise BadRequestError(f"exactly one of peer_id, user_id, chat_id, peer_ids is needed, not {targets}")
    content = _read_content(world, params)
    if targets == ["peer_ids"]:
        peers = params.numbers("peer_ids")
        if not 1 <= len(peers) <= MOST_PEERS:
            raise BadRequestError(f"{len(peers)} peer_ids, at most {MOST_PEERS}")
        return [_send_among(world, params, peer_id, content) for peer_id in peers]
    peer_id = params.number(targets[0]) + (CHATS_FROM if targets == ["chat_id"] else 0)
    return _send_one(world, params, peer_id, content).id


def _send_among(world: World, params: Params, peer_id: int, content: JsonObject) -> JsonObject:
    try:
        message = _send_one(world, params, peer_id, content)
    except VkError as error:
        refused = {"code": error.code, "description": error.message}
        return {"peer_id": peer_id, "message_id": 0, "conversation_message_id": 0, "error": refused}
    return {"peer_id": peer_id, "message_id": message.id, "conversation_message_id": message.cmid}


def _send_one(world: World, params: Params, peer_id: int, content: JsonObject) -> Message:
    random_id = params.number("random_id")
    known = world.sent.get((peer_id, random_id)) if random_id else None
    if known is not None:
        return known
    world.demand_writable(peer_id)
    world.count_send(peer_id)
    reply_to = _find_replied(world, params, peer_id)
    message = world.add(peer_id, -world.group_id, random_id=random_id, reply_to=reply_to, **content)
    world.sent[peer_id, random_id] = message
    world.publish_out(message)
    return message


def _find_replied(world: World, params: Params, peer_id: int) -> Message | None:
    if "reply_to" in params:
        return world.conversations.find_by_id(params.number("reply_to"))
    forward = params.json("forward") or {}
    cmids = forward.get("conversation_message_ids") or forward.get("cmids") or []
    return world.conversations.of(peer_id).find(cmids[0]) if forward.get("is_reply") and cmids else None


def _read_content(world: World, params: Params) -> JsonObject:
    """Read and check everything a message shows."""
    text = params.text("message")
    check_text(text)
    keyboard, template, format_data = params.json("keyboard"), params.json("template"), params.json("format_data")
    if (keyboard is not None or template is not None) and not world.has_bot_features:
        raise VkError(912)
    if keyboard is not None:
        check_keyboard(keyboard)
    if template is not None:
        _check_template(world, template, text)
    if format_data is not None:
        check_format(format_data, text)
    attachments = find_attachments(world, params.words("attachment")) + _find_sticker(world, params)
    geo = _find_geo(params)
    if not (text.strip() or attachments or geo or "forward" in params):
        raise BadRequestError("message is empty or invalid")
    return {
        "text": text,
        "keyboard": keyboard,
        "template": template,
        "format_data": format_data,
        "attachment": params.text("attachment"),
        "attachments": attachments,
        "geo": geo,
        "payload": params.values.get("payload"),
    }


def _find_sticker(world: World, params: Params) -> list[JsonObject]:
    if not params.number("sticker_id"):
        return []
    sticker = make_sticker(sticker_id=params.number("sticker_id"), url=world.url("/file/sticker"))
    return [{"type": "sticker", "sticker": sticker}]


def _find_geo(params: Params) -> JsonObject | None:
    if ("lat" in params) != ("long" in params):
        raise BadRequestError("lat and long come together")
    return make_geo(float(params.text("lat")), float(params.text("long"))) if "lat" in params else None


def _check_template(world: World, template: JsonObject, text: str) -> None:
    if not text.strip():
        raise BadRequestError("message is required with a template")
    check_template(template)
    for element in template["elements"]:
        photo_id = element.get("photo_id", "")
        if photo_id.startswith(f"-{world.group_id}_") and f"photo{photo_id}" not in world.media:
            raise BadRequestError(f"template: no photo {photo_id}")


def edit(context: Context, params: Params) -> int:
    """Replace text, keyboard and attachments; what is not given goes away."""
    world = context.world
    message = _find_own(world, params)
    if world.now() - message.date > EDIT_SECONDS:
        raise VkError(909)
    world.demand_writable(message.peer_id)
    content = _read_content(world, params)
    message.edits.append(message.text)
    for name, value in content.items():
        setattr(message, name, value)
    message.update_time = int(world.now())
    return 1


def _find_own(world: World, params: Params) -> Message:
    conversation = world.conversations.of(params.number("peer_id"))
    cmid = params.number("cmid") or params.number("conversation_message_id")
    if not cmid and not params.number("message_id"):
        raise BadRequestError("one of cmid, conversation_message_id, message_id is needed")
    message = conversation.find(cmid) if cmid else world.conversations.find_by_id(params.number("message_id"))
    if message is None or message.peer_id != conversation.peer_id:
        raise VkError(100, "message not found")
    if not message.is_out or message.admin_author_id is not None:
        raise VkError(920)
    return message


def delete(context: Context, params: Params) -> list[JsonObject]:
    """Delete by numbers in the conversation, or by message ids."""
    world, peer_id = context.world, params.number("peer_id")
    found = [world.conversations.of(peer_id).find(cmid) for cmid in params.numbers("cmids")]
    found += [world.conversations.find_by_id(number) for number in params.numbers("message_ids")]
    if not found:
        raise BadRequestError("message_ids or cmids is needed")
    answer: list[JsonObject] = []
    for message in found:
        if message is None:
            answer.append({"response": 0, "error": {"code": 100, "description": "message not found"}})
            continue
        message.is_deleted = True
        numbers = {"message_id": message.id, "conversation_message_id": message.cmid}
        answer.append({"peer_id": message.peer_id, **numbers, "response": 1})
    return answer


def answer_event(context: Context, params: Params) -> int:
    """Answer a press: once, within a minute, for the one who pressed."""
    world = context.world
    press = world.presses.get(params.text("event_id"))
    if press is None or (press.user_id, press.peer_id) != (params.number("user_id"), params.number("peer_id")):
        raise VkError(100, "event_id is invalid")
    if press.is_answered or world.now() - press.at > EVENT_SECONDS:
        raise VkError(100, "event_id is expired")
    press.answer, press.is_answered = params.json("event_data"), True
    return 1


def set_activity(context: Context, params: Params) -> int:
    """Show "typing…"."""
    peer_id = params.number("peer_id") or params.number("user_id")
    context.world.demand_writable(peer_id)
    context.world.activities[peer_id] += 1
    return 1


METHODS: dict[str, Callable[[Context, Params], object]] = {
    "messages.send": send,
    "messages.edit": edit,
    "messages.delete": delete,
    "messages.sendMessageEventAnswer": answer_event,
    "messages.setActivity": set_activity,
}
