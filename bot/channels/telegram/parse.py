"""From an update of the Bot API to an event. Pure, and never raises."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from bot.channels.telegram.addressing import Me, Words, read_words
from bot.channels.telegram.content import Common, read_content
from bot.channels.telegram.fields import BrokenUpdateError, Fields
from bot.channels.telegram.inline import InlineQuery
from bot.domain.actions import decode_action
from bot.domain.ids import ChannelName
from bot.domain.messages import Address, Edited, Event, Pressed, Reacted, Standing, StandingChanged
from bot.domain.text import clean

TELEGRAM = ChannelName("telegram")

CAPTIONED = "captioned"
"""Among the abilities of an event: the message whose button was pressed shows a file, its text is a caption."""

LONGEST_NAME = 200
_LATEST = 2**33
"""Seconds; beyond the year 2200 it is no time at all."""

_OUTSIDE = {"left", "kicked"}
_CHATS = {"private": False, "group": True, "supergroup": True}


@dataclass(frozen=True, slots=True)
class Ignored:
    """An update that is no event; `kind` is one of few, for counting."""

    kind: str


BROKEN = Ignored("broken")

Result: TypeAlias = Event | Ignored


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """What reading needs besides the update; `at` is when it came, for kinds that do not say."""

    update_id: str
    me: Me
    at: datetime


def parse(update: object, *, me: Me, at: datetime) -> Result:
    """Read one update. Whatever it is, the answer is an event or why there is none."""
    try:
        fields = Fields.of(update)
        context = _Context(update_id=str(fields.number("update_id")), me=me, at=at)
        for kind, read in _KINDS.items():
            body = fields.find(kind)
            if body is not None:
                return read(body, context)
    except (BrokenUpdateError, ValueError, OverflowError, OSError):  # the last three from moments out of range
        return BROKEN
    return Ignored("unknown")


def update_number(update: object) -> int | None:
    """The number of an update; None where it has none."""
    try:
        return Fields.of(update).number("update_id")
    except BrokenUpdateError:
        return None


def press_id(update: object) -> str | None:
    """The identifier by which a press is answered; None where nothing was pressed."""
    try:
        press = Fields.of(update).find("callback_query")
        return (press.text("id") or None) if press is not None else None
    except BrokenUpdateError:
        return None


def inline_query(update: object) -> InlineQuery | None:
    """What was typed behind the bot's name; None where nothing was."""
    try:
        query = Fields.of(update).find("inline_query")
        if query is None or not query.text("id"):
            return None
        user = str(query.part("from").number("id"))
        return InlineQuery(query.text("id"), Address(TELEGRAM, user, user), clean(query.text("query")))
    except BrokenUpdateError:
        return None


def message_ref(message: Fields) -> str:
    """The reference of a message inside its chat."""
    return str(message.number("message_id"))


def _message(message: Fields, context: _Context) -> Result:
    refusal = _refusal(message, context.me)
    if refusal is not None:
        return refusal
    if message.has("migrate_to_chat_id"):
        return _moved(message, context)
    words = read_words(message, context.me)
    event = read_content(message, words, _common(message, words, message.number("date"), context))
    return Ignored("service") if event is None else event


def _moved(message: Fields, context: _Context) -> Result:
    """A group became a supergroup, and has another number since."""
    at, chat = _moment(message.number("date")), message.part("chat")
    new = str(message.number("migrate_to_chat_id"))
    common = _about(chat, message.part("from"), context, at=at, thread="", is_for_us=False, ref=new)
    return StandingChanged(**common, standing=Standing.MOVED)


def _edited(message: Fields, context: _Context) -> Result:
    refusal = _refusal(message, context.me)
    if refusal is not None:
        return refusal
    if message.has("location"):
        return Ignored("moved")  # a live location: no words of anybody
    words = read_words(message, context.me)
    date = message.find_number("edit_date") or message.number("date")
    return Edited(**_common(message, words, date, context), text=clean(words.text))


def _refusal(message: Fields, me: Me) -> Ignored | None:
    """Say why a message is not for us: a channel, a bot, somebody behind a channel or through another bot."""
    if message.part("chat").text("type") not in _CHATS:
        return Ignored("channel")
    if message.has("sender_chat"):
        return Ignored("sender_chat")
    via = message.find("via_bot")
    if via is not None and via.find_number("id") != me.id:
        return Ignored("via_bot")
    sender = message.find("from")
    if sender is None:
        return Ignored("service")
    return Ignored("bot") if sender.flag("is_bot") else None


