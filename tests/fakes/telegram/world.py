"""What the platform knows: accounts, chats, messages, files, presses, the queue of updates."""

import threading
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field

from tests.fakes.telegram.chats import Chat, Message, Topic, member_body
from tests.fakes.telegram.files import FileStore
from tests.fakes.telegram.rates import Limits, RateGate
from tests.fakes.telegram.shapes import ApiError, Json, bad_request, violation
from tests.fakes.telegram.specification import Specification
from tests.fakes.telegram.updates import UpdateQueue

KICKED = "Forbidden: bot was kicked from the {kind} chat"
OUTSIDE = "Forbidden: bot is not a member of the {kind} chat"


@dataclass(slots=True, kw_only=True, eq=False)
class Account:
    """A person's account and the private chat with the bot."""

    user: Json
    chat: Chat
    phone: str
    is_blocking: bool = False
    is_deactivated: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class Press:
    """A pressed inline button; `answer` is what the bot answered, None until then."""

    id: str
    message: Message
    at: float
    update_id: int | None = None
    answer: Json | None = None


@dataclass(slots=True, kw_only=True)
class InlineAsked:
    """What somebody typed behind the bot's name; `results` are what the bot offered, None until then."""

    id: str
    results: list[Json] | None = None


@dataclass(slots=True, kw_only=True)
class Webhook:
    """Where updates are sent to."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_at: int = 0
    last_error: str = ""


@dataclass(slots=True, kw_only=True)
class Settings:
    """What differs between bots and between tests; lifetimes in seconds."""

    username: str = "klubok_bot"
    reads_all: bool = True
    """False is the privacy mode: in groups only commands, mentions and replies arrive."""
    press_lives: float = 60.0
    deletable: float = 48 * 3600.0
    clock: Callable[[], float] = time.time


@dataclass(slots=True, kw_only=True)
class BotState:
    """What the bot told about itself."""

    commands: dict[str, list[Json]] = field(default_factory=dict)
    webhook: Webhook = field(default_factory=Webhook)
    is_logged_out: bool = False


class World:
    """State behind the methods. Every access from outside holds `lock`; `changed` is told about each change."""

    def __init__(self, *, settings: Settings, limits: Limits, specification: Specification | None) -> None:
        self.settings = settings
        self.specification = specification
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.wakers: list[Callable[[], None]] = []
        self.updates = UpdateQueue(wake=self._wake)
        self.files = FileStore()
        self.rates = RateGate(limits)
        self.bot = BotState()
        self.chats: dict[int, Chat] = {}
        self.accounts: dict[int, Account] = {}
        self.presses: dict[str, Press] = {}
        self.inline: dict[str, InlineAsked] = {}
        self.last_number = 0
        self.me: Json = {"id": 4242, "is_bot": True, "first_name": "Клубок", "username": settings.username}

    def _wake(self) -> None:
        self.changed.notify_all()
        for waker in self.wakers:
            waker()

    def now(self) -> int:
        """Take the Unix time."""
        return int(self.settings.clock())

    def number(self) -> int:
        """Take a number that nobody else has."""
        self.last_number += 1
        return self.last_number

    def post(
        self, chat: Chat, sender: Json, content: Json, *, thread: int | None = None, reply_to: Message | None = None
    ) -> Message:
        """Put a message into a chat; nobody is told yet."""
        body: Json = {"message_id": chat.next_id(), "from": sender, "chat": chat.body(), "date": self.now()}
        body.update(self._place(chat, thread, reply_to))
        message = Message(chat=chat, body={**body, **content})
        chat.messages[message.id] = message
        self.changed.notify_all()
        return message

    def _place(self, chat: Chat, thread: int | None, reply_to: Message | None) -> Json:
        """Name the topic and the answered message.

        Two traps of the platform are kept: a message of a topic "answers" the note that opened it, and an answer in an
        ordinary supergroup has a message_thread_id though there are no topics.
        """
        replied = {} if reply_to is None else {"reply_to_message": without_reply(reply_to.body)}
        topic = chat.topics.get(thread or 0)
        if topic is not None:
            return {
                "message_thread_id": topic.thread,
                "is_topic_message": True,
                "reply_to_message": topic.root,
                **replied,
            }
        if reply_to is not None and chat.type == "supergroup":
            return {"message_thread_id": reply_to.body.get("message_thread_id", reply_to.id), **replied}
        return replied

    def tell(self, kind: str, message: Message) -> Message:
        """Send a message as an update, if the bot may see it."""
        if self._is_seen(message):
            message.update_id = self.updates.push(kind, deepcopy(message.body))
        return message

    def _is_seen(self, message: Message) -> bool:
        chat, body = message.chat, message.body
        status = chat.status(self.me["id"])
        if chat.is_group and status in {"left", "kicked"}:
            return False
        if not chat.is_group or status == "administrator" or message.is_service:
            return True
        to_bot = body.get("reply_to_message", {}).get("from", {}).get("id") == self.me["id"]
        is_command = any(entity["type"] == "bot_command" for entity in message.entities)
        return self.settings.reads_all or to_bot or is_command or f"@{self.settings.username}" in message.text

    def membership(self, chat: Chat, member: Json, *, actor: Json) -> int | None:
        """Change a member and tell: my_chat_member for the bot, chat_member for others."""
        user = member["user"]
        old = chat.members.get(user["id"], member_body(user, "left"))
        chat.members[user["id"]] = member
        body = {
            "chat": chat.body(),
            "from": actor,
            "date": self.now(),
            "old_chat_member": old,
            "new_chat_member": member,
        }
        if user["id"] == self.me["id"]:
            return self.updates.push("my_chat_member", body)
        is_admin = chat.status(self.me["id"]) == "administrator"
        return self.updates.push("chat_member", body) if is_admin else None

    def find_chat(self, identifier: object) -> Chat:
        """Find the chat of a chat_id.

        Raises: ApiError chat not found, or upgraded to a supergroup.
        """
        chat = self.chats.get(identifier) if isinstance(identifier, int) else self._public_chat(str(identifier))
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, text, migrate_to_chat_id=chat.migrated_to)
        return chat

    def _public_chat(self, username: str) -> Chat | None:
        named = (chat for chat in self.chats.values() if chat.is_group and f"@{chat.names.get('username')}" == username)
        return next(named, None)

    def target(self, identifier: object) -> Chat:
        """Find a chat that the bot may write to.

        Raises: ApiError 400 chat not found, 403 blocked, deactivated, not started, kicked.
        """
        chat = self.find_chat(identifier)
        if chat.is_group:
            self._check_member(chat)
        else:
            self._check_person(self.accounts[chat.id])
        return chat

    def _check_member(self, chat: Chat) -> None:
        status = chat.status(self.me["id"])
        kind = "group" if chat.type == "group" else "supergroup"
        if status == "kicked":
            raise ApiError(403, KICKED.format(kind=kind))
        if status == "left":
            raise ApiError(403, OUTSIDE.format(kind=kind))

    @staticmethod
    def _check_person(account: Account) -> None:
        if account.is_deactivated:
            raise ApiError(403, "Forbidden: user is deactivated")
        if account.is_blocking:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if not account.chat.is_open:
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")

    def topic(self, chat: Chat, thread: int | None) -> Topic | None:
        """Find a topic; None outside of topics.

        Raises: ApiError when there is no such topic.
        """
        if thread is None:
            return None
        if thread not in chat.topics:
            raise bad_request("message thread not found")
        return chat.topics[thread]

    def message(self, chat: Chat, number: int, missing: str) -> Message:
        """Find a message.

        Raises: ApiError with the given text when it is not there.
        """
        if number <= 0:
            raise violation("message identifier is not specified")
        if number not in chat.messages:
            raise bad_request(missing)
        return chat.messages[number]


def without_reply(body: Json) -> Json:
    """Copy a message as it is quoted: one level deep."""
    return deepcopy({name: value for name, value in body.items() if name != "reply_to_message"})
