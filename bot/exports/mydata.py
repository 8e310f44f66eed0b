"""MyData: everything that is kept of somebody, as a zip of JSON for machines and a page to read."""

import asyncio
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import Any
from uuid import uuid4

from bot.domain.members.profile import ProfileField
from bot.domain.purchases.claim import Claim
from bot.services.club.privacy import Dossier

NAME = "mydata.zip"
_PAGE = """<!DOCTYPE html><html lang="ru"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>body{{font:16px/1.5 sans-serif;max-width:50em;margin:2em auto;padding:0 1em}}
table{{border-collapse:collapse;width:100%}}td,th{{border:1px solid #ccc;padding:.3em .5em;text-align:left;
vertical-align:top}}</style><h1>{title}</h1>{body}</html>
"""


class MyDataFiles:
    """Writes one file for each demand into `folder`, readable by nobody else; those of before are removed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def write(self, dossier: Dossier, *, owner: str) -> Path:
        """Write what is kept; `owner` is a pseudonym that names the folder. Return the path of the zip.

        Raises:
            OSError: the disk is full, or the folder may not be written.
        """
        return await asyncio.to_thread(self._write, dossier, owner)

    async def remove(self, *, owner: str) -> None:
        """Remove what was written for `owner`, if anything was.

        Raises:
            OSError: it is there and stays.
        """
        await asyncio.to_thread(self._remove, self._folder / owner)

    def _write(self, dossier: Dossier, owner: str) -> Path:
        folder = self._folder / owner
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._empty(folder)
        place = folder / uuid4().hex
        place.mkdir(mode=0o700)
        path = place / NAME
        data = as_data(dossier)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mydata.json", json.dumps(data, ensure_ascii=False, indent=2))
            archive.writestr("mydata.html", as_page(data))
        path.chmod(0o600)
        return path

    def _remove(self, folder: Path) -> None:
        if folder.exists():
            self._empty(folder)
            folder.rmdir()

    def _empty(self, folder: Path) -> None:
        for old in folder.glob("*/" + NAME):
            old.unlink(missing_ok=True)
            old.parent.rmdir()


def as_data(dossier: Dossier) -> Mapping[str, Any]:
    """Return plain values: times are ISO 8601 in UTC."""
    member = dossier.member
    profile = asdict(dossier.profile)
    return {
        "member": {"card": member.card, "joined_at": member.joined_at.isoformat(), "is_active": member.is_active}
        if member
        else None,
        "profile": {str(field): profile[field] for field in ProfileField if profile[field]},
        "accounts": [{"channel": address.channel, "user": address.user_id} for address in dossier.addresses],
        "consents": [
            {
                "document": event.document,
                "version": event.version,
                "sha256": event.digest,
                "change": str(event.change),
                "channel": event.by.channel,
                "at": event.at.isoformat(),
            }
            for event in dossier.consents
        ],
        "receipts": [_receipt(claim) for claim in dossier.receipts],
        "orders": [
            {
                "store": stored.order.key.store,
                "number": stored.order.key.number,
                "bought_at": stored.order.bought_at.isoformat(),
                "paid_kopecks": stored.order.paid_kopecks,
                "returned_kopecks": stored.order.paid_kopecks - stored.left_kopecks,
            }
            for stored in dossier.orders
        ],
        "devices": [
            {
                "serial": device.serial,
                "name": device.name,
                "bought_on": device.bought_on.isoformat(),
                "warranty_until": device.warranty_until.isoformat(),
            }
            for device in dossier.devices
        ],
        "conversation": [
            {"at": line.at.isoformat(), "from": "bot" if line.is_ours else "me", "text": line.text}
            for line in dossier.lines
        ],
    }


def _receipt(claim: Claim) -> Mapping[str, Any]:
    receipt = claim.receipt
    return {
        "sent_at": claim.sent_at.isoformat(),
        "state": str(claim.state),
        "points": claim.points,
        "day": receipt.day.isoformat() if receipt else None,
        "total_kopecks": receipt.total_kopecks if receipt else None,
        "fn": receipt.drive if receipt else None,
        "i": receipt.document if receipt else None,
        "fp": receipt.sign if receipt else None,
    }


def as_page(data: Mapping[str, Any]) -> str:
    """Return a page that shows the same."""
    parts = [f"<h2>{escape(name)}</h2>{_shown(value)}" for name, value in data.items() if value]
    return _PAGE.format(title="My data", body="".join(parts))


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        rows = (f"<tr><th>{escape(str(name))}</th><td>{escape(str(each))}</td></tr>" for name, each in value.items())
        return f"<table>{''.join(rows)}</table>"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _table([row for row in value if isinstance(row, Mapping)])
    return f"<p>{escape(str(value))}</p>"


def _table(rows: Sequence[Mapping[str, Any]]) -> str:
    heads = "".join(f"<th>{escape(name)}</th>" for name in rows[0]) if rows else ""
    lines = ("".join(f"<td>{escape(str(cell))}</td>" for cell in row.values()) for row in rows)
    return f"<table><tr>{heads}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
