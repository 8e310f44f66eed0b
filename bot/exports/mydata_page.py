"""MyData page: everything that is kept of somebody, to be read by them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import Any, TypeAlias

from bot.domain.contact_data.birthday import shown_birthday
from bot.domain.members.profile import ProfileField
from bot.domain.replies import Phrase

Say: TypeAlias = Callable[[Phrase], str]
"""Says a phrase in the language of whoever reads the page."""

_PAGE = """<!DOCTYPE html><html lang="{language}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{title}</title><style>
body{{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}}div{{overflow-x:auto}}
table{{border-collapse:collapse;width:100%}}td,th{{border:1px solid #ccc;padding:.3em .5em;text-align:left;
vertical-align:top}}</style><h1>{title}</h1><p>{why}</p>{body}</html>
"""
_SECTIONS: Mapping[str, Phrase] = {
    "member": Phrase("mydata-member"),
    "profile": Phrase("mydata-profile"),
    "accounts": Phrase("mydata-accounts"),
    "consents": Phrase("mydata-consents"),
    "points": Phrase("mydata-points"),
    "vouchers": Phrase("mydata-vouchers"),
    "receipts": Phrase("mydata-receipts"),
    "orders": Phrase("mydata-orders"),
    "devices": Phrase("mydata-devices"),
    "settings": Phrase("mydata-settings"),
    "feedback": Phrase("mydata-feedback"),
    "calls": Phrase("mydata-calls"),
    "conversation": Phrase("mydata-conversation"),
}
_FIELDS: Mapping[str, Phrase] = {
    "card": Phrase("mydata-field-card"),
    "joined_at": Phrase("mydata-field-joined"),
    "is_active": Phrase("mydata-field-active"),
    "tier": Phrase("mydata-field-tier"),
    "rating": Phrase("mydata-field-rating"),
    "comment": Phrase("mydata-field-comment"),
    "is_open": Phrase("mydata-field-open"),
    "topic": Phrase("mydata-field-topic"),
    "tags": Phrase("mydata-field-tags"),
    "notes": Phrase("mydata-field-notes"),
    "name": Phrase("mydata-field-name"),
    "phone": Phrase("mydata-field-phone"),
    "email": Phrase("mydata-field-email"),
    "birthday": Phrase("mydata-field-birthday"),
    "channel": Phrase("mydata-field-channel"),
    "user": Phrase("mydata-field-user"),
    "document": Phrase("mydata-field-document"),
    "version": Phrase("mydata-field-version"),
    "change": Phrase("mydata-field-change"),
    "at": Phrase("mydata-field-at"),
    "kind": Phrase("mydata-field-kind"),
    "available": Phrase("mydata-field-available"),
    "pending": Phrase("mydata-field-pending"),
    "points": Phrase("mydata-points"),
    "reward": Phrase("mydata-field-reward"),
    "code": Phrase("mydata-field-code"),
    "cost": Phrase("mydata-field-cost"),
    "state": Phrase("mydata-field-state"),
    "sent_at": Phrase("mydata-field-at"),
    "issued_at": Phrase("mydata-field-at"),
    "day": Phrase("mydata-field-day"),
    "total_kopecks": Phrase("mydata-field-kopecks"),
    "store": Phrase("mydata-field-store"),
    "number": Phrase("mydata-field-number"),
    "bought_at": Phrase("mydata-field-day"),
    "bought_on": Phrase("mydata-field-day"),
    "paid_kopecks": Phrase("mydata-field-kopecks"),
    "returned_kopecks": Phrase("mydata-field-returned"),
    "serial": Phrase("mydata-field-serial"),
    "warranty_until": Phrase("mydata-field-warranty"),
    "notices_off": Phrase("mydata-field-muted"),
    "invitation": Phrase("mydata-field-invitation"),
    "from": Phrase("mydata-field-from"),
    "text": Phrase("mydata-field-text"),
}
"""What the columns are called; those without a name are called as in the JSON: fn, i and fp stand so on receipts."""
_VALUES: Mapping[str, Mapping[str, Phrase]] = {
    "change": {
        "given": Phrase("mydata-value-given"),
        "declined": Phrase("mydata-value-declined"),
        "withdrawn": Phrase("mydata-value-withdrawn"),
    },
    "kind": {
        "earn": Phrase("mydata-value-earn"),
        "activate": Phrase("mydata-value-activate"),
        "hold": Phrase("mydata-value-hold"),
        "capture": Phrase("mydata-value-burn"),
        "release": Phrase("mydata-value-release"),
        "burn": Phrase("mydata-value-burn"),
        "expire": Phrase("mydata-value-expire"),
        "adjust": Phrase("mydata-value-adjust"),
        "reverse_earn": Phrase("mydata-value-return"),
        "reverse_burn": Phrase("mydata-value-refund"),
        "merge_in": Phrase("mydata-value-merge"),
        "merge_out": Phrase("mydata-value-merge"),
    },
    "state": {
        "issued": Phrase("mydata-value-issued"),
        "used": Phrase("mydata-value-used"),
        "refunded": Phrase("mydata-value-refunded"),
        "sent": Phrase("mydata-value-checked"),
        "reading": Phrase("mydata-value-checked"),
        "checking": Phrase("mydata-value-checked"),
        "review": Phrase("mydata-value-checked"),
        "accepted": Phrase("mydata-value-accepted"),
        "refused": Phrase("mydata-value-refused"),
    },
    "from": {"me": Phrase("mydata-value-me"), "bot": Phrase("mydata-value-bot")},
    "notices_off": {
        "expiring": Phrase("mydata-value-expiring"),
        "available": Phrase("mydata-value-available"),
        "tier": Phrase("mydata-value-tier"),
        "birthday": Phrase("mydata-field-birthday"),
        "receipt": Phrase("mydata-value-receipt"),
        "by-hand": Phrase("mydata-value-by-hand"),
    },
}
"""What stands for what in the JSON, by column."""
_INSTANTS = frozenset({"joined_at", "at", "sent_at", "issued_at", "bought_at"})
_DAYS = frozenset({"day", "bought_on", "warranty_until"})
_KOPECKS = frozenset({"total_kopecks", "paid_kopecks", "returned_kopecks"})


def as_page(data: Mapping[str, Any], *, language: str, say: Say) -> str:
    """Return a page that shows `data`, which is as `as_data` makes it."""
    parts = [f"<h2>{escape(say(_SECTIONS[name]))}</h2>{_shown(value, say)}" for name, value in data.items() if value]
    title, why = (escape(say(Phrase(key))) for key in ("mydata-title", "mydata-why"))
    return _PAGE.format(language=language, title=title, why=why, body="".join(parts))


def _shown(value: object, say: Say) -> str:
    if isinstance(value, Mapping):
        rows = (
            f"<tr><th>{_called(name, say)}</th><td>{_cell(name, each, say)}</td></tr>" for name, each in value.items()
        )
        return f"<div><table>{''.join(rows)}</table></div>"
    return _table([row for row in value if isinstance(row, Mapping)] if isinstance(value, Sequence) else [], say)


def _table(rows: Sequence[Mapping[str, Any]], say: Say) -> str:
    heads = "".join(f"<th>{_called(name, say)}</th>" for name in rows[0]) if rows else ""
    lines = ("".join(f"<td>{_cell(name, cell, say)}</td>" for name, cell in row.items()) for row in rows)
    return f"<div><table><tr>{heads}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table></div>"


def _called(name: str, say: Say) -> str:
    phrase = _FIELDS.get(name)
    return escape(name if phrase is None else say(phrase))


def _cell(name: str, value: object, say: Say) -> str:
    if isinstance(value, bool):
        return "✓" if value else "—"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_cell(name, each, say) for each in value) or "—"
    return "—" if value is None else escape(_written(name, value, say))


def _written(name: str, value: object, say: Say) -> str:
    """Write a value as people do."""
    text = str(value)
    if name in _KOPECKS and isinstance(value, int):
        return f"{value // 100}.{value % 100:02}"
    if name in _INSTANTS:
        return f"{datetime.fromisoformat(text):%d.%m.%Y %H:%M}"
    if name in _DAYS:
        return f"{date.fromisoformat(text):%d.%m.%Y}"
    if name == ProfileField.BIRTHDAY:
        return shown_birthday(text)
    phrase = _VALUES.get(name, {}).get(text)
    return text if phrase is None else say(phrase)
