"""Buttons under a message. Pure."""

from typing import assert_never
from urllib.parse import quote

from bot.channels.telegram.library import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)
from bot.domain.actions import LONGEST_PAYLOAD, Action
from bot.domain.fitting import shorten
from bot.domain.paging import page
from bot.domain.replies import Link, OutgoingButton, OutgoingMessage, Private, ShareContact

MOST_ROWS = 10
"""What a phone shows without scrolling far; Telegram itself takes a hundred buttons."""
LEAST_ROWS = 3
PER_ROW = 8
TOTAL = 80
LONGEST_LABEL = 64
LARGEST_MARKUP = 9_000
"""Bytes of JSON; above ten thousand Telegram refuses it."""
_AROUND = 60
"""Bytes of JSON around the label and the payload of a button, at most."""
_IN_TELEGRAM = "tg://"


def keyboard(message: OutgoingMessage, *, username: str) -> InlineKeyboardMarkup | None:
    """Lay out the buttons of the page that `message` shows; None when there are none. `username` is our own."""
    shown = page(
        message,
        rows=_most_rows(message),
        per_row=PER_ROW,
        total=TOTAL,
        longest_payload=LONGEST_PAYLOAD,
        longest_label=LONGEST_LABEL,
    )
    rows = [[_button(button, username) for button in row if _is_openable(button)] for row in shown]
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row]) if any(rows) else None


def asks_contact(message: OutgoingMessage) -> bool:
    """Whether a button shares the person's phone number."""
    return any(isinstance(button.target, ShareContact) for row in message.buttons for button in row)


def contact_keyboard(message: OutgoingMessage) -> ReplyKeyboardMarkup:
    """Lay out the buttons in the place of the phone's own keyboard: no other may share a number.

    The others send their labels as a text, which an open form understands. Gone after one press.
    """
    rows = [[_key(button) for button in row if not isinstance(button.target, Link)] for row in message.buttons]
    return ReplyKeyboardMarkup(keyboard=[row for row in rows if row], resize_keyboard=True, one_time_keyboard=True)


def leads_to_private(message: OutgoingMessage) -> bool:
    """Whether a button goes on in our private chat: then our name has to be known."""
    return any(isinstance(button.target, Private) for row in message.buttons for button in row)


def _most_rows(message: OutgoingMessage) -> int:
    """How many rows a markup may have so that it is not too large; the same for every page of a message."""
    largest = max((sum(map(_size, row)) for row in message.buttons), default=1)
    return max(LEAST_ROWS, min(MOST_ROWS, LARGEST_MARKUP // max(largest, 1)))


def _size(button: OutgoingButton) -> int:
    target = button.target.url if isinstance(button.target, Link) else "x" * LONGEST_PAYLOAD
    return len(shorten(button.label, LONGEST_LABEL).encode()) + len(target.encode()) + _AROUND


def _button(button: OutgoingButton, username: str) -> InlineKeyboardButton:
    match button.target:
        case Link(url=url):
            return InlineKeyboardButton(text=button.label, url=url)
        case Private(payload=payload):
            start = f"?start={quote(payload, safe='')}" if payload else ""
            return InlineKeyboardButton(text=button.label, url=f"https://t.me/{username}{start}")
        case Action() as action:
            return InlineKeyboardButton(text=button.label, callback_data=action.encode())
        case ShareContact():
            raise ValueError("a button in the message cannot share a phone number")
    assert_never(button.target)


def _key(button: OutgoingButton) -> KeyboardButton:
    is_contact = isinstance(button.target, ShareContact)
    return KeyboardButton(text=shorten(button.label, LONGEST_LABEL), request_contact=is_contact or None)


def _is_openable(button: OutgoingButton) -> bool:
    """Telegram refuses the whole message for a button that opens something else."""
    target = button.target
    return not isinstance(target, Link) or target.is_page or target.url.startswith(_IN_TELEGRAM)
