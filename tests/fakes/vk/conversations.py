"""Conversations of the community: messages as people see them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.fakes.vk.wire import JsonObject

CHATS_FROM = 2_000_000_000


@dataclass(slots=True, kw_only=True)
class Message:
    """One message. `edits` keeps earlier texts, oldest first; `id` is 0 in chats, as VK gives it to bots."""

    id: int
    cmid: int
    peer_id: int
    from_id: int
    date: int
    text: str = ""
    random_id: int = 0
    attachment: str = ""
    attachments: list[JsonObject] = field(default_factory=list)
    keyboard: JsonObject | None = None
    template: JsonObject | None = None
    format_data: JsonObject | None = None
    payload: str | None = None
    geo: JsonObject | None = None
    ref: str | None = None
    ref_source: str | None = None
    reply_to: "Message | None" = None
    action: JsonObject | None = None
    admin_author_id: int | None = None
    update_time: int | None = None
    edits: list[str] = field(default_factory=list)
    is_deleted: bool = False

    @property
    def is_out(self) -> bool:
        """Tell whether the community said it."""
        return self.from_id < 0

    @property
    def buttons(self) -> list[JsonObject]:
        """List the actions of all buttons, those of a carousel too, in reading order."""
        rows = self.keyboard["buttons"] if self.keyboard else []
        cards = self.template["elements"] if self.template else []
        found = [button for row in rows for button in row] + [button for card in cards for button in card["buttons"]]
        return [button["action"] for button in found]

    @property
    def labels(self) -> list[str]:
        """List what is written on the buttons."""
        return [str(action.get("label", action["type"])) for action in self.buttons]

    def wire(self) -> JsonObject:
        """Form the object of version 5.199."""
        body: JsonObject = {
            "date": self.date,
            "from_id": self.from_id,
            "id": self.id,
            "version": 10_000_000 + self.cmid + len(self.edits),
            "out": int(self.is_out),
            "fwd_messages": [],
            "important": False,
            "is_hidden": False,
            "attachments": self.attachments,
            "conversation_message_id": self.cmid,
            "text": self.text,
            "peer_id": self.peer_id,
            "random_id": self.random_id,
        }
        if self.reply_to is not None:
            body["reply_message"] = self.reply_to.wire_foreign()
        optional = ("payload", "geo", "ref", "ref_source", "action", "admin_author_id", "update_time", "keyboard")
        return body | {name: getattr(self, name) for name in optional if getattr(self, name) is not None}

    def wire_foreign(self) -> JsonObject:
        """Form the shorter object inside a reply."""
        names = ("date", "from_id", "text", "attachments", "id", "peer_id")
        return {name: getattr(self, name) for name in names} | {"conversation_message_id": self.cmid}


@dataclass(slots=True, kw_only=True)
class Conversation:
    """One dialogue or chat, oldest message first."""

    peer_id: int
    messages: list[Message] = field(default_factory=list)
    in_read: int = 0
    out_read: int = 0
    is_unanswered: bool = False
    keyboard: JsonObject | None = None

    @property
    def is_chat(self) -> bool:
        """Tell whether several people are here."""
        return self.peer_id > CHATS_FROM

    @property
    def visible(self) -> list[Message]:
        """List what was not deleted."""
        return [message for message in self.messages if not message.is_deleted]

    @property
    def unread_count(self) -> int:
        """Count what people wrote after the last reading."""
        return sum(1 for message in self.messages if not message.is_out and message.cmid > self.in_read)

    def find(self, cmid: int) -> Message | None:
        """Find a message by its number here; None also when deleted."""
        return next((message for message in self.visible if message.cmid == cmid), None)

    def wire(self) -> JsonObject:
        """Form the object of messages.getConversations; only for one that has messages."""
        last = self.messages[-1]
        kind, local_id = ("chat", self.peer_id - CHATS_FROM) if self.is_chat else ("user", self.peer_id)
        body: JsonObject = {
            "peer": {"id": self.peer_id, "type": kind, "local_id": local_id},
            "last_message_id": last.id,
            "last_conversation_message_id": last.cmid,
            "in_read": self._id_of(self.in_read),
            "out_read": self._id_of(self.out_read),
            "in_read_cmid": self.in_read,
            "out_read_cmid": self.out_read,
            "sort_id": {"major_id": 0, "minor_id": last.id},
            "version": 10_000_000 + last.cmid,
            "is_marked_unread": False,
            "important": False,
            "unanswered": self.is_unanswered,
            "can_write": {"allowed": True},
        }
        if self.unread_count:
            body["unread_count"] = self.unread_count
        return body | ({"current_keyboard": self.keyboard} if self.keyboard else {})

    def _id_of(self, cmid: int) -> int:
        return next((message.id for message in self.messages if message.cmid == cmid), 0)


@dataclass(slots=True)
class Conversations:
    """All conversations, in order of their beginning."""

    by_peer: dict[int, Conversation] = field(default_factory=dict)

    def of(self, peer_id: int) -> Conversation:
        """Open the conversation, empty if it is new."""
        return self.by_peer.setdefault(peer_id, Conversation(peer_id=peer_id))

    def find_by_id(self, message_id: int) -> Message | None:
        """Find a message of a dialogue by its number in the community."""
        return next((message for message in self._all() if message.id == message_id and message_id), None)

    def latest(self, filters: str) -> list[Conversation]:
        """List conversations that have messages, the freshest first; `filters` is VK's `filter`."""
        keep: Mapping[str, bool] = {"unanswered": filters == "unanswered", "unread": filters == "unread"}
        found = [
            each
            for each in self.by_peer.values()
            if each.messages
            and not (keep["unanswered"] and not each.is_unanswered)
            and not (keep["unread"] and not each.unread_count)
        ]
        return sorted(found, key=lambda each: (each.messages[-1].date, each.messages[-1].id), reverse=True)

    def _all(self) -> Iterator[Message]:
        for conversation in self.by_peer.values():
            yield from conversation.visible
