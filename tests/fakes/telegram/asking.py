"""Methods about the bot itself, chats, members, topics and files."""

from collections.abc import Mapping

from tests.fakes.telegram.chats import Chat, Topic, member_body
from tests.fakes.telegram.files import DOWNLOAD_LIMIT
from tests.fakes.telegram.groups import open_topic
from tests.fakes.telegram.sending import Handler, Result
from tests.fakes.telegram.shapes import Json, Request, bad_request, violation
from tests.fakes.telegram.world import World

ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)
DEFAULT_COLOR = 7322096


def get_me(world: World, _request: Request) -> Result:
    """Perform getMe."""
    flags = {"can_join_groups": True, "can_read_all_group_messages": world.settings.reads_all}
    more = ("supports_inline_queries", "can_connect_to_business", "has_main_web_app")
    return {**world.me, **flags, **dict.fromkeys(more, False)}


def finish(world: World, _request: Request) -> Result:
    """Perform close: nothing happens to one server."""
    return bool(world.me)


def log_out(world: World, _request: Request) -> Result:
    """Perform logOut: the server answers 401 from then on."""
    world.bot.is_logged_out = True
    return True


def set_my_commands(world: World, request: Request) -> Result:
    """Perform setMyCommands."""
    commands = request.items("commands")
    if len(commands) > 100:
        raise violation("BOT_COMMANDS_TOO_MUCH")
    for item in commands:
        name = str(item.get("command", ""))
        if not name.removeprefix("/").replace("_", "a").isalnum() or name != name.lower() or not name.isascii():
            raise violation("BOT_COMMAND_INVALID")
    scope = (request.thing("scope") or {"type": "default"})["type"]
    world.bot.commands[f"{scope}:{request.text('language_code')}"] = commands
    return True


def send_chat_action(world: World, request: Request) -> Result:
    """Perform sendChatAction."""
    chat = world.target(request.parameters.get("chat_id"))
    if request.text("action") not in ACTIONS:
        raise violation("wrong parameter action in request")
    world.topic(chat, request.parameters.get("message_thread_id"))
    chat.actions.append(request.text("action"))
    world.changed.notify_all()
    return True


def get_chat(world: World, request: Request) -> Result:
    """Perform getChat."""
    chat = world.find_chat(request.parameters.get("chat_id"))
    return {**chat.body(), "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": GIFTS}


def get_chat_member(world: World, request: Request) -> Result:
    """Perform getChatMember."""
    chat = world.find_chat(request.parameters.get("chat_id"))
    number = request.integer("user_id")
    if number in chat.members:
        return chat.members[number]
    if number not in world.accounts:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return member_body(world.accounts[number].user, "left")


def get_chat_administrators(world: World, request: Request) -> Result:
    """Perform getChatAdministrators: people only, as long as bots are not asked for."""
    chat = world.target(request.parameters.get("chat_id"))
    if not chat.is_group:
        raise violation("there are no administrators in the private chat")
    staff = [member for member in chat.members.values() if member["status"] in {"creator", "administrator"}]
    return [member for member in staff if request.flag("return_bots") or not member["user"]["is_bot"]]


def leave_chat(world: World, request: Request) -> Result:
    """Perform leaveChat."""
    chat = world.target(request.parameters.get("chat_id"))
    if not chat.is_group:
        raise violation("chat member status can't be changed in private chats")
    world.post(chat, world.me, {"left_chat_member": world.me})
    world.membership(chat, member_body(world.me, "left"), actor=world.me)
    return True


def get_file(world: World, request: Request) -> Result:
    """Perform getFile."""
    stored = world.files.find(request.text("file_id"))
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(stored.content) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {**stored.body(), "file_path": stored.path}


def create_forum_topic(world: World, request: Request) -> Result:
    """Perform createForumTopic."""
    chat = _forum(world, request)
    if not 1 <= len(request.text("name")) <= 128:
        raise violation("topic name must be 1-128 characters")
    fields: Json = {"name": request.text("name"), "icon_color": request.integer("icon_color", DEFAULT_COLOR)}
    topic = open_topic(world, chat, world.me, fields)
    return {"message_thread_id": topic.thread, **fields}


def edit_forum_topic(world: World, request: Request) -> Result:
    """Perform editForumTopic."""
    chat, topic = _topic(world, request)
    name = request.text("name")
    if not name or name == topic.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name = name
    world.tell("message", world.post(chat, world.me, {"forum_topic_edited": {"name": name}}, thread=topic.thread))
    return True


def close_forum_topic(world: World, request: Request) -> Result:
    """Perform closeForumTopic."""
    return _switch(world, request, is_closed=True)


def reopen_forum_topic(world: World, request: Request) -> Result:
    """Perform reopenForumTopic."""
    return _switch(world, request, is_closed=False)


def _switch(world: World, request: Request, *, is_closed: bool) -> bool:
    chat, topic = _topic(world, request)
    if topic.is_closed == is_closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.is_closed = is_closed
    note: Json = {"forum_topic_closed" if is_closed else "forum_topic_reopened": {}}
    world.tell("message", world.post(chat, world.me, note, thread=topic.thread))
    return True


def _topic(world: World, request: Request) -> tuple[Chat, Topic]:
    chat = _forum(world, request)
    topic = world.topic(chat, request.integer("message_thread_id"))
    if topic is None:
        raise violation("message thread identifier is not specified")
    return chat, topic


def _forum(world: World, request: Request) -> Chat:
    chat = world.target(request.parameters.get("chat_id"))
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not chat.right(world.me["id"], "can_manage_topics"):
        raise bad_request("not enough rights to manage topics")
    return chat


METHODS: Mapping[str, Handler] = {
    "getMe": get_me,
    "close": finish,
    "logOut": log_out,
    "setMyCommands": set_my_commands,
    "sendChatAction": send_chat_action,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "leaveChat": leave_chat,
    "getFile": get_file,
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
}
