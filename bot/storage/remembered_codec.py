"""What a conversation about goods has come to, as JSON, and back."""

import json
from datetime import datetime
from typing import Any

from bot.domain.conversation import Remembered
from bot.domain.wishes import Order, Relation, Shown, Wish, Wishes
from bot.storage.codec import write_json


def write_remembered(remembered: Remembered | None) -> str | None:
    """Write what was shown last; None where nothing was."""
    if remembered is None:
        return None
    shown = remembered.shown
    parts: dict[str, Any] = {
        "at": remembered.at.isoformat(),
        "offers": shown.offers,
        "focus": shown.focus,
        "seen": shown.seen,
        "asked": shown.asked,
        "before": shown.before or None,
        "wishes": _write_wishes(shown.wishes) if shown.wishes else None,
    }
    return write_json({name: part for name, part in parts.items() if part is not None and part != ()})


def read_remembered(written: str | None) -> Remembered | None:
    """Rebuild it; what this version of the code cannot read is forgotten."""
    if written is None:
        return None
    try:
        parts: dict[str, Any] = json.loads(written)
        shown = Shown(
            offers=tuple(parts.get("offers", ())),
            focus=parts.get("focus"),
            wishes=_read_wishes(parts["wishes"]) if "wishes" in parts else None,
            seen=tuple(parts.get("seen", ())),
            asked=tuple(parts.get("asked", ())),
            before=str(parts.get("before", "")),
        )
        return Remembered(shown, datetime.fromisoformat(parts["at"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _write_wishes(wishes: Wishes) -> dict[str, Any]:
    order = [wishes.order.param, wishes.order.is_ascending] if wishes.order else None
    lists = {name: getattr(wishes, name) for name in ("kinds", "categories", "brands", "names")}
    written = [
        [wish.param, wish.relation, wish.number, wish.text, wish.shown, wish.is_strict] for wish in wishes.wishes
    ]
    return {"order": order, "wishes": written, **lists}


def _read_wishes(parts: dict[str, Any]) -> Wishes:
    order = parts["order"]
    return Wishes(
        kinds=tuple(parts["kinds"]),
        categories=tuple(parts["categories"]),
        brands=tuple(parts["brands"]),
        names=tuple(parts["names"]),
        wishes=tuple(
            Wish(param=param, relation=Relation(relation), number=number, text=text, shown=shown, is_strict=is_strict)
            for param, relation, number, text, shown, is_strict in parts["wishes"]
        ),
        order=Order(param=order[0], is_ascending=order[1]) if order else None,
    )
