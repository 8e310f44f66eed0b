"""What is kept of people, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.ids import TranscriptId
from bot.domain.members.erasure import ErasureAct, SaidLine
from bot.domain.messages import Address, Attached, Edited, Said
from bot.services.club.keeping import Aged
from tests.fakes.uow.tables import FakeTables, InboundRow


class FakePrivacyBook:
    """`PrivacyBook` in memory."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    async def said(self, addresses: Sequence[Address], *, limit: int) -> Sequence[SaidLine]:
        """Gather what was heard and said."""
        heard = [
            (id_, SaidLine(at=row.event.at, is_ours=False, text=_words(row)))
            for id_, row in self._tables.inbound.items()
            if row.event.sender in addresses
        ]
        said = [
            (id_, SaidLine(at=row.said_at, is_ours=True, text=row.message.text))
            for id_, row in self._tables.outbound.items()
            if row.message.to in addresses
        ]
        lines = [line for _, line in sorted([*heard, *said], key=lambda pair: pair[0]) if line.text]
        return lines[-limit:]

    async def is_quiet(self, addresses: Sequence[Address]) -> bool:
        """Look for what waits."""
        waiting = [row for row in self._tables.inbound.values() if row.event.sender in addresses and row.turn is None]
        queued = [
            row for row in self._tables.outbound.values() if row.message.to in addresses and row.status == "queued"
        ]
        return not (waiting or queued)

    async def forget(self, addresses: Sequence[Address]) -> Mapping[str, int]:
        """Take everything away."""
        tables = self._tables
        inbound = [id_ for id_, row in tables.inbound.items() if row.event.sender in addresses]
        outbound = [id_ for id_, row in tables.outbound.items() if row.message.to in addresses]
        known = set(tables.names) | {tables.inbound[id_].event.sender for id_ in inbound}
        for id_ in inbound:
            del tables.inbound[id_]
        for id_ in outbound:
            del tables.outbound[id_]
        for address in addresses:
            tables.conversations.pop(address, None)
            tables.names.pop(address, None)
            tables.club.writers.pop(address, None)
            tables.membership.invitees.pop(address, None)
        for number in [number for number, row in tables.membership.codes.items() if row.by in addresses]:
            del tables.membership.codes[number]
        for key in [key for key in tables.timers if key[0] in addresses]:
            del tables.timers[key]
        tables.feedback = {
            key: replace(row, comment="") if row.sender in addresses else row for key, row in tables.feedback.items()
        }
        return {"messages": len(inbound) + len(outbound), "addresses": len(known & set(addresses))} if known else {}

    async def age(self, before: datetime, *, after: int, limit: int) -> Aged:
        """Blank old lines, row by row."""
        rows = sorted(id_ for id_ in (*self._tables.inbound, *self._tables.outbound) if id_ > after)[:limit]
        old = [id_ for id_ in rows if self._said_at(id_) < before]
        lines = sum(self._blank(id_) for id_ in old)
        return Aged(lines=lines, last=rows[-1] if len(old) == limit else None)

    def _said_at(self, id_: TranscriptId) -> datetime:
        heard = self._tables.inbound.get(id_)
        return heard.event.at if heard is not None else self._tables.outbound[id_].said_at

    def _blank(self, id_: TranscriptId) -> bool:
        heard, said = self._tables.inbound.get(id_), self._tables.outbound.get(id_)
        if said is not None and said.status != "queued" and said.message.text:
            self._tables.outbound[id_] = replace(said, message=replace(said.message, text=""))
            return True
        if heard is not None and heard.turn is not None and isinstance(heard.event, Said) and heard.event.text:
            self._tables.inbound[id_] = replace(heard, event=replace(heard.event, text=""))
            return True
        return False

    async def add_act(self, act: ErasureAct) -> None:
        """Number it."""
        self._tables.membership.acts[len(self._tables.membership.acts) + 1] = act

    async def acts(self) -> Sequence[ErasureAct]:
        """In order."""
        return list(self._tables.membership.acts.values())


def _words(row: InboundRow) -> str:
    match row.event:
        case Said(text=text) | Attached(caption=text) | Edited(text=text):
            return text
        case _:
            return ""
