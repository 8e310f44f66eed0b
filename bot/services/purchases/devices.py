"""Devices: registered with what proves that they were bought; a serial number has one owner."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeAlias

from bot.domain.errors import RuleViolationError
from bot.domain.loyalty.earning import Line
from bot.domain.loyalty.entry import Entry
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Program, RuleKind
from bot.domain.messages import Address
from bot.domain.purchases.claim import ClaimState
from bot.domain.purchases.device import Device, Dispute, DisputeId, DisputeState, warranty_end
from bot.domain.purchases.order import OrderLine, StoredOrder, numbers_meant
from bot.domain.replies import Phrase
from bot.services.club.accruals import Accruals
from bot.services.club.books import Accrued
from bot.services.ports import UnitOfWork
from bot.services.purchases.books import NewDevice
from bot.services.purchases.counting import Categories

_CLAIMS_LOOKED_AT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A purchase of the member's own. `lines` are its goods, as far as anybody knows; `source` names it."""

    source: str
    bought_on: date
    lines: tuple[OrderLine, ...] = ()
    total_kopecks: int = 0

    @property
    def most_devices(self) -> int:
        """How many devices it can be a proof of."""
        return max(len(self.lines), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A device with an owner, and the points that its registration gave."""

    device: Device
    points: int


Outcome: TypeAlias = Registered | Dispute


class DisputeClosedError(RuleViolationError):
    """Somebody has decided already."""

    def __init__(self, state: DisputeState) -> None:
        is_granted = state is DisputeState.GRANTED
        super().__init__(Phrase("review-decided", {"state": "accepted" if is_granted else "refused"}))


class Devices:
    """What members own. Never commits."""

    def __init__(self, accruals: Accruals, categories: Categories, program: Callable[[], Program]) -> None:
        self._accruals = accruals
        self._categories = categories
        self._program = program

    async def proofs(self, uow: UnitOfWork, member: Member) -> Sequence[Proof]:
        """Return the member's accepted receipts, the latest first; goods are known where their order is."""
        claims = await uow.purchases.claims.of(member.id, limit=_CLAIMS_LOOKED_AT)
        found = []
        for claim in claims:
            if claim.state is ClaimState.ACCEPTED and claim.receipt is not None:
                stored = await uow.purchases.orders.by_receipt(claim.receipt.key)
                proof = Proof(
                    source=claim.source, bought_on=claim.receipt.day, total_kopecks=claim.receipt.total_kopecks
                )
                found.append(replace(proof, lines=_kept(stored)) if stored is not None else proof)
        return found

    async def order_proof(self, uow: UnitOfWork, member: Member, number: str) -> Proof | None:
        """Return the member's own order of that number; somebody else's is as good as none."""
        for meant in numbers_meant(number):
            for stored in await uow.purchases.orders.by_number(meant):
                if stored.member == member.id and _kept(stored):
                    return self._proof(stored)
        return None

    async def proof(self, uow: UnitOfWork, member: Member, source: str) -> Proof | None:
        """Find a proof again by its name."""
        known = next((proof for proof in await self.proofs(uow, member) if proof.source == source), None)
        return known or await self.order_proof(uow, member, source.rpartition(":")[2])

    async def register(
        self, uow: UnitOfWork, member: Member, *, serial: str, proof: Proof, product: OrderLine | None, now: datetime
    ) -> Outcome:
        """Register a device, give what that gives; a dispute where somebody else has registered it.

        Raises:
            RuleViolationError: it is the member's already, or as many were registered with this purchase as it had.
            ConflictError: somebody was quicker; here or by the commit.
        """
        known = await uow.purchases.devices.find(serial)
        if known is not None and known.member == member.id:
            raise RuleViolationError(Phrase("device-yours", {"until": f"{known.warranty_until:%d.%m.%Y}"}))
        await self._accruals.lock(uow, member, now=now)
        await self._demand_unused(uow, member, proof)
        if known is not None:
            return await uow.purchases.devices.dispute(
                known.id, member.id, source=proof.source, bought_on=proof.bought_on, at=now
            )
        wanted = NewDevice(
            serial=serial,
            member=member.id,
            offer=product.product if product else "",
            name=product.name if product else "",
            bought_on=proof.bought_on,
            warranty_until=warranty_end(proof.bought_on, self._program().purchases.warranty),
            source=proof.source,
        )
        device = await uow.purchases.devices.add(wanted, at=now)
        entries = await self._reward(uow, member, device, now=now)
        await _go_back_with(uow, proof, product, entries)
        return Registered(device=device, points=sum(entry.points for entry in entries))

    async def decide(
        self, uow: UnitOfWork, number: DisputeId, state: DisputeState, *, by: Address, now: datetime
    ) -> tuple[Dispute, Device]:
        """Let a person of the brand give the device to who asked for it, or leave it where it is.

        Raises:
            DisputeClosedError: somebody was quicker.
            RuleViolationError: there is no such dispute, or it is their own.
        """
        dispute = await uow.purchases.devices.find_dispute(number)
        device = await uow.purchases.devices.get(dispute.device) if dispute is not None else None
        if dispute is None or device is None:
            raise RuleViolationError(Phrase("review-gone"))
        if dispute.state is not DisputeState.OPEN:
            raise DisputeClosedError(dispute.state)
        reviewer = await uow.club.members.who(by)
        if reviewer is not None and reviewer.id in {dispute.member, device.member}:
            raise RuleViolationError(Phrase("review-own"))
        if state is DisputeState.GRANTED:
            until = warranty_end(dispute.bought_on, self._program().purchases.warranty)
            await uow.purchases.devices.give(device.id, dispute, warranty_until=until)
        await uow.purchases.devices.close(dispute.id, state, by=by, at=now)
        return replace(dispute, state=state), device

    async def _demand_unused(self, uow: UnitOfWork, member: Member, proof: Proof) -> None:
        devices = await uow.purchases.devices.of(member.id)
        if sum(device.source == proof.source for device in devices) >= proof.most_devices:
            raise RuleViolationError(Phrase("device-proof-used"))

    async def _reward(self, uow: UnitOfWork, member: Member, device: Device, *, now: datetime) -> Sequence[Entry]:
        """Give the points: once for a serial number, and only for what the rules are about."""
        line = Line(number=1, paid_kopecks=0, product=device.offer, categories=self._categories(device.offer))
        return await self._accruals.happened(
            uow,
            self._program(),
            member,
            kind=RuleKind.PRODUCT_REGISTRATION,
            occasion=device.serial,
            now=now,
            line=line,
        )

    def _proof(self, stored: StoredOrder) -> Proof:
        zone = self._program().zone
        return Proof(
            source=stored.source,
            bought_on=stored.order.bought_at.astimezone(zone).date(),
            lines=_kept(stored),
            total_kopecks=stored.order.paid_kopecks,
        )


async def _go_back_with(uow: UnitOfWork, proof: Proof, product: OrderLine | None, entries: Sequence[Entry]) -> None:
    """Note beside the purchase what it earned by the device: whoever returns the one loses the other."""
    stored = await uow.club.purchases.get(proof.source)
    if stored is None:
        return
    is_by_lines = stored.purchase.kind is RuleKind.PURCHASE and product is not None and product in proof.lines
    lines = (product.number,) if product is not None and is_by_lines and product.paid_kopecks else ()
    known = {each.entry for each in stored.accrued}
    new = [Accrued(entry=entry.ref, lines=lines) for entry in entries if entry.ref not in known]
    await uow.club.purchases.accrue(proof.source, new)


def product_of(proof: Proof, serial: str) -> OrderLine | None:
    """Tell which of the goods a serial number is of: the line that names it, or the only one."""
    named = next((line for line in proof.lines if line.serial == serial), None)
    return named or (proof.lines[0] if len(proof.lines) == 1 else None)


def _kept(stored: StoredOrder) -> tuple[OrderLine, ...]:
    """The goods that were not returned."""
    lines = stored.order.lines
    return tuple(line for line in lines if stored.returned.get(line.number, 0) < max(line.paid_kopecks, 1))
