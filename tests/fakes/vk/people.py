"""People: what a user does in VK, as events and as the state the community sees."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from tests.fakes.vk.attachments import make_audio_message, make_doc, make_geo, make_photo, make_sticker
from tests.fakes.vk.conversations import Conversation, Message
from tests.fakes.vk.wire import JsonObject
from tests.fakes.vk.world import ChatRoom, Comment, Press, Profile, World

Payload = JsonObject | list[object] | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone in front of the community. Every act fires the event VK would fire, if its settings let it."""

    world: World
    profile: Profile

    @property
    def id(self) -> int:
        """Their number, which is the peer of their dialogue too."""
        return self.profile.id

    @property
    def messages(self) -> list[Message]:
        """List what the community said to them, oldest first, as it looks now."""
        with self.world.lock:
            return [each for each in self._conversation(None).visible if each.is_out]

    @property
    def keyboard(self) -> JsonObject | None:
        """The keyboard under their input field."""
        return self._conversation(None).keyboard

    def say(
        self,
        text: str = "",
        *,
        ref: str | None = None,
        ref_source: str | None = None,
        payload: Payload | None = None,
        attachments: Sequence[JsonObject] = (),
        reply_to: Message | None = None,
        client_info: JsonObject | None = None,
        geo: JsonObject | None = None,
        chat: "Chat | None" = None,
    ) -> Message:
        """Write; writing in private lets the community answer."""
        with self.world.lock:
            if chat is None:
                self.profile.is_allowed = True
            message = self.world.add(
                self.id if chat is None else chat.peer_id,
                self.id,
                text=text,
                ref=ref,
                ref_source=ref_source,
                payload=payload if payload is None or isinstance(payload, str) else json.dumps(payload),
                attachments=list(attachments),
                reply_to=reply_to,
                geo=geo,
            )
            if chat is None or chat.hears(message):
                told = self.profile.client_info if client_info is None else client_info
                self.world.events.publish("message_new", {"message": message.wire(), "client_info": told})
            return message

    def start(self, ref: str | None = None, ref_source: str | None = None) -> Message:
        """Press the Start button, maybe after following a link with `ref`."""
        return self.say("Начать", payload={"command": "start"}, ref=ref, ref_source=ref_source)

    def press(self, message: Message | None, label: str, *, chat: "Chat | None" = None) -> str | None:
        """Press a button of a message, or of the keyboard under the input field when `message` is None.

        A text button writes its label; a callback button fires message_event and gives back its `event_id`.

        Raises:
            LookupError: no such button that can be pressed.
        """
        with self.world.lock:
            action = self._find_button(message, label, chat)
            payload = action.get("payload")
            if action["type"] == "text":
                self.say(action["label"], payload=payload, chat=chat)
                return None
            if action["type"] == "location":
                self.send_geo(payload=payload)
                return None
            if action["type"] != "callback":
                raise LookupError(f"{label!r} is {action['type']}: it opens something outside of the dialogue")
            return self._fire_press(message, payload, self.id if chat is None else chat.peer_id)

    def _fire_press(self, message: Message | None, payload: str | None, peer_id: int) -> str:
        event_id = f"{next(self.world.numbers):012x}"
        self.world.presses[event_id] = Press(user_id=self.id, peer_id=peer_id, at=self.world.now())
        value: JsonObject = {"user_id": self.id, "peer_id": peer_id, "event_id": event_id}
        value["payload"] = None if payload is None else json.loads(payload)
        if message is not None:
            value["conversation_message_id"] = message.cmid
        self.world.events.publish("message_event", value)
        return event_id

    def answer_to(self, event_id: str) -> Press:
        """See what became of a press."""
        return self.world.presses[event_id]

    def _find_button(self, message: Message | None, label: str, chat: "Chat | None") -> JsonObject:
        conversation = self._conversation(chat)
        if message is not None:
            buttons = message.buttons if message in conversation.visible else []
        else:
            keyboard = conversation.keyboard
            buttons = [button["action"] for row in keyboard["buttons"] for button in row] if keyboard else []
            if keyboard and keyboard.get("one_time"):
                conversation.keyboard = None
        for action in buttons:
            if action.get("label", action["type"]) == label:
                return action
        raise LookupError(f"no button {label!r} among {[each.get('label', each['type']) for each in buttons]}")

    def send_photo(self, text: str = "", *, chat: "Chat | None" = None) -> Message:
        """Send a photo."""
        number, url = self._new_file()
        photo = make_photo(number=number, owner_id=self.id, date=int(self.world.now()), url=url)
        return self.say(text, attachments=[{"type": "photo", "photo": photo}], chat=chat)

    def send_doc(self, title: str = "check.pdf", text: str = "") -> Message:
        """Send a document."""
        number, url = self._new_file()
        date = int(self.world.now())
        doc = make_doc(number=number, owner_id=self.id, date=date, url=url, title=title, size=1024)
        return self.say(text, attachments=[{"type": "doc", "doc": doc}])

    def send_audio_message(self, seconds: int = 3) -> Message:
        """Send a voice message."""
        number, url = self._new_file()
        voice = make_audio_message(number=number, owner_id=self.id, url=url, seconds=seconds)
        return self.say(attachments=[{"type": "audio_message", "audio_message": voice}])

    def send_sticker(self, sticker_id: int = 9008) -> Message:
        """Send a sticker."""
        sticker = make_sticker(sticker_id=sticker_id, url=self.world.url("/file/sticker"))
        return self.say(attachments=[{"type": "sticker", "sticker": sticker}])

    def send_geo(self, latitude: float = 55.75, longitude: float = 37.62, payload: Payload | None = None) -> Message:
        """Send a place on the map."""
        return self.say(geo=make_geo(latitude, longitude), payload=payload)

    def edit(self, message: Message, text: str) -> None:
        """Change an own message."""
        with self.world.lock:
            if message.from_id != self.id:
                raise LookupError("not their message")
            message.edits.append(message.text)
            message.text, message.update_time = text, int(self.world.now())
            self.world.events.publish("message_edit", message.wire())

    def read(self) -> None:
        """Read everything."""
        with self.world.lock:
            conversation = self._conversation(None)
            last = conversation.messages[-1]
            conversation.out_read = last.cmid
            value = {"from_id": self.id, "peer_id": self.id, "read_message_id": last.id}
            self.world.events.publish("message_read", value | {"conversation_message_id": last.cmid})

    def react(self, message: Message, reaction_id: int) -> None:
        """Put a reaction to a message."""
        value = {"reacted_id": self.id, "peer_id": message.peer_id, "cmid": message.cmid}
        self.world.events.publish("message_reaction_event", value | {"reaction_id": reaction_id})

    def allow(self, key: str = "") -> None:
        """Let the community write, by a widget that knows `key`."""
        with self.world.lock:
            self.profile.is_allowed = True
            self.world.events.publish("message_allow", {"user_id": self.id, "key": key})

    def deny(self) -> None:
        """Forbid the community to write."""
        with self.world.lock:
            self.profile.is_allowed = False
            self.world.events.publish("message_deny", {"user_id": self.id})

    def join_group(self, join_type: str = "join") -> None:
        """Subscribe to the community."""
        self.world.events.publish("group_join", {"user_id": self.id, "join_type": join_type})

    def leave_group(self, *, self_: bool = True) -> None:
        """Leave the community, or be removed."""
        self.world.events.publish("group_leave", {"user_id": self.id, "self": int(self_)})

    def comment(self, text: str, *, on: str = "wall", post_id: int = 1, reply_to: int | None = None) -> int:
        """Comment a wall post, photo, video, market item or board topic; gives back the comment's id."""
        if on not in {"wall", "photo", "video", "market", "board"}:
            raise ValueError(f"no comments on {on!r}")
        with self.world.lock:
            number = next(self.world.numbers)
            place = Comment(id=number, place=on, post_id=post_id, from_id=self.id, text=text, reply_to=reply_to)
            self.world.add_comment(place)
            return number

    def _conversation(self, chat: "Chat | None") -> Conversation:
        return self.world.conversations.of(self.id if chat is None else chat.peer_id)

    def _new_file(self) -> tuple[int, str]:
        number = next(self.world.numbers)
        return number, self.world.url(f"/file/{number}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """Several people and the community."""

    world: World
    room: ChatRoom

    @property
    def peer_id(self) -> int:
        """The peer of the chat."""
        return self.room.peer_id

    @property
    def messages(self) -> list[Message]:
        """List what the community said here, oldest first."""
        return [each for each in self.world.conversations.of(self.peer_id).visible if each.is_out]

    def mention(self, text: str, name: str = "") -> str:
        """Address the community in a text, as VK writes it."""
        return f"[club{self.world.group_id}|@{name or f'club{self.world.group_id}'}] {text}"

    def hears(self, message: Message) -> bool:
        """Tell whether VK brings this message to the bot."""
        if not self.room.is_member:
            return False
        is_named = f"[club{self.world.group_id}|" in message.text or message.text.startswith("/")
        is_reply = message.reply_to is not None and message.reply_to.is_out
        return self.room.sees_all or is_named or is_reply or message.payload is not None

    def invite_bot(self, by: Person) -> None:
        """Bring the community in."""
        self._move(by, "chat_invite_user")

    def kick_bot(self, by: Person) -> None:
        """Put the community out."""
        self._move(by, "chat_kick_user")

    def _move(self, by: Person, type_: str) -> None:
        with self.world.lock:
            action = {"type": type_, "member_id": -self.world.group_id}
            message = self.world.add(self.peer_id, by.id, action=action)
            self.room.is_member = type_ == "chat_invite_user"
            value = {"message": message.wire(), "client_info": by.profile.client_info}
            self.world.events.publish("message_new", value)
