"""MyData: everything that is kept of somebody, as a zip of JSON for machines and a page to read."""

import asyncio
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import uuid4

from bot.domain.loyalty.entry import Entry
from bot.domain.members.profile import ProfileField
from bot.domain.purchases.claim import Claim
from bot.domain.replies import Phrase
from bot.exports.mydata_page import as_page
from bot.services.club.privacy import Call, Dossier

NAME = "mydata.zip"


class MyDataFiles:
    """Writes one file for each demand into `folder`, readable by nobody else; those of before are removed."""

    def __init__(self, folder: Path, say: Callable[[Phrase, str], str]) -> None:
        """`say` says a phrase in a language."""
        self._folder = folder
        self._say = say

    async def write(self, dossier: Dossier, *, owner: str, language: str) -> Path:
        """Write what is kept; `owner` is a pseudonym that names the folder. Return the path of the zip.

        Raises:
            OSError: the disk is full, or the folder may not be written.
        """
        return await asyncio.to_thread(self._write, dossier, owner, language)

    async def drop(self, path: Path) -> None:
        """Remove one file that was written, if it still is there.

        Raises:
            OSError: it is there and stays.
        """
        await asyncio.to_thread(self._drop, path)

    async def remove(self, *, owner: str) -> None:
        """Remove what was written for `owner`, if anything was.

        Raises:
            OSError: it is there and stays.
        """
        await asyncio.to_thread(self._remove, self._folder / owner)

    def _write(self, dossier: Dossier, owner: str, language: str) -> Path:
        folder = self._folder / owner
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._empty(folder)
        place = folder / uuid4().hex
        place.mkdir(mode=0o700)
        path = place / NAME
        data = as_data(dossier)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mydata.json", json.dumps(data, ensure_ascii=False, indent=2))
            page = as_page(data, language=language, say=lambda phrase: self._say(phrase, language))
            archive.writestr("mydata.html", page)
        path.chmod(0o600)
        return path

    def _remove(self, folder: Path) -> None:
        if folder.exists():
            self._empty(folder)
            folder.rmdir()

    def _empty(self, folder: Path) -> None:
        for old in folder.glob("*/" + NAME):
            self._drop(old)

    def _drop(self, path: Path) -> None:
        if path.exists():
            path.unlink()
            path.parent.rmdir()


def as_data(dossier: Dossier) -> Mapping[str, Any]:
    """Return plain values: times are ISO 8601 in UTC."""
    member = dossier.member
    profile = asdict(dossier.profile)
    return {
        "member": {
            "card": member.card,
            "joined_at": member.joined_at.isoformat(),
            "is_active": member.is_active,
            "tier": member.standing.tier if member.standing else None,
        }
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
        "points": [_entry(entry) for entry in dossier.entries],
        "vouchers": [
            {
                "reward": voucher.reward,
                "code": voucher.code,
                "cost": voucher.cost,
                "state": str(voucher.status),
                "issued_at": voucher.issued_at.isoformat(),
            }
            for voucher in dossier.vouchers
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
        "settings": {"notices_off": sorted(dossier.muted), "invitation": dossier.invitation or None}
        if member
        else None,
        "feedback": [
            {"at": given.given_at.isoformat(), "rating": given.rating, "comment": given.comment}
            for given in dossier.feedback
        ],
        "calls": [_call(call) for call in dossier.calls],
        "conversation": [
            {"at": line.at.isoformat(), "from": "bot" if line.is_ours else "me", "text": line.text}
            for line in dossier.lines
        ],
    }


def _entry(entry: Entry) -> Mapping[str, Any]:
    return {
        "at": entry.at.isoformat(),
        "kind": str(entry.kind),
        "points": entry.points,
        "available": entry.change.available,
        "pending": entry.change.pending,
    }


def _call(call: Call) -> Mapping[str, Any]:
    return {
        "at": call.ticket.opened_at.isoformat(),
        "number": call.ticket.id,
        "is_open": call.ticket.is_open,
        "topic": call.ticket.topic,
        "tags": list(call.ticket.tags),
        "notes": [note.text for note in call.notes],
        "rating": call.score.stars if call.score else None,
        "comment": call.score.comment if call.score else "",
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
