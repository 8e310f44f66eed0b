"""Limits of messages that no schema can say: sizes of keyboards, carousels, texts and their formatting."""

import json
from collections.abc import Sequence

from tests.fakes.vk.wire import BadRequestError, JsonObject

TEXT_UNITS = 4096  # UTF-16; the schema says 9000, VK answers 914 beyond this
WIDE = frozenset({"open_link", "location", "vkpay", "open_app"})
ROW_PLACES = 5


def utf16_length(text: str) -> int:
    """Measure as the platform does."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def check_text(text: str) -> None:
    """Refuse texts that VK refuses.

    Raises:
        BadRequestError: 914 too long, 100 for half a surrogate pair.
    """
    if utf16_length(text) > TEXT_UNITS:
        raise BadRequestError(f"{utf16_length(text)} units", 914)
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise BadRequestError("message has half a surrogate pair")


def check_keyboard(keyboard: JsonObject) -> None:
    """Check counts and payloads of a keyboard that already has the right form.

    Raises:
        BadRequestError: 911.
    """
    rows = keyboard["buttons"]
    is_inline = bool(keyboard.get("inline"))
    most_rows, most_buttons = (6, 10) if is_inline else (10, 40)
    if is_inline and keyboard.get("one_time"):
        raise BadRequestError("one_time is not supported with inline", 911)
    if is_inline and not rows:
        raise BadRequestError("an inline keyboard has no buttons", 911)
    if len(rows) > most_rows:
        raise BadRequestError(f"{len(rows)} rows, at most {most_rows}", 911)
    if sum(map(len, rows)) > most_buttons:
        raise BadRequestError(f"{sum(map(len, rows))} buttons, at most {most_buttons}", 911)
    for row in rows:
        if sum(2 if button["action"]["type"] in WIDE else 1 for button in row) > ROW_PLACES:
            raise BadRequestError(f"more than {ROW_PLACES} places in a row", 911)
        check_payloads(row)


def check_payloads(buttons: Sequence[JsonObject], code: int = 911) -> None:
    """Refuse payloads that are not JSON."""
    for button in buttons:
        payload = button["action"].get("payload")
        if payload is None:
            continue
        try:
            parsed = json.loads(payload)
        except ValueError:
            raise BadRequestError(f"payload {payload!r} is not JSON", code) from None
        if not isinstance(parsed, dict | list):
            raise BadRequestError(f"payload {payload!r} is not an object", code)


def check_template(template: JsonObject) -> None:
    """Check that the cards of a carousel are alike.

    Raises:
        BadRequestError: 100.
    """
    elements = template["elements"]
    shapes = {(frozenset(element), len(element["buttons"])) for element in elements}
    if len(shapes) > 1:
        raise BadRequestError("template elements differ in structure")
    for element in elements:
        check_payloads(element["buttons"], 100)
        if element.get("action", {}).get("type") == "open_photo" and "photo_id" not in element:
            raise BadRequestError("template element opens a photo it does not have")


def check_format(format_data: JsonObject, text: str) -> None:
    """Check that formatted pieces lie inside the text and split no surrogate pair.

    Raises:
        BadRequestError: 100.
    """
    units = text.encode("utf-16-le")
    size = len(units) // 2
    for item in format_data["items"]:
        start, end = item["offset"], item["offset"] + item["length"]
        if end > size:
            raise BadRequestError(f"format_data reaches {end} in a text of {size}")
        for edge in (start, end):
            if edge < size and 0xDC <= units[edge * 2 + 1] <= 0xDF:
                raise BadRequestError(f"format_data splits a surrogate pair at {edge}")
