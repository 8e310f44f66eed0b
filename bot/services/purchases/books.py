"""Books of purchases: claims on receipts, orders of the store, devices, as protocols of storage."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.loyalty.member import MemberId
from bot.domain.messages import Address
from bot.domain.purchases.claim import Claim, ClaimId, ClaimState
from bot.domain.purchases.device import Device, DeviceId, Dispute, DisputeId, DisputeState
from bot.domain.purchases.order import Order, OrderId, OrderKey, OrderReturn, StoredOrder
from bot.domain.purchases.verification import Verification
from bot.domain.receipts.receipt import Receipt, ReceiptKey


class ClaimBook(Protocol):
    """Receipts that members sent."""

    async def add(self, member: MemberId, *, at: datetime) -> Claim:
        """Begin a claim on a receipt that nobody has read yet."""
        ...

    async def get(self, claim: ClaimId, *, is_locked: bool = False) -> Claim | None:
        """Return a claim; locked, nobody else can change it until the end."""
        ...

    async def keep(self, claim: Claim, *, by: Address | None = None) -> None:
        """Store what a claim is now; `by` is the person of the brand who decided.

        Raises:
            ConflictError: another claim holds the receipt; here or by the commit.
        """
        ...

    async def holder(self, key: ReceiptKey) -> Claim | None:
        """Return the claim that holds a receipt."""
        ...

    async def alike(self, receipt: Receipt) -> Sequence[Claim]:
        """Return open and accepted claims of receipts with the same key or the same fiscal sign, oldest first."""
        ...

    async def of(self, member: MemberId, *, limit: int) -> Sequence[Claim]:
        """Return the claims of a member, latest first."""
        ...

    async def waiting(self, *, limit: int) -> Sequence[Claim]:
        """Return the claims that people have to look at, oldest first."""
        ...

    async def count(self, member: MemberId, states: Collection[ClaimState], *, since: datetime) -> int:
        """Count the claims that a member sent from `since` on and that are in one of `states`."""
        ...

    async def note_check(self, claim: ClaimId, verification: Verification, *, at: datetime) -> None:
        """Write down what somebody said of the receipt. It stays."""
        ...

    async def checks(self, claim: ClaimId) -> Sequence[Verification]:
        """Return what was said of the receipt, oldest first."""
        ...


class OrderBook(Protocol):
    """Orders of the brand's store."""

    async def add(self, order: Order, *, at: datetime) -> OrderId:
        """Store an order.

        Raises:
            ConflictError: it was stored before; here or by the commit.
        """
        ...

    async def find(self, key: OrderKey) -> StoredOrder | None:
        """Return an order, locked until the end."""
        ...

    async def by_receipt(self, key: ReceiptKey) -> StoredOrder | None:
        """Return the order that was paid by a receipt, the first stored; locked until the end."""
        ...

    async def by_number(self, number: str) -> Sequence[StoredOrder]:
        """Return the orders of that number, of all stores."""
        ...

    async def of(self, member: MemberId) -> Sequence[StoredOrder]:
        """Return the orders that gave a member points, latest stored first."""
        ...

    async def complete(self, order: OrderId, *, card: str, receipt: ReceiptKey | None) -> None:
        """Note a card and a receipt that the store told later."""
        ...

    async def count_for(self, order: OrderId, member: MemberId, source: str) -> None:
        """Note whose points an order gave, and by which name."""
        ...

    async def add_return(self, order: OrderId, what: OrderReturn, lines: Mapping[int, int], *, at: datetime) -> bool:
        """Note what came back, in kopecks by line; False when this return was stored before."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDevice:
    """What a registration begins with."""

    serial: str
    member: MemberId
    offer: str
    name: str
    bought_on: date
    warranty_until: date
    source: str


class DeviceBook(Protocol):
    """Devices that members own."""

    async def add(self, device: NewDevice, *, at: datetime) -> Device:
        """Register a device.

        Raises:
            ConflictError: somebody has registered it; here or by the commit.
        """
        ...

    async def find(self, serial: str) -> Device | None:
        """Return the device of that serial number."""
        ...

    async def get(self, device: DeviceId) -> Device | None:
        """Return a device."""
        ...

    async def of(self, member: MemberId) -> Sequence[Device]:
        """Return the devices of a member, latest registered first."""
        ...

    async def forget(self, member: MemberId) -> int:
        """Remove the devices of a member, and disputes about them or by them; return how many devices.

        Whoever owns them now can register them.
        """
        ...

    async def give(self, device: DeviceId, dispute: Dispute, *, warranty_until: date) -> None:
        """Let a device belong to who opened the dispute."""
        ...

    async def dispute(
        self, device: DeviceId, member: MemberId, *, source: str, bought_on: date, at: datetime
    ) -> Dispute:
        """Open a dispute, or return the open one of the same member."""
        ...

    async def find_dispute(self, dispute: DisputeId) -> Dispute | None:
        """Return a dispute, locked until the end."""
        ...

    async def close(self, dispute: DisputeId, state: DisputeState, *, by: Address, at: datetime) -> None:
        """Note what was decided."""
        ...


class PurchaseBooks(Protocol):
    """What was bought."""

    @property
    def claims(self) -> ClaimBook: ...
    @property
    def orders(self) -> OrderBook: ...
    @property
    def devices(self) -> DeviceBook: ...

    async def hand_over(self, source: MemberId, target: MemberId) -> Mapping[str, tuple[int, ...]]:
        """Let everything of one member be another's, as they are one person, what points were earned with and spent on
        included; return its numbers, by book."""
        ...

    async def hand_back(self, source: MemberId, target: MemberId, numbers: Mapping[str, tuple[int, ...]]) -> None:
        """Let `target` have what `source` has of these again."""
        ...
