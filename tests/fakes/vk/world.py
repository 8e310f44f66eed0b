"""The community and everybody around it: the state behind the fake."""

import threading
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from itertools import count

from tests.fakes.vk.attachments import CLIENT_INFO
from tests.fakes.vk.conversations import CHATS_FROM, Conversations, Message
from tests.fakes.vk.events import EventLog
from tests.fakes.vk.wire import JsonObject, VkError

EVENT_SECONDS = 60
EDIT_SECONDS = 24 * 3600
PERMISSIONS = {"photos": 4, "wall": 8192, "messages": 4096, "docs": 131072, "manage": 262144}
HOUR = 3600


@dataclass(slots=True, kw_only=True)
class Profile:
    """A user and what they let the community do."""

    id: int
    first_name: str
    last_name: str = "Иванова"
    is_allowed: bool = False
    is_hidden: bool = False
    is_banned: bool = False
    deactivated: str | None = None
    client_info: JsonObject = field(default_factory=lambda: dict(CLIENT_INFO))

    def wire(self) -> JsonObject:
        """Form the object of users.get."""
        body: JsonObject = {
            "id": self.id,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "can_access_closed": True,
            "is_closed": False,
        }
        return body | ({"deactivated": self.deactivated} if self.deactivated else {})


@dataclass(slots=True, kw_only=True)
class ChatRoom:
    """A chat the community was invited to."""

    peer_id: int
    title: str
    members: set[int]
    sees_all: bool
    is_member: bool = True


@dataclass(slots=True, kw_only=True)
class Press:
    """A press of a callback button that waits for its answer."""

    user_id: int
    peer_id: int
    at: float
    answer: JsonObject | None = None
    is_answered: bool = False


@dataclass(slots=True, kw_only=True)
class Comment:
    """A comment under something of the community's."""

    id: int
    place: str
    post_id: int
    from_id: int
    text: str
    reply_to: int | None = None

    def wire(self, group_id: int, date: int) -> tuple[str, JsonObject]:
        """Form the event's type and object."""
        body: JsonObject = {"id": self.id, "from_id": self.from_id, "date": date, "text": self.text}
        if self.reply_to is not None:
            body |= {"reply_to_comment": self.reply_to}
        match self.place:
            case "wall":
                more: JsonObject = {"post_id": self.post_id, "owner_id": -group_id, "post_owner_id": -group_id}
                return "wall_reply_new", body | more | {"parents_stack": []}
            case "board":
                return "board_post_new", body | {"topic_id": self.post_id, "topic_owner_id": -group_id}
            case "market":
                return "market_comment_new", body | {"item_id": self.post_id, "market_owner_id": -group_id}
            case _:
                owner = {f"{self.place}_id": self.post_id, f"{self.place}_owner_id": -group_id}
                return f"{self.place}_comment_new", body | owner


class World:
    """All state. Take `lock` around anything that reads or writes more than one thing."""

    def __init__(self, *, group_id: int, group_name: str) -> None:
        self.lock = threading.RLock()
        self.group_id = group_id
        self.group_name = group_name
        self.base_url = ""
        self.has_bot_features = True
        self.permissions = set(PERMISSIONS)
        self.sends_per_hour: int | None = 1000  # to one person, then error 9
        self.profiles: dict[int, Profile] = {}
        self.chats: dict[int, ChatRoom] = {}
        self.conversations = Conversations()
        self.events = EventLog(group_id)
        self.presses: dict[str, Press] = {}
        self.comments: list[Comment] = []
        self.guids: dict[str, int] = {}
        self.uploads: dict[str, JsonObject] = {}
        self.documents: dict[str, bytes] = {}
        self.media: dict[str, JsonObject] = {}
        self.sent: dict[tuple[int, int], Message] = {}
        self.activities: Counter[int] = Counter()
        self.not_implemented: Counter[str] = Counter()
        self.numbers = count(1)
        self._sends: dict[int, deque[float]] = {}
        self._ahead = 0.0

    def now(self) -> float:
        """Tell the fake's own time, Unix seconds."""
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        """Move the fake's clock."""
        self._ahead += seconds

    def url(self, path: str) -> str:
        """Form an address on this server."""
        return f"{self.base_url}{path}"

    def add(self, peer_id: int, from_id: int, **fields: object) -> Message:
        """Put a message at the end of a conversation."""
        conversation = self.conversations.of(peer_id)
        cmid = conversation.messages[-1].cmid + 1 if conversation.messages else 1
        number = 0 if conversation.is_chat else next(self.numbers)
        message = Message(id=number, cmid=cmid, peer_id=peer_id, from_id=from_id, date=int(self.now()))
        for name, value in fields.items():
            setattr(message, name, value)
        conversation.messages.append(message)
        conversation.is_unanswered = not message.is_out
        if message.keyboard is not None and not message.keyboard.get("inline"):
            conversation.keyboard = message.keyboard if message.keyboard["buttons"] else None
        return message

    def publish_out(self, message: Message) -> None:
        """Fire message_reply for what the community said."""
        self.events.publish("message_reply", message.wire())

    def add_comment(self, comment: Comment) -> None:
        """Put a comment and fire its event."""
        self.comments.append(comment)
        self.events.publish(*comment.wire(self.group_id, int(self.now())))

    def demand_writable(self, peer_id: int) -> None:
        """Check that the community may write there.

        Raises:
            VkError: 18, 900, 901, 902 or 917.
        """
        if peer_id > CHATS_FROM:
            room = self.chats.get(peer_id)
            if room is None or not room.is_member:
                raise VkError(917)
            if not self.has_bot_features:
                raise VkError(912)
            return
        profile = self.profiles.get(peer_id)
        refusals = (
            (profile is None, 901),
            (profile is not None and profile.deactivated is not None, 18),
            (profile is not None and profile.is_banned, 900),
            (profile is not None and profile.is_hidden, 902),
            (profile is not None and not profile.is_allowed, 901),
        )
        for is_refused, code in refusals:
            if is_refused:
                raise VkError(code)

    def count_send(self, peer_id: int) -> None:
        """Count a message to a person.

        Raises:
            VkError: 9, too many in an hour.
        """
        if self.sends_per_hour is None:
            return
        times = self._sends.setdefault(peer_id, deque())
        while times and times[0] < self.now() - HOUR:
            times.popleft()
        if len(times) >= self.sends_per_hour:
            raise VkError(9)
        times.append(self.now())
