"""What is remembered of purchases and staff, in dictionaries."""

from dataclasses import dataclass, field, fields
from datetime import datetime

from bot.domain.messages import Address
from bot.domain.purchases.claim import Claim, ClaimId
from bot.domain.purchases.device import Device, DeviceId, Dispute, DisputeId
from bot.domain.purchases.order import OrderId, StoredOrder
from bot.domain.purchases.verification import Verification
from bot.domain.staff import Role


@dataclass(slots=True)
class PurchaseTables:
    """Rows are never changed in place."""

    claims: dict[ClaimId, Claim] = field(default_factory=dict)
    checks: dict[int, tuple[ClaimId, Verification]] = field(default_factory=dict)
    orders: dict[OrderId, StoredOrder] = field(default_factory=dict)
    returns: dict[tuple[OrderId, str], None] = field(default_factory=dict)
    devices: dict[DeviceId, Device] = field(default_factory=dict)
    disputes: dict[DisputeId, Dispute] = field(default_factory=dict)
    staff: dict[tuple[Address, Role], datetime] = field(default_factory=dict)

    def copy(self) -> "PurchaseTables":
        """Take a snapshot."""
        return PurchaseTables(**{each.name: dict(getattr(self, each.name)) for each in fields(self)})
