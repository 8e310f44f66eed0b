"""Buttons in VK's form. Pure."""

from collections.abc import Mapping, Sequence
from typing import assert_never
from urllib.parse import quote

from bot.channels.vk.messages import BARE
from bot.channels.vk.payloads import LONGEST, payload_bytes, write_payload
from bot.domain.actions import Action
from bot.domain.paging import page
from bot.domain.replies import Link, OutgoingButton, OutgoingMessage, Private, ShareContact, Target

LONGEST_LABEL = 40
_ROWS, _PER_ROW, _TOTAL = 6, 5, 10
_WIDE = 2  # places that a button takes which opens something. Source: vk-io
_ALL_FIT = LONGEST

Keyboard = Mapping[str, object]


def shows_buttons(client: Sequence[str]) -> bool:
    """Whether the person's app shows buttons in a message; so do those that told nothing."""
    return not client or "inline_keyboard" in client


def shows_carousel(client: Sequence[str]) -> bool:
    """Whether the person's app told that it shows carousels."""
    return "carousel" in client and BARE not in client


def inline_keyboard(message: OutgoingMessage, *, club: str) -> Keyboard | None:
    """Return the buttons of the page that is shown; None when there are none."""
    rows = page(
        message,
        rows=_ROWS,
        per_row=_PER_ROW,
        total=_TOTAL,
        longest_payload=_longest_payload(message),
        longest_label=LONGEST_LABEL,
        width=_width,
    )
    if not rows:
        return None
    is_silent = "callback" in message.client or not message.client
    return {
        "inline": True,
        "buttons": [[write_button(button, club=club, is_silent=is_silent) for button in row] for row in rows],
    }


def write_button(button: OutgoingButton, *, club: str, is_silent: bool) -> Mapping[str, object]:
    """Write one button; a silent one tells us of a press without a message in the chat."""
    match button.target:
        case Action() as action:
            kind = "callback" if is_silent else "text"
            press = {"type": kind, "label": button.label, "payload": write_payload(action)}
            return {"action": press, "color": "secondary"}
        case ShareContact():
            raise ValueError("VK has no button that shares a phone number")
        case Link() | Private() as target:
            return {"action": {"type": "open_link", "label": button.label, "link": address(target, club=club)}}
    assert_never(button.target)


def address(target: Link | Private, *, club: str) -> str:
    """Return where a button leads to; our private chat is at `club`'s own address."""
    match target:
        case Link(url=url):
            return url
        case Private(payload=payload):
            return f"https://vk.me/{club}" + (f"?ref={quote(payload, safe='')}" if payload else "")
    assert_never(target)


def is_pressable(target: Target) -> bool:
    """Whether VK has a button for it: it opens web pages only, and shares no phone number."""
    return not isinstance(target, Link | ShareContact) or (isinstance(target, Link) and target.is_page)


def _width(button: OutgoingButton) -> int:
    return 1 if isinstance(button.target, Action) else _WIDE


def _longest_payload(message: OutgoingMessage) -> int:
    """Pages measure actions, VK measures JSON: where signs have to be escaped, the bound is drawn below them."""
    actions = [button.target for row in message.buttons for button in row if isinstance(button.target, Action)]
    too_long = [len(action.encode().encode()) for action in actions if payload_bytes(action) > LONGEST]
    return min(too_long, default=_ALL_FIT) - 1