def _common(message: Fields, words: Words, date: int, context: _Context) -> Common:
    return _about(
        message.part("chat"),
        message.part("from"),
        context,
        at=_moment(date),
        thread=_thread(message),
        is_for_us=words.is_for_us,
        ref=message_ref(message),
        reply_to=_replied(message),
    )


def _about(
    chat: Fields,
    user: Fields,
    context: _Context,
    *,
    at: datetime,
    thread: str,
    is_for_us: bool,
    ref: str,
    reply_to: str = "",
) -> Common:
    is_group = _CHATS[chat.text("type")]
    name = clean(f"{user.text('first_name')} {user.text('last_name')}")[:LONGEST_NAME]
    return Common(
        id=context.update_id,
        sender=Address(TELEGRAM, f"{chat.number('id')}{thread}", str(user.number("id"))),
        at=at,
        name=name or None,
        language=clean(user.text("language_code"))[:LONGEST_NAME] or None,
        is_group=is_group,
        is_addressed=is_for_us or not is_group,
        ref=ref,
        reply_to=reply_to,
    )


def _replied(message: Fields) -> str:
    """The message that is replied to. In a topic all that replies to nothing replies to what opened the topic."""
    replied = message.find("reply_to_message")
    if replied is None or replied.has("forum_topic_created"):
        return ""
    return message_ref(replied)


def _thread(message: Fields) -> str:
    """The part of an address that names a topic. Only there `message_thread_id` means one: answers have it too."""
    return f"/{message.number('message_thread_id')}" if message.flag("is_topic_message") else ""


def _moment(seconds: int) -> datetime:
    if not 0 < seconds < _LATEST:
        raise BrokenUpdateError("date")
    return datetime.fromtimestamp(seconds, UTC)


def _pressed(press: Fields, context: _Context) -> Result:
    message = press.find("message")
    data = clean(press.text("data"))
    if message is None or not data:
        return Ignored("press")  # of a game, or of a message by inline mode: we send neither
    chat = message.part("chat")
    if chat.text("type") not in _CHATS:
        return Ignored("channel")
    common = _about(
        chat,
        press.part("from"),
        context,
        at=context.at,
        thread=_thread(message),
        is_for_us=True,
        ref=message_ref(message),
    )
    is_captioned = bool(message.find_number("date")) and not message.has("text")  # date 0: too old to be shown to us
    return Pressed(**common, client=(CAPTIONED,) if is_captioned else (), action=decode_action(data))


def _member(change: Fields, context: _Context) -> Result:
    chat = change.part("chat")
    if chat.text("type") not in _CHATS:
        return Ignored("channel")
    was_in, is_in = (_is_in(change.part(name)) for name in ("old_chat_member", "new_chat_member"))
    if was_in == is_in:
        return Ignored("promotion")
    is_group = _CHATS[chat.text("type")]
    standings = (Standing.REMOVED, Standing.ADDED) if is_group else (Standing.BLOCKED, Standing.ALLOWED)
    at = _moment(change.number("date"))
    common = _about(chat, change.part("from"), context, at=at, thread="", is_for_us=False, ref="")
    return StandingChanged(**common, standing=standings[is_in])


def _is_in(member: Fields) -> bool:
    status = member.text("status")
    if not status:
        raise BrokenUpdateError("status")
    return member.flag("is_member") if status == "restricted" else status not in _OUTSIDE


def _reacted(reaction: Fields, context: _Context) -> Result:
    chat, user = reaction.part("chat"), reaction.find("user")
    if user is None or chat.text("type") not in _CHATS:
        return Ignored("sender_chat")
    if user.flag("is_bot"):
        return Ignored("bot")
    at = _moment(reaction.number("date"))
    common = _about(chat, user, context, at=at, thread="", is_for_us=False, ref=message_ref(reaction))
    return Reacted(**common, reactions=tuple(_reaction(item) for item in reaction.parts("new_reaction")))


def _reaction(item: Fields) -> str:
    """An emoji, the number of a custom one, or the type where that is all: a paid star."""
    return clean(item.text("emoji") or item.text("custom_emoji_id") or item.text("type"))[:LONGEST_NAME]


_KINDS: Mapping[str, Callable[[Fields, _Context], Result]] = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _pressed,
    "my_chat_member": _member,
    "message_reaction": _reacted,
    "inline_query": lambda _, __: Ignored("inline"),
}

ALLOWED_UPDATES = tuple(_KINDS)
"""What we ask the platform for; reactions come only when asked for by name (Bot API, getUpdates)."""
