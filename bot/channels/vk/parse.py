"""From an event of VK, long poll or callback, to events of ours. Pure, and never raises."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.channels.vk.comments import author, read_place
from bot.channels.vk.events import LEFT_ALONE
from bot.channels.vk.fields import BrokenError, Fields
from bot.channels.vk.mentions import read_text
from bot.channels.vk.messages import Sender, abilities, language, moment, read_message
from bot.channels.vk.options import VK
from bot.channels.vk.payloads import foreign_action, read_action, read_payload
from bot.domain.messages import (
    Address,
    Commented,
    Edited,
    Event,
    HumanReplied,
    Pressed,
    Reacted,
    Standing,
    StandingChanged,
)
from bot.domain.text import clean

CHATS_FROM = 2_000_000_000
BROKEN = "broken"
UNKNOWN = "unknown"
CLIENT_OF_PRESS = ("keyboard", "inline_keyboard", "carousel", "callback")
"""Apps that know callback buttons are younger than those that know the rest."""

_EVENT_ID = re.compile(r"[\w-]{1,64}", re.ASCII)
_TYPE = re.compile(r"[a-z_]{1,40}", re.ASCII)
_STANDINGS = {
    "message_allow": Standing.ALLOWED,
    "message_deny": Standing.BLOCKED,
    "group_join": Standing.JOINED,
    "group_leave": Standing.LEFT,
}
_MOVES = {
    "chat_invite_user": Standing.ADDED,
    "chat_kick_user": Standing.REMOVED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What VK wants to know again when a press is answered."""

    event_id: str
    user_id: int
    peer_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """`events` in order, none when it was `ignored` (the kind, for the meter).

    `sent_as` is the random_id of what somebody wrote in our community's name: an event only unless we sent it.
    """

    events: tuple[Event, ...] = ()
    ignored: str = ""
    press: Press | None = None
    sent_as: int | None = None


