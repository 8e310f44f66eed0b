"""Keeping ports: what is kept of people, until when, and what the staff looked at and did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.audit import AdjustmentId, AskedAdjustment, AuditLine
from bot.domain.loyalty.member import MemberId
from bot.domain.members.erasure import ErasureAct, SaidLine
from bot.domain.messages import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Aged:
    """How many `lines` were blanked. `last` is the row up to which all is old; None where newer ones begin."""

    lines: int
    last: int | None = None


class PrivacyBook(Protocol):
    """What is kept of people, to show it to them and to forget it."""

    async def said(self, addresses: Sequence[Address], *, limit: int) -> Sequence[SaidLine]:
        """Return the latest lines, oldest first."""
        ...

    async def is_quiet(self, addresses: Sequence[Address]) -> bool:
        """Whether nothing waits for an answer and nothing is on its way."""
        ...

    async def forget(self, addresses: Sequence[Address]) -> Mapping[str, int]:
        """Blank what was said, remove what is remembered, make the addresses nobody's; count the rows."""
        ...

    async def age(self, before: datetime, *, after: int, limit: int) -> Aged:
        """Blank what was said before then among the `limit` lines behind the row `after`."""
        ...

    async def add_act(self, act: ErasureAct) -> None:
        """Write an act down. It stays."""
        ...

    async def acts(self) -> Sequence[ErasureAct]:
        """Return all acts, oldest first."""
        ...


class AuditBook(Protocol):
    """What the staff looked at and did, and what waits for a second person."""

    async def add(self, line: AuditLine) -> None:
        """Write a line, for ever."""
        ...

    async def lines(self, *, member: MemberId | None = None, limit: int) -> Sequence[AuditLine]:
        """Return the latest lines, of one member or of all, oldest first."""
        ...

    async def ask(self, adjustment: AskedAdjustment) -> AdjustmentId:
        """Keep what waits for a second person, whatever its id; return its number."""
        ...

    async def asked(self, adjustment: AdjustmentId) -> AskedAdjustment | None:
        """Return one, locked until the commit."""
        ...

    async def decide(self, adjustment: AdjustmentId, *, by: Address, at: datetime) -> bool:
        """Note who decided; False when somebody had."""
        ...
