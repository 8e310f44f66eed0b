"""Merging: plain messages to one topic that wait for each other go as one, for a group takes few of them. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.fitting import utf16_length
from bot.domain.replies import OutgoingMessage, QueuedMessage

LONGEST = 3500
"""UTF-16 units; Telegram takes 4096."""


def together(waiting: Iterable[QueuedMessage]) -> QueuedMessage:
    """Return the first of `waiting`, of which there is one, with as many of those behind it as may go with it."""
    first, *others = waiting
    text, behind = first.message.text, list(first.behind)
    for item in others:
        longer = f"{text}\n{item.message.text}"
        if not _may_join(first.message, item.message) or utf16_length(longer) > LONGEST:
            break
        text = longer
        behind.append(item.id)
    return replace(first, message=replace(first.message, text=text), behind=tuple(behind))


def _may_join(one: OutgoingMessage, other: OutgoingMessage) -> bool:
    """Whether both are words alone, in the same topic. In a chat without topics people reply to each by itself."""
    is_topic = one.is_group and one.to.chat_id != one.to.room
    return is_topic and one.to == other.to and _is_plain(one) and _is_plain(other)


def _is_plain(message: OutgoingMessage) -> bool:
    more = (message.marks, message.buttons, message.attachments, message.shelf, message.replaces)
    return bool(message.text.strip()) and not any(more)