def parse(raw: object, *, group_id: int, at: datetime) -> Parsed:
    """Read one update; `at` is the present, for what does not say when it happened."""
    update = Fields.of(raw)
    type_ = update.text("type")
    body = update.part("object")
    if not _TYPE.fullmatch(type_) or update.integer("group_id") not in {group_id, None}:
        return Parsed(ignored=BROKEN)
    try:
        return _Reader(update=update, body=body, group_id=group_id, now=at).read(type_)
    except (BrokenError, RecursionError):
        return Parsed(ignored=BROKEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """One update being read."""

    update: Fields
    body: Fields
    group_id: int
    now: datetime

    def read(self, type_: str) -> Parsed:
        """Read the body as its type wants it."""
        reader = _READERS.get(type_)
        if reader is not None:
            return reader(self)
        if type_ in _STANDINGS:
            return self._standing(_STANDINGS[type_])
        return self._comment(type_)

    def message_new(self) -> Parsed:
        """Read what a person wrote."""
        message = self.body.part("message") or self.body  # versions before 5.103 have the message itself here
        peer_id, from_id = message.demand("peer_id"), message.demand("from_id")
        if from_id < 0 or message.flag("out"):
            return Parsed(ignored="own")
        common = self._of_message(message, peer_id, from_id)
        if message.part("action"):
            return self._move(message.part("action"), common)
        return Parsed(events=read_message(message, common, self._text(message)))

    def message_event(self) -> Parsed:
        """Read a press of a callback button."""
        user_id, peer_id = self.body.demand("user_id"), self.body.demand("peer_id")
        press = self.body.text("event_id")
        if not press:
            raise BrokenError("event_id")
        payload = read_payload(self.body.values.get("payload"))
        common = self._common(
            f"p{peer_id}:{user_id}:{press[:64]}",
            peer_id,
            user_id,
            ref=str(self.body.integer("conversation_message_id") or ""),
            client=CLIENT_OF_PRESS,
        )
        action = read_action(payload) or foreign_action(payload.values)
        event = Pressed(**common, action=action)
        return Parsed(events=(event,), press=Press(event_id=press, user_id=user_id, peer_id=peer_id))

    def message_reply(self) -> Parsed:
        """Read what was written in the community's name: by us, or by a person from VK's own inbox."""
        peer_id = self.body.demand("peer_id")
        admin = self.body.integer("admin_author_id")
        if peer_id >= CHATS_FROM and admin is None:
            return Parsed(ignored="own")  # whom in the chat we answered is not said
        replied = self.body.part("reply_message").integer("from_id") or 0
        to = replied if peer_id >= CHATS_FROM and replied > 0 else peer_id
        common = self._of_message(self.body, peer_id, to)
        text, _ = read_text(self.body.text("text"), self.group_id)
        event = HumanReplied(**common, text=text, author=str(admin or ""))
        return Parsed(events=(event,), sent_as=None if admin else self.body.integer("random_id") or 0)

    def message_edit(self) -> Parsed:
        """Read a message that its author changed."""
        peer_id, from_id = self.body.demand("peer_id"), self.body.demand("from_id")
        if from_id < 0:
            return Parsed(ignored="own")
        text, is_named = read_text(self.body.text("text"), self.group_id)
        common = self._common(
            self._event_id(),
            peer_id,
            from_id,
            ref=str(self.body.demand("conversation_message_id")),
            is_addressed=peer_id < CHATS_FROM or is_named,
        )
        return Parsed(events=(Edited(**common, text=text),))

    def reaction(self) -> Parsed:
        """Read the one reaction a person has to a message now, or that it was taken back."""
        peer_id, user_id = self.body.demand("peer_id"), self.body.demand("reacted_id")
        if user_id < 0:
            return Parsed(ignored="own")
        reaction = self.body.integer("reaction_id")
        common = self._common(self._event_id(), peer_id, user_id, ref=str(self.body.demand("cmid")))
        return Parsed(events=(Reacted(**common, reactions=() if reaction is None else (str(reaction),)),))

    def _standing(self, standing: Standing) -> Parsed:
        user_id = self.body.demand("user_id")
        common = self._common(self._event_id(), user_id, user_id)
        return Parsed(events=(StandingChanged(**common, standing=standing),))

    def _comment(self, type_: str) -> Parsed:
        where = read_place(type_, self.body, group_id=self.group_id)
        if where is None:
            return Parsed(ignored=type_ if type_ in LEFT_ALONE else UNKNOWN)
        place, subject, change = where
        user_id = author(self.body)
        if user_id == -self.group_id:
            return Parsed(ignored="own")
        text, _ = read_text(self.body.text("text"), self.group_id)
        common = self._common(self._event_id(), user_id, user_id, ref=str(self.body.integer("id") or ""))
        common |= {"sender": Address(VK, subject, str(user_id)), "is_group": True, "is_addressed": False}
        return Parsed(events=(Commented(**common, place=place, subject=subject, text=text, change=change),))

    def _move(self, action: Fields, common: Sender) -> Parsed:
        """Read whether a chat took us in or put us out; what else happens to chats is no business of ours."""
        standing = _MOVES.get(action.text("type"))
        if standing is None or action.integer("member_id") != -self.group_id:
            return Parsed(ignored="chat_action")
        return Parsed(events=(StandingChanged(**common, standing=standing),))

    def _of_message(self, message: Fields, peer_id: int, user_id: int) -> Sender:
        """Say who, where and when; the id is the same from whichever side the message comes to us."""
        number = message.demand("conversation_message_id")
        text, is_named = read_text(message.text("text"), self.group_id)
        is_reply = message.part("reply_message").integer("from_id") == -self.group_id
        is_pressed = bool(message.text("payload"))
        info = self.body.part("client_info")
        return self._common(
            f"m{self.group_id}:{peer_id}:{number}",
            peer_id,
            user_id,
            at=moment(message.integer("date"), self.now),
            ref=str(number),
            reply_to=str(message.part("reply_message").integer("conversation_message_id") or ""),
            is_addressed=peer_id < CHATS_FROM or is_named or is_reply or is_pressed or text.startswith("/"),
            language=language(info),
            client=abilities(info),
        )

    def _common(
        self,
        event_id: str,
        peer_id: int,
        user_id: int,
        *,
        ref: str = "",
        reply_to: str = "",
        at: datetime | None = None,
        is_addressed: bool = True,
        language: str | None = None,
        client: tuple[str, ...] = (),
    ) -> Sender:
        return Sender(
            id=event_id,
            sender=Address(VK, str(peer_id), str(user_id)),
            at=at or moment(self.body.integer("date"), self.now),
            language=language,
            is_group=peer_id >= CHATS_FROM,
            is_addressed=is_addressed,
            ref=ref,
            reply_to=reply_to,
            client=client,
        )

    def _text(self, message: Fields) -> str:
        """What was written, else what was forwarded without a word."""
        text, _ = read_text(message.text("text"), self.group_id)
        if text:
            return text
        forwarded = (read_text(each.text("text"), self.group_id)[0] for each in message.parts("fwd_messages"))
        return clean("\n".join(each for each in forwarded if each))

    def _event_id(self) -> str:
        """VK's own id, which is the same whenever and however the event comes again."""
        told = self.update.text("event_id")
        if _EVENT_ID.fullmatch(told):
            return told
        written = json.dumps(self.update.values, sort_keys=True, default=str)
        return f"d{hashlib.sha256(written.encode()).hexdigest()[:40]}"


_READERS: Mapping[str, Callable[[_Reader], Parsed]] = {
    "message_new": _Reader.message_new,
    "message_event": _Reader.message_event,
    "message_reply": _Reader.message_reply,
    "message_edit": _Reader.message_edit,
    "message_reaction_event": _Reader.reaction,
}
