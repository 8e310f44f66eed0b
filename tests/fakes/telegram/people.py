"""People of the fake: what a person does in the app becomes updates."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Protocol

from tests.fakes.telegram.chats import Button, Chat, Message, member_body
from tests.fakes.telegram.entities import find_entities
from tests.fakes.telegram.files import PNG
from tests.fakes.telegram.shapes import Json
from tests.fakes.telegram.world import Account, InlineAsked, Press, World


class HasChat(Protocol):
    """A person or a group."""

    @property
    def chat(self) -> Chat:
        """Find its chat."""
        ...


def reaction_bodies(emoji: str | None) -> list[Json]:
    """Write a list of one reaction, or of none."""
    return [] if emoji is None else [{"type": "emoji", "emoji": emoji}]


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with the app in hand. Without `chat` things happen in the private chat with the bot."""

    world: World
    account: Account

    @property
    def id(self) -> int:
        """Take the user's number: also the private chat's."""
        return int(self.account.user["id"])

    @property
    def chat(self) -> Chat:
        """Find the private chat with the bot."""
        return self.account.chat

    @property
    def messages(self) -> list[Message]:
        """List what is on the screen of the private chat, oldest first."""
        with self.world.lock:
            return list(self.chat.messages.values())

    def say(
        self, text: str, *, chat: HasChat | None = None, reply_to: Message | None = None, thread: int | None = None
    ) -> Message:
        """Send a text; commands, mentions and links become entities."""
        entities = find_entities(text)
        content: Json = {"text": text, "entities": entities} if entities else {"text": text}
        return self.post(content, chat=chat, reply_to=reply_to, thread=thread)

    def start(self, payload: str = "") -> Message:
        """Press Start, also by a deep link and after a block."""
        if self.account.is_blocking:
            self.unblock()
        return self.say(f"/start {payload}".strip())

    def post(
        self, content: Json, *, chat: HasChat | None = None, reply_to: Message | None = None, thread: int | None = None
    ) -> Message:
        """Send any content: fields of a Message object."""
        place = (chat or self).chat
        with self.world.lock:
            self._check(place)
            message = self.world.post(place, self.account.user, deepcopy(content), thread=thread, reply_to=reply_to)
            return self.world.tell("message", message)

    def _check(self, place: Chat) -> None:
        if place is self.chat:
            if self.account.is_blocking or self.account.is_deactivated:
                raise ValueError("a person who blocked the bot cannot write to it")
            place.is_open = True
        elif place.status(self.id) in {"left", "kicked"} or place.migrated_to is not None:
            raise ValueError("the person is not in this chat")

    def send_photo(self, content: bytes = PNG, *, caption: str = "", chat: HasChat | None = None) -> Message:
        """Send a photo."""
        with self.world.lock:
            stored = self.world.files.add("photo", content, name="photo.jpg", mime="image/jpeg")
        message = self.post({"photo": stored.photo(), **_captioned(caption)}, chat=chat)
        message.photo_content = content
        return message

    def send_album(self, count: int = 2, *, caption: str = "", chat: HasChat | None = None) -> list[Message]:
        """Send photos as one album; the caption is under the first."""
        with self.world.lock:
            group = {"media_group_id": str(13_000_000 + self.world.number())}
            stored = [self.world.files.add("photo", PNG, name="photo.jpg", mime="image/jpeg") for _ in range(count)]
        bodies = [{"photo": one.photo(), **group} for one in stored]
        bodies[0].update(_captioned(caption))
        return [self.post(body, chat=chat) for body in bodies]

    def send_document(
        self,
        content: bytes = b"%PDF-1.4",
        *,
        name: str = "check.pdf",
        mime: str = "application/pdf",
        caption: str = "",
        chat: HasChat | None = None,
    ) -> Message:
        """Send a file."""
        with self.world.lock:
            stored = self.world.files.add("document", content, name=name, mime=mime)
        return self.post({"document": stored.document(), **_captioned(caption)}, chat=chat)

    def send_voice(self, content: bytes = b"OggS", *, seconds: int = 3, chat: HasChat | None = None) -> Message:
        """Send a voice message."""
        with self.world.lock:
            stored = self.world.files.add("voice", content, name="voice.oga", mime="audio/ogg")
        return self.post({"voice": {**stored.body(), "duration": seconds, "mime_type": stored.mime}}, chat=chat)

    def send_sticker(self, emoji: str = "👍", *, chat: HasChat | None = None) -> Message:
        """Send a sticker."""
        with self.world.lock:
            stored = self.world.files.add("sticker", b"RIFF", name="sticker.webp", mime="image/webp")
        body = {**stored.body(), "type": "regular", "width": 512, "height": 512, "emoji": emoji}
        return self.post({"sticker": {**body, "is_animated": False, "is_video": False}}, chat=chat)

    def send_location(self, latitude: float, longitude: float, *, chat: HasChat | None = None) -> Message:
        """Send a place; degrees."""
        return self.post({"location": {"latitude": latitude, "longitude": longitude}}, chat=chat)

    def send_contact(self, *, own: bool = True, chat: HasChat | None = None) -> Message:
        """Send a phone number: one's own, or somebody else's from the address book."""
        user = self.account.user
        somebody: Json = {"phone_number": "+79990000000", "first_name": "Сосед", "user_id": 99_000_001}
        mine = {"phone_number": self.account.phone, "first_name": user["first_name"], "user_id": self.id}
        return self.post({"contact": mine if own else somebody}, chat=chat)

    def press(self, message: Message, button: str, *, is_stale: bool = False) -> Press:
        """Press an inline button by its data or label; `is_stale` presses data that is no longer shown."""
        with self.world.lock:
            data = button if is_stale else _pressed(message, button).data
            if data is None:
                raise ValueError(f"the button {button!r} sends nothing")
            press = Press(id=str(4_000_000_000 + self.world.number()), message=message, at=self.world.settings.clock())
            self.world.presses[press.id] = press
            body = {
                "id": press.id,
                "from": self.account.user,
                "message": deepcopy(message.body),
                "chat_instance": str(-(10**15) - abs(message.chat.id)),
                "data": data,
            }
            press.update_id = self.world.updates.push("callback_query", body)
            return press

    def ask_inline(self, text: str) -> InlineAsked:
        """Type the bot's name into a field, and `text` behind it."""
        with self.world.lock:
            asked = InlineAsked(id=str(5_000_000_000 + self.world.number()))
            self.world.inline[asked.id] = asked
            body = {"id": asked.id, "from": self.account.user, "query": text, "offset": ""}
            self.world.updates.push("inline_query", body)
            return asked

    def choose(
        self, asked: InlineAsked, title: str, *, chat: HasChat | None = None, thread: int | None = None
    ) -> Message:
        """Send what the bot offered under a title."""
        result = next(each for each in asked.results or [] if each["title"] == title)
        content = {"text": result["input_message_content"]["message_text"], "via_bot": self.world.me}
        return self.post(content, chat=chat, thread=thread)

    def tap(self, label: str) -> Message:
        """Tap a button of the reply keyboard: its text, one's contact or one's place is sent."""
        rows = (self.chat.keyboard or {}).get("keyboard", [])
        buttons = [{"text": item} if isinstance(item, str) else item for row in rows for item in row]
        tapped = next((item for item in buttons if item["text"] == label), None)
        if tapped is None:
            raise ValueError(f"no button {label!r} among {[item['text'] for item in buttons]}")
        if tapped.get("request_contact"):
            return self.send_contact()
        return self.send_location(55.75, 37.62) if tapped.get("request_location") else self.say(label)

    def edit(self, message: Message, text: str) -> Message:
        """Change one's own text (or caption)."""
        with self.world.lock:
            if message.body["from"]["id"] != self.id:
                raise ValueError("a person edits only what the person wrote")
            name, marks = ("text", "entities") if "text" in message.body else ("caption", "caption_entities")
            message.history.append(message.text)
            message.body.update({name: text, marks: find_entities(text), "edit_date": self.world.now()})
            return self.world.tell("edited_message", message)

    def react(self, message: Message, emoji: str | None) -> int | None:
        """Set a reaction, None removes it. In a group only an administrator bot hears of it."""
        with self.world.lock:
            old = message.reactions.get(self.id, [])
            message.reactions[self.id] = new = reaction_bodies(emoji)
            chat = message.chat
            if chat.is_group and chat.status(self.world.me["id"]) != "administrator":
                return None
            body = {"chat": chat.body(), "message_id": message.id, "user": self.account.user, "date": self.world.now()}
            return self.world.updates.push("message_reaction", {**body, "old_reaction": old, "new_reaction": new})

    def block(self) -> int | None:
        """Stop the bot."""
        self.account.is_blocking = True
        return self._set_bot("kicked")

    def unblock(self) -> int | None:
        """Let the bot write again."""
        self.account.is_blocking = False
        return self._set_bot("member")

    def deactivate(self) -> None:
        """Delete the account: the bot is not told."""
        self.account.is_deactivated = True

    def _set_bot(self, status: str) -> int | None:
        with self.world.lock:
            member = member_body(self.world.me, status)
            return self.world.membership(self.chat, member, actor=self.account.user)


def _captioned(caption: str) -> Json:
    if not caption:
        return {}
    entities = find_entities(caption)
    return {"caption": caption, "caption_entities": entities} if entities else {"caption": caption}


def _pressed(message: Message, wanted: str) -> Button:
    buttons = [button for row in message.buttons for button in row]
    for button in buttons:
        if wanted in {button.data, button.label}:
            return button
    raise ValueError(f"no button {wanted!r} among {[(button.label, button.data) for button in buttons]}")
