"""Chats, topics and messages of the fake, as one client sees them."""

from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram.shapes import Json

SERVICE_FIELDS = (
    "new_chat_members",
    "left_chat_member",
    "group_chat_created",
    "supergroup_chat_created",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """An inline button: `data` is what a press sends, None for links and the like."""

    label: str
    data: str | None = None
    url: str | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Topic:
    """A thread of a forum; `root` is the service message that opened it."""

    thread: int
    name: str
    root: Json
    icon_color: int = 7322096
    is_closed: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    """A message in a chat. It is alive: an edit changes it."""

    chat: "Chat" = field(repr=False)
    body: Json
    photo_content: bytes | None = field(default=None, repr=False)
    update_id: int | None = None
    history: list[str] = field(default_factory=list)
    """Texts that edits replaced, oldest first."""
    reactions: dict[int, list[Json]] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """Take the number inside the chat."""
        return int(self.body["message_id"])

    @property
    def text(self) -> str:
        """Read the text or the caption, after entities were parsed."""
        return str(self.body.get("text", self.body.get("caption", "")))

    @property
    def entities(self) -> list[Json]:
        """List entities of the text or the caption; ordered by offset."""
        return list(self.body.get("entities") or self.body.get("caption_entities") or [])

    @property
    def is_from_bot(self) -> bool:
        """Tell whether the bot sent it."""
        return bool(self.body["from"]["is_bot"])

    @property
    def is_edited(self) -> bool:
        """Tell whether its text or buttons were changed."""
        return "edit_date" in self.body

    @property
    def is_service(self) -> bool:
        """Tell a note of the chat (joined, topic opened) from what somebody said."""
        return any(name in self.body for name in SERVICE_FIELDS)

    @property
    def thread(self) -> int | None:
        """Name the topic, None outside of topics."""
        return self.body["message_thread_id"] if self.body.get("is_topic_message") else None

    @property
    def reply_to(self) -> int | None:
        """Name the message that it answers."""
        replied = self.body.get("reply_to_message")
        return None if replied is None else int(replied["message_id"])

    @property
    def buttons(self) -> list[list[Button]]:
        """List the inline buttons by rows; empty when there are none."""
        rows = self.body.get("reply_markup", {}).get("inline_keyboard", [])
        return [[_button(item) for item in row] for row in rows]

    @property
    def labels(self) -> list[str]:
        """List the labels of all inline buttons, row by row."""
        return [button.label for row in self.buttons for button in row]

    @property
    def is_photo(self) -> bool:
        """Tell whether it shows a photo."""
        return "photo" in self.body


def _button(item: Json) -> Button:
    return Button(label=item["text"], data=item.get("callback_data"), url=item.get("url"))


@dataclass(slots=True, kw_only=True, eq=False)
class Chat:
    """A private chat with the bot, a group or a supergroup."""

    id: int
    type: str
    names: Json
    is_forum: bool = False
    is_open: bool = False
    """A private chat is open after the person started the bot; a group while the bot is in it."""
    migrated_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict, repr=False)
    members: dict[int, Json] = field(default_factory=dict, repr=False)
    """ChatMember objects by user."""
    topics: dict[int, Topic] = field(default_factory=dict, repr=False)
    keyboard: Json | None = None
    """The reply keyboard on the screen: ReplyKeyboardMarkup, None when there is none."""
    actions: list[str] = field(default_factory=list)
    """Chat actions ("typing") that were shown, oldest first."""
    last_id: int = 0

    @property
    def is_group(self) -> bool:
        """Tell groups and supergroups from private chats."""
        return self.type != "private"

    def body(self) -> Json:
        """Write the Chat object."""
        body: Json = {"id": self.id, "type": self.type, **self.names}
        return {**body, "is_forum": True} if self.is_forum else body

    def next_id(self) -> int:
        """Number the next message."""
        self.last_id += 1
        return self.last_id

    def status(self, user_id: int) -> str:
        """Name a member's status; "left" for strangers."""
        return str(self.members.get(user_id, {"status": "left"})["status"])

    def right(self, user_id: int, name: str) -> bool:
        """Tell whether a member has an administrator's right."""
        member = self.members.get(user_id, {})
        return member.get("status") == "creator" or bool(member.get(name, False))


def member_body(user: Json, status: str, **rights: Any) -> Json:
    """Write a ChatMember object of the given status."""
    body: Json = {"status": status, "user": user}
    if status == "creator":
        return {**body, "is_anonymous": False}
    if status == "kicked":
        return {**body, "until_date": 0}
    if status != "administrator":
        return body
    names = "be_edited manage_chat delete_messages manage_video_chats restrict_members promote_members change_info"
    names += " invite_users post_stories edit_stories delete_stories send_welcome_messages"
    body.update(
        is_anonymous=False, **{f"can_{name}": name not in {"be_edited", "promote_members"} for name in names.split()}
    )
    return {**body, **rights}
