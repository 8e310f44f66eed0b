"""Claims, orders, devices and staff in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.domain.errors import ConflictError
from bot.domain.loyalty.member import MemberId
from bot.domain.messages import Address
from bot.domain.purchases.claim import OPEN, Claim, ClaimId, ClaimState
from bot.domain.purchases.device import Device, DeviceId, Dispute, DisputeId, DisputeState
from bot.domain.purchases.order import Order, OrderId, OrderKey, OrderReturn, StoredOrder
from bot.domain.purchases.verification import Verification
from bot.domain.receipts.receipt import Receipt, ReceiptKey
from bot.domain.staff import Role, StaffMember
from bot.services.purchases.books import NewDevice
from tests.fakes.club.tables import ClubTables
from tests.fakes.purchases.tables import PurchaseTables


class FakeClaimBook:
    """`ClaimBook` in memory."""

    def __init__(self, tables: PurchaseTables) -> None:
        self._tables = tables

    async def add(self, member: MemberId, *, at: datetime) -> Claim:
        """Number it."""
        claim = Claim(id=ClaimId(len(self._tables.claims) + 1), member=member, state=ClaimState.SENT, sent_at=at)
        self._tables.claims[claim.id] = claim
        return claim

    async def get(self, claim: ClaimId, *, is_locked: bool = False) -> Claim | None:
        """Look it up."""
        return self._tables.claims.get(claim)

    async def keep(self, claim: Claim, *, by: Address | None = None) -> None:
        """Refuse a receipt that is held."""
        holder = await self.holder(claim.receipt.key) if claim.receipt and claim.holds_key else None
        if holder is not None and holder.id != claim.id:
            raise ConflictError("held")
        self._tables.claims[claim.id] = claim

    async def holder(self, key: ReceiptKey) -> Claim | None:
        """Look at all."""
        return next(
            (
                each
                for each in self._tables.claims.values()
                if each.receipt and each.receipt.key == key and each.holds_key
            ),
            None,
        )

    async def alike(self, receipt: Receipt) -> Sequence[Claim]:
        """Look at all."""
        return [
            claim
            for claim in self._tables.claims.values()
            if claim.receipt is not None
            and claim.state in OPEN | {ClaimState.ACCEPTED}
            and (claim.receipt.key == receipt.key or claim.receipt.sign == receipt.sign)
        ]

    async def of(self, member: MemberId, *, limit: int) -> Sequence[Claim]:
        """Turn them round."""
        return [claim for claim in reversed(self._tables.claims.values()) if claim.member == member][:limit]

    async def waiting(self, *, limit: int) -> Sequence[Claim]:
        """Pick them."""
        return [claim for claim in self._tables.claims.values() if claim.state is ClaimState.REVIEW][:limit]

    async def count(self, member: MemberId, states: Collection[ClaimState], *, since: datetime) -> int:
        """Count them."""
        claims = self._tables.claims.values()
        return sum(each.member == member and each.state in states and each.sent_at >= since for each in claims)

    async def note_check(self, claim: ClaimId, verification: Verification, *, at: datetime) -> None:
        """Number it."""
        self._tables.checks[len(self._tables.checks) + 1] = (claim, verification)

    async def checks(self, claim: ClaimId) -> Sequence[Verification]:
        """Pick them."""
        return [verification for of, verification in self._tables.checks.values() if of == claim]


class FakeOrderBook:
    """`OrderBook` in memory."""

    def __init__(self, tables: PurchaseTables) -> None:
        self._tables = tables

    async def add(self, order: Order, *, at: datetime) -> OrderId:
        """Refuse a repeat."""
        if await self.find(order.key) is not None:
            raise ConflictError("stored")
        number = OrderId(len(self._tables.orders) + 1)
        self._tables.orders[number] = StoredOrder(id=number, order=order)
        return number

    async def find(self, key: OrderKey) -> StoredOrder | None:
        """Look at all."""
        return next((stored for stored in self._tables.orders.values() if stored.order.key == key), None)

    async def by_receipt(self, key: ReceiptKey) -> StoredOrder | None:
        """Look at all."""
        return next((stored for stored in self._tables.orders.values() if stored.order.receipt == key), None)

    async def by_number(self, number: str) -> Sequence[StoredOrder]:
        """Look at all."""
        return [stored for stored in self._tables.orders.values() if stored.order.key.number == number]

    async def of(self, member: MemberId) -> Sequence[StoredOrder]:
        """Turn them round."""
        return [stored for stored in reversed(self._tables.orders.values()) if stored.member == member]

    async def complete(self, order: OrderId, *, card: str, receipt: ReceiptKey | None) -> None:
        """Note them."""
        stored = self._tables.orders[order]
        self._tables.orders[order] = replace(stored, order=replace(stored.order, card=card, receipt=receipt))

    async def count_for(self, order: OrderId, member: MemberId, source: str) -> None:
        """Note it."""
        self._tables.orders[order] = replace(self._tables.orders[order], member=member, source=source)

    async def add_return(self, order: OrderId, what: OrderReturn, lines: Mapping[int, int], *, at: datetime) -> bool:
        """Add it to what came back before."""
        if (order, what.number) in self._tables.returns:
            return False
        self._tables.returns[order, what.number] = None
        stored = self._tables.orders[order]
        returned = {**stored.returned}
        for line, kopecks in lines.items():
            returned[line] = returned.get(line, 0) + kopecks
        self._tables.orders[order] = replace(stored, returned=returned)
        return True


class FakeDeviceBook:
    """`DeviceBook` in memory."""

    def __init__(self, tables: PurchaseTables) -> None:
        self._tables = tables

    async def add(self, device: NewDevice, *, at: datetime) -> Device:
        """Refuse a serial number that is taken."""
        if await self.find(device.serial) is not None:
            raise ConflictError("taken")
        added = Device(
            id=DeviceId(max(self._tables.devices, default=0) + 1),
            serial=device.serial,
            member=device.member,
            offer=device.offer,
            name=device.name,
            bought_on=device.bought_on,
            warranty_until=device.warranty_until,
            source=device.source,
            registered_at=at,
        )
        self._tables.devices[added.id] = added
        return added

    async def find(self, serial: str) -> Device | None:
        """Look at all."""
        return next((device for device in self._tables.devices.values() if device.serial == serial), None)

    async def get(self, device: DeviceId) -> Device | None:
        """Look it up."""
        return self._tables.devices.get(device)

    async def of(self, member: MemberId) -> Sequence[Device]:
        """Turn them round."""
        return [device for device in reversed(self._tables.devices.values()) if device.member == member]

    async def forget(self, member: MemberId) -> int:
        """Drop them."""
        own = [device.id for device in self._tables.devices.values() if device.member == member]
        for dispute in list(self._tables.disputes.values()):
            if dispute.member == member or dispute.device in own:
                del self._tables.disputes[dispute.id]
        for device in own:
            del self._tables.devices[device]
        return len(own)

    async def give(self, device: DeviceId, dispute: Dispute, *, warranty_until: date) -> None:
        """Change the owner."""
        self._tables.devices[device] = replace(
            self._tables.devices[device],
            member=dispute.member,
            source=dispute.source,
            bought_on=dispute.bought_on,
            warranty_until=warranty_until,
        )

    async def dispute(
        self, device: DeviceId, member: MemberId, *, source: str, bought_on: date, at: datetime
    ) -> Dispute:
        """Number it."""
        for each in self._tables.disputes.values():
            if (each.device, each.member, each.state) == (device, member, DisputeState.OPEN):
                return each
        opened = Dispute(
            id=DisputeId(max(self._tables.disputes, default=0) + 1),
            device=device,
            member=member,
            source=source,
            bought_on=bought_on,
            state=DisputeState.OPEN,
            opened_at=at,
        )
        self._tables.disputes[opened.id] = opened
        return opened

    async def find_dispute(self, dispute: DisputeId) -> Dispute | None:
        """Look it up."""
        return self._tables.disputes.get(dispute)

    async def close(self, dispute: DisputeId, state: DisputeState, *, by: Address, at: datetime) -> None:
        """Note it."""
        self._tables.disputes[dispute] = replace(self._tables.disputes[dispute], state=state)


class FakePurchaseBooks:
    """`PurchaseBooks` in memory."""

    def __init__(self, tables: PurchaseTables, club: ClubTables) -> None:
        self.claims = FakeClaimBook(tables)
        self.orders = FakeOrderBook(tables)
        self.devices = FakeDeviceBook(tables)
        self._tables = tables
        self._club = club

    async def hand_over(self, source: MemberId, target: MemberId) -> Mapping[str, tuple[int, ...]]:
        """Change the owner of all."""
        moved = {
            name: tuple(number for number, (_, each) in enumerate(table.items()) if each.member == source)
            for name, table in self._by_name().items()
        }
        await self.hand_back(source, target, moved)
        return {name: numbers for name, numbers in moved.items() if numbers}

    async def hand_back(self, source: MemberId, target: MemberId, numbers: Mapping[str, tuple[int, ...]]) -> None:
        """Change the owner of some, numbered in the order in which they came."""
        for name, table in self._by_name().items():
            keys = list(table)
            for key in (keys[number] for number in numbers.get(name, ())):
                if table[key].member == source:
                    table[key] = replace(table[key], member=target)

    def _by_name(self) -> dict[str, dict[Any, Any]]:
        tables = self._tables
        return {
            "receipt_claims": tables.claims,
            "orders": tables.orders,
            "devices": tables.devices,
            "device_disputes": tables.disputes,
            "club_purchases": self._club.purchases,
            "club_vouchers": self._club.vouchers,
        }


class FakeStaffBook:
    """`StaffBook` in memory."""

    def __init__(self, tables: PurchaseTables) -> None:
        self._staff = tables.staff

    async def add(self, member: StaffMember, *, at: datetime) -> bool:
        """Note it once."""
        is_new = (member.address, member.role) not in self._staff
        self._staff.setdefault((member.address, member.role), at)
        return is_new

    async def remove(self, address: Address, role: Role | None = None) -> int:
        """Drop them."""
        taken = [each for each in self._staff if _is_of(each[0], address) and role in {None, each[1]}]
        for each in taken:
            del self._staff[each]
        return len(taken)

    async def all(self) -> Sequence[StaffMember]:
        """Sort them."""

        def place(each: tuple[Address, Role]) -> tuple[str, str, str, str]:
            return each[0].channel, each[0].user_id, each[0].chat_id, str(each[1])

        return [StaffMember(address=address, role=role) for address, role in sorted(self._staff, key=place)]

    async def roles(self, address: Address) -> Collection[Role]:
        """Look at all."""
        return {role for whose, role in self._staff if _is_of(whose, address)}


def _is_of(one: Address, other: Address) -> bool:
    return (one.channel, one.user_id) == (other.channel, other.user_id)
