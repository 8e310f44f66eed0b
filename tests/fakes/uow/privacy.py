"""What is kept of people, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.members.erasure import ErasureAct, SaidLine
from bot.domain.messages import Address, Attached, Edited, Said
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

    async def age(self, before: datetime, *, limit: int) -> int:
        """Blank old lines."""
        old = [
            id_
            for id_, row in self._tables.outbound.items()
            if row.said_at < before and row.status != "queued" and row.message.text
        ]
        for id_ in old[:limit]:
            row = self._tables.outbound[id_]
            self._tables.outbound[id_] = replace(row, message=replace(row.message, text=""))
        heard = [
            id_
            for id_, row in self._tables.inbound.items()
            if row.event.at < before and row.turn is not None and isinstance(row.event, Said) and row.event.text
        ]
        for id_ in heard[: limit - len(old)]:
            row_in = self._tables.inbound[id_]
            if isinstance(row_in.event, Said):
                self._tables.inbound[id_] = replace(row_in, event=replace(row_in.event, text=""))
        return min(limit, len(old) + len(heard))

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
