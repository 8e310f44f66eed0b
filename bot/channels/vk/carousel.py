"""Several things side by side, where the person's app shows it. Pure."""

from collections.abc import Mapping, Sequence

from bot.channels.vk.keyboard import LONGEST_LABEL, is_pressable, shows_carousel, write_button
from bot.channels.vk.payloads import LONGEST, payload_bytes
from bot.domain.actions import Action
from bot.domain.fitting import ELLIPSIS, shorten
from bot.domain.replies import OutgoingButton, OutgoingItem, OutgoingMessage

MOST_ITEMS = 10
_LONGEST_LINE = 80


def has_carousel(message: OutgoingMessage) -> bool:
    """Whether `message` shows its shelf as a carousel; otherwise its text alone says the same."""
    is_wanted = 1 <= len(message.shelf) <= MOST_ITEMS and shows_carousel(message.client)
    return is_wanted and all(_is_fit(item.button) for item in message.shelf)


def carousel(message: OutgoingMessage, *, club: str, pictures: Sequence[str]) -> Mapping[str, object]:
    """Write the template; `pictures` are VK's ids of the items' photos, one each, or none at all.

    All elements must have the same parts: what one of them lacks is left out of all.
    """
    is_silent = "callback" in message.client
    has_text = all(item.text.strip() for item in message.shelf)
    elements = [_element(item, club=club, is_silent=is_silent, has_text=has_text) for item in message.shelf]
    if len(pictures) == len(elements):
        elements = [element | {"photo_id": photo} for element, photo in zip(elements, pictures, strict=True)]
    return {"type": "carousel", "elements": elements}


def _element(item: OutgoingItem, *, club: str, is_silent: bool, has_text: bool) -> dict[str, object]:
    button = OutgoingButton(shorten(item.button.label.strip() or ELLIPSIS, LONGEST_LABEL), item.button.target)
    element: dict[str, object] = {
        "title": shorten(item.title.strip() or ELLIPSIS, _LONGEST_LINE),
        "buttons": [write_button(button, club=club, is_silent=is_silent)],
    }
    return element | ({"description": shorten(item.text.strip(), _LONGEST_LINE)} if has_text else {})


def _is_fit(button: OutgoingButton) -> bool:
    if isinstance(button.target, Action):
        return payload_bytes(button.target) <= LONGEST
    return is_pressable(button.target)
