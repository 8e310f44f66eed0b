"""messages.*: reading conversations and marking them."""

from collections.abc import Callable

from tests.fakes.vk.context import Context
from tests.fakes.vk.conversations import Message
from tests.fakes.vk.params import Params
from tests.fakes.vk.wire import BadRequestError, JsonObject
from tests.fakes.vk.world import World


def mark_as_read(context: Context, params: Params) -> int:
    """Mark everything in a conversation as read, or up to a message."""
    conversation = context.world.conversations.of(params.number("peer_id"))
    last = conversation.messages[-1].cmid if conversation.messages else 0
    conversation.in_read = max(conversation.in_read, params.number("up_to_cmid", last))
    return 1


def mark_as_answered(context: Context, params: Params) -> int:
    """Mark a conversation as answered or not."""
    conversation = context.world.conversations.of(params.number("peer_id"))
    conversation.is_unanswered = not params.flag("answered", default=True)
    return 1


def get_conversations(context: Context, params: Params) -> JsonObject:
    """List conversations, the freshest first."""
    world = context.world
    found = world.conversations.latest(params.text("filter", "all"))
    start, size = params.number("offset"), params.number("count", 20)
    items = [
        {"conversation": each.wire(), "last_message": each.messages[-1].wire()} for each in found[start : start + size]
    ]
    answer: JsonObject = {"count": len(found), "items": items}
    unread = len(world.conversations.latest("unread"))
    answer |= {"unread_count": unread} if unread else {}
    return answer | _extend(world, params, [each.peer_id for each in found[start : start + size]])


def get_history(context: Context, params: Params) -> JsonObject:
    """List messages, the newest first unless `rev`."""
    world = context.world
    peer_id = params.number("peer_id") or params.number("user_id")
    if not peer_id:
        raise BadRequestError("peer_id is undefined")
    messages = world.conversations.of(peer_id).visible
    ordered = messages if params.number("rev") else messages[::-1]
    start = _start(ordered, params.number("start_message_id")) + params.number("offset")
    items = ordered[max(0, start) : max(0, start) + params.number("count", 20)]
    return {"count": len(messages), "items": [each.wire() for each in items]} | _extend(world, params, [peer_id])


def _start(ordered: list[Message], message_id: int) -> int:
    found = (place for place, message in enumerate(ordered) if message.id == message_id)
    return next(found, 0)


def get_by_conversation_message_id(context: Context, params: Params) -> JsonObject:
    """Find messages by their numbers in the conversation; unknown numbers are left out."""
    world, peer_id = context.world, params.number("peer_id")
    numbers = params.numbers("conversation_message_ids")
    found = [world.conversations.of(peer_id).find(number) for number in numbers]
    items = [message.wire() for message in found if message is not None]
    return {"count": len(items), "items": items} | _extend(world, params, [peer_id])


def is_allowed(context: Context, params: Params) -> JsonObject:
    """Tell whether the community may write to a user."""
    profile = context.world.profiles.get(params.number("user_id"))
    return {"is_allowed": int(profile is not None and profile.is_allowed)}


def _extend(world: World, params: Params, peers: list[int]) -> JsonObject:
    if not params.flag("extended"):
        return {}
    profiles = [world.profiles[peer].wire() for peer in peers if peer in world.profiles]
    return {"profiles": profiles, "groups": []}


METHODS: dict[str, Callable[[Context, Params], object]] = {
    "messages.markAsRead": mark_as_read,
    "messages.markAsAnsweredConversation": mark_as_answered,
    "messages.getConversations": get_conversations,
    "messages.getHistory": get_history,
    "messages.getByConversationMessageId": get_by_conversation_message_id,
    "messages.isMessagesFromGroupAllowed": is_allowed,
}
