"""Limits of reply markup: counts, sizes, what a button must have."""

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

from tests.fakes.telegram.shapes import Json, violation

INLINE_BUTTONS_LIMIT = 100
REPLY_BUTTONS_LIMIT = 300
MARKUP_BYTES_LIMIT = 10_240
CALLBACK_BYTES_LIMIT = 64
DECORATION = {"text", "icon_custom_emoji_id", "style"}
WEB = ("http://", "https://")
LINKS = (*WEB, "tg://", "ton://")


def check_markup(markup: Json, *, is_group: bool) -> None:
    """Refuse a markup that the platform refuses.

    Raises: ApiError
    """
    if len(json.dumps(markup, ensure_ascii=False).encode()) > MARKUP_BYTES_LIMIT:
        raise violation("reply markup is too long")
    if "inline_keyboard" in markup:
        _check_inline(markup)
    elif "keyboard" in markup:
        _check_reply(markup, is_group=is_group)
    elif not markup.keys() & {"remove_keyboard", "force_reply"}:
        raise violation("object expected as reply markup")
    if len(markup.get("input_field_placeholder", "")) > 64:
        raise violation("input_field_placeholder is too long")


def _buttons(rows: object) -> Iterator[Json]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise violation("the keyboard must be an Array of Arrays")
    for row in rows:
        for button in row:
            yield {"text": button} if isinstance(button, str) else button


def _check_inline(markup: Json) -> None:
    buttons = list(_buttons(markup["inline_keyboard"]))
    if len(buttons) > INLINE_BUTTONS_LIMIT:
        raise violation("reply markup is too long")
    for button in buttons:
        _check_label(button)
        _check_action(button)


def _check_label(button: Json) -> None:
    if not str(button.get("text", "")).strip():
        raise violation("can't parse keyboard button: text must be non-empty")


def _check_action(button: Json) -> None:
    actions = button.keys() - DECORATION
    if not actions:
        raise violation("text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise violation(f"an inline button must have exactly one action, not {sorted(actions)}")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= CALLBACK_BYTES_LIMIT:
        raise violation("BUTTON_DATA_INVALID")
    if "url" in button and not str(button["url"]).startswith(LINKS):
        raise violation(f"inline keyboard button URL '{button['url']}' is invalid: unsupported URL protocol")
    if str(button.get("url", "")).startswith(WEB) and not _has_host(button["url"]):
        raise violation(f"inline keyboard button URL '{button['url']}' is invalid: wrong HTTP URL")


def _has_host(url: str) -> bool:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return "." in host or ":" in host  # a name without a dot is none to Telegram, an IPv6 address is one


def _check_reply(markup: Json, *, is_group: bool) -> None:
    buttons = list(_buttons(markup["keyboard"]))
    if not buttons:
        raise violation("reply keyboard must have at least one button")
    if len(buttons) > REPLY_BUTTONS_LIMIT:
        raise violation("reply markup is too long")
    for button in buttons:
        _check_label(button)
        if len(button.keys() - DECORATION) > 1:
            raise violation("a keyboard button must have at most one action")
        if is_group and button.get("request_contact"):
            raise violation("phone number can be requested in private chats only")
        if is_group and button.get("request_location"):
            raise violation("location can be requested in private chats only")
