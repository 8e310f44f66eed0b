"""From a message to what VK takes. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.channels.vk.api import Value
from bot.channels.vk.carousel import carousel, has_carousel
from bot.channels.vk.keyboard import address, inline_keyboard, is_pressable, shows_buttons
from bot.domain.fitting import ELLIPSIS, split, utf16_marks
from bot.domain.rating import is_rating
from bot.domain.replies import NOTICE, Link, Mark, MarkKind, OutgoingButton, OutgoingMessage, Private, ShareContact

LONGEST_TEXT = 4096
"""UTF-16 units; the schema says 9000, but error 914 comes beyond this."""

MOST_ATTACHMENTS = 10
_LINK = re.compile(r"https?://", re.ASCII)
_TYPES = {MarkKind.BOLD: "bold", MarkKind.ITALIC: "italic", MarkKind.LINK: "url"}


def fit_message(message: OutgoingMessage, *, club: str) -> Sequence[OutgoingMessage]:
    """Divide into what one call takes: long texts, many attachments. Buttons come last, attachments first.

    What the person's app cannot show as buttons is spelled out in the text.
    """
    spelled = _spell_out(message, club=club)
    files = [
        spelled.attachments[start : start + MOST_ATTACHMENTS]
        for start in range(0, len(spelled.attachments), MOST_ATTACHMENTS)
    ] or [()]
    bare = replace(spelled, attachments=(), buttons=(), shelf=(), replaces="", marks=(), text="")
    parts = [
        replace(bare, text=text, marks=marks) for text, marks in split(spelled.text, spelled.marks, limit=LONGEST_TEXT)
    ]
    parts[0] = replace(parts[0], attachments=files[-1], replaces=spelled.replaces)
    parts[-1] = replace(parts[-1], buttons=spelled.buttons, shelf=spelled.shelf)
    first, *others = [*(replace(bare, attachments=some) for some in files[:-1]), *parts]
    return [first, *(replace(part, answer=NOTICE) for part in others)]  # what is answered is counted once


def write_message(
    message: OutgoingMessage, *, club: str, attachments: Sequence[str], pictures: Sequence[str]
) -> dict[str, Value]:
    """Return the parameters of a call; `attachments` and `pictures` (of the shelf) are what VK names them by."""
    text = message.text
    if not text.strip() and not attachments:
        text = ", ".join(item.name for item in message.attachments if item.name.strip()) or ELLIPSIS
    params: dict[str, Value] = {"message": text, "disable_mentions": 1}
    if attachments:
        params["attachment"] = ",".join(attachments)
    items = list(_format_items(text, message.marks))
    if items:
        params["format_data"] = {"version": "1", "items": items}
    keyboard = inline_keyboard(message, club=club)
    if keyboard is not None:
        params["keyboard"] = keyboard
    if has_carousel(message):
        params["template"] = carousel(message, club=club, pictures=pictures)
    if attachments or message.shelf or len(_LINK.findall(text)) > 1:
        params["dont_parse_links"] = 1  # a preview of one of the links would stand in the way
    return params


def _format_items(text: str, marks: Sequence[Mark]) -> Iterator[Mapping[str, object]]:
    for mark in utf16_marks(text, marks):
        item: dict[str, object] = {"type": _TYPES[mark.kind], "offset": mark.start, "length": mark.length}
        if mark.kind is not MarkKind.LINK:
            yield item
        elif mark.url.startswith(("https://", "http://")):
            yield item | {"url": mark.url}


def _spell_out(message: OutgoingMessage, *, club: str) -> OutgoingMessage:
    """Write buttons that cannot be shown under the text: a number and a label, and where it leads to."""
    is_shown = shows_buttons(message.client)
    kept = tuple(tuple(button for button in row if is_shown and is_pressable(button.target)) for row in message.buttons)
    hidden = [button for row in message.buttons for button in row if not (is_shown and is_pressable(button.target))]
    if not hidden:
        return message
    worth_it = (button for button in hidden if not (is_rating(button.target) or button.target == ShareContact()))
    lines = [f"{number}. {_line(button, club=club)}" for number, button in enumerate(worth_it, 1)]
    text = "\n".join([message.text, "", *lines] if message.text and lines else [message.text, *lines])
    return replace(message, text=text, buttons=tuple(row for row in kept if row))


def _line(button: OutgoingButton, *, club: str) -> str:
    if isinstance(button.target, Link | Private):
        return f"{button.label}: {address(button.target, club=club)}"
    return button.label
