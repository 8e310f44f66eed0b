"""Devices and disputes about them as rows; one serial number has one owner."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, or_, select, update

from bot.domain.loyalty.member import MemberId
from bot.domain.messages import Address
from bot.domain.purchases.device import Device, DeviceId, Dispute, DisputeId, DisputeState
from bot.services.purchases.books import NewDevice
from bot.storage.codec import storable
from bot.storage.contacts import Contacts
from bot.storage.purchases.tables import device_disputes, devices
from bot.storage.transaction import Transaction

_ADD = insert(devices).returning(devices.c.id)
_FIND = select(devices).where(devices.c.serial == bindparam("serial"))
_GET = select(devices).where(devices.c.id == bindparam("device"))
OF_MEMBER = select(devices).where(devices.c.member_id == bindparam("member")).order_by(devices.c.id.desc())
_GIVE = update(devices).where(devices.c.id == bindparam("device"))
_OWN = select(devices.c.id).where(devices.c.member_id == bindparam("member"))
_FORGET_DISPUTES = delete(device_disputes).where(
    or_(device_disputes.c.member_id == bindparam("member"), device_disputes.c.device_id.in_(_OWN))
)
_FORGET = delete(devices).where(devices.c.member_id == bindparam("member")).returning(devices.c.id)
_ADD_DISPUTE = insert(device_disputes).returning(device_disputes.c.id)
OPEN_DISPUTE = select(device_disputes).where(
    device_disputes.c.device_id == bindparam("device"),
    device_disputes.c.member_id == bindparam("member"),
    device_disputes.c.state == str(DisputeState.OPEN),
)
_DISPUTE = select(device_disputes).where(device_disputes.c.id == bindparam("dispute")).with_for_update()
_CLOSE = update(device_disputes).where(device_disputes.c.id == bindparam("dispute"))


class SqlDeviceBook:
    """`DeviceBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def add(self, device: NewDevice, *, at: datetime) -> Device:
        """Register a device.

        Raises:
            ConflictError: somebody has registered it; here or by the commit.
        """
        await self._transaction.touch()
        row = {
            "serial": storable(device.serial),
            "member_id": device.member,
            "offer": storable(device.offer),
            "name": storable(device.name),
            "bought_on": device.bought_on,
            "warranty_until": device.warranty_until,
            "source": storable(device.source),
            "registered_at": at,
        }
        added = await self._transaction.fetch(_ADD, [row])
        return Device(
            id=DeviceId(added[0].id),
            serial=device.serial,
            member=device.member,
            offer=device.offer,
            name=device.name,
            bought_on=device.bought_on,
            warranty_until=device.warranty_until,
            source=device.source,
            registered_at=at,
        )

    async def find(self, serial: str) -> Device | None:
        """Return the device of that serial number."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(_FIND, {"serial": storable(serial)})
        return _device(rows[0]) if rows else None

    async def get(self, device: DeviceId) -> Device | None:
        """Return a device."""
        rows = await self._transaction.fetch(_GET, {"device": device})
        return _device(rows[0]) if rows else None

    async def of(self, member: MemberId) -> Sequence[Device]:
        """Return the devices of a member, latest registered first."""
        return [_device(row) for row in await self._transaction.fetch(OF_MEMBER, {"member": member})]

    async def forget(self, member: MemberId) -> int:
        """Remove the devices of a member, and disputes about them or by them; return how many devices."""
        await self._transaction.touch()
        await self._transaction.write(_FORGET_DISPUTES, {"member": member})
        return len(await self._transaction.fetch(_FORGET, {"member": member}))

    async def give(self, device: DeviceId, dispute: Dispute, *, warranty_until: date) -> None:
        """Let a device belong to who opened the dispute."""
        await self._transaction.touch()
        row = {
            "device": device,
            "member_id": dispute.member,
            "source": storable(dispute.source),
            "bought_on": dispute.bought_on,
            "warranty_until": warranty_until,
        }
        await self._transaction.write(_GIVE, row)

    async def dispute(
        self, device: DeviceId, member: MemberId, *, source: str, bought_on: date, at: datetime
    ) -> Dispute:
        """Open a dispute, or return the open one of the same member."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(OPEN_DISPUTE, {"device": device, "member": member})
        if rows:
            return _dispute(rows[0])
        row = {
            "device_id": device,
            "member_id": member,
            "source": storable(source),
            "bought_on": bought_on,
            "state": str(DisputeState.OPEN),
            "opened_at": at,
        }
        added = await self._transaction.fetch(_ADD_DISPUTE, [row])
        return Dispute(
            id=DisputeId(added[0].id),
            device=device,
            member=member,
            source=source,
            bought_on=bought_on,
            state=DisputeState.OPEN,
            opened_at=at,
        )

    async def find_dispute(self, dispute: DisputeId) -> Dispute | None:
        """Return a dispute, locked until the end."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(_DISPUTE, {"dispute": dispute})
        return _dispute(rows[0]) if rows else None

    async def close(self, dispute: DisputeId, state: DisputeState, *, by: Address, at: datetime) -> None:
        """Note what was decided."""
        await self._transaction.touch()
        await self._contacts.ensure([by])
        row = {"dispute": dispute, "state": str(state), "closed_at": at, "closed_by": self._contacts.known[by]}
        await self._transaction.write(_CLOSE, row)


def _device(row: Row[Any]) -> Device:
    return Device(
        id=DeviceId(row.id),
        serial=row.serial,
        member=MemberId(row.member_id),
        offer=row.offer,
        name=row.name,
        bought_on=row.bought_on,
        warranty_until=row.warranty_until,
        source=row.source,
        registered_at=row.registered_at,
    )


def _dispute(row: Row[Any]) -> Dispute:
    return Dispute(
        id=DisputeId(row.id),
        device=DeviceId(row.device_id),
        member=MemberId(row.member_id),
        source=row.source,
        bought_on=row.bought_on,
        state=DisputeState(row.state),
        opened_at=row.opened_at,
    )
