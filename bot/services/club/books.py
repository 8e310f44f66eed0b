"""Club books: members, purchases, rewards and promo codes, as protocols of storage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.loyalty.card import CardNumber
from bot.domain.loyalty.earning import Purchase
from bot.domain.loyalty.entry import AccountId, EntryRef
from bot.domain.loyalty.member import Member, MemberId
from bot.domain.loyalty.promo import PromoCode
from bot.domain.loyalty.tiers import Standing
from bot.domain.loyalty.voucher import Voucher, VoucherStatus
from bot.domain.messages import Address


class MemberBook(Protocol):
    """Who is in the club, and by which chats they write."""

    async def create(
        self,
        account: AccountId,
        *,
        card: CardNumber,
        joined_at: datetime,
        age_confirmed: int = 0,
        invited_by: MemberId | None = None,
    ) -> Member:
        """Add a member with an account and a card of their own.

        Raises:
            ConflictError: somebody else has one of them.
        """
        ...

    async def get(self, member: MemberId) -> Member | None:
        """Return a member."""
        ...

    async def by_card(self, card: CardNumber) -> Member | None:
        """Return whose card it is."""
        ...

    async def link(self, address: Address, member: MemberId, *, at: datetime) -> None:
        """Note that a member writes from `address`, in the place of who wrote from there before."""
        ...

    async def unlink(self, address: Address) -> None:
        """Note that no member writes from `address` any more."""
        ...

    async def who(self, address: Address) -> Member | None:
        """Return the member who writes from `address`; one who left is returned too."""
        ...

    async def addresses(self, member: MemberId) -> Sequence[Address]:
        """Return where a member is reached, the latest linked first."""
        ...

    async def leave(self, member: MemberId, *, at: datetime | None) -> None:
        """Note that a member left; None for one who is back."""
        ...

    async def stand(self, member: MemberId, standing: Standing) -> None:
        """Note the tier of a member."""
        ...

    async def by_accounts(self, accounts: Sequence[AccountId]) -> Mapping[AccountId, Member]:
        """Return the members whose accounts these are."""
        ...

    async def active(self, *, after: MemberId, limit: int) -> Sequence[Member]:
        """Return the members who did not leave, those behind `after`, by id, at most `limit`."""
        ...

    async def count_friends(self, member: MemberId) -> int:
        """Count who joined by the invitation of a member."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Accrued:
    """An entry that a purchase earned; `lines` are those it counted, none where it was for the purchase as such."""

    entry: EntryRef
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPurchase:
    """A purchase of a member; `returned` is how many kopecks came back, by line."""

    member: MemberId
    purchase: Purchase
    accrued: tuple[Accrued, ...] = ()
    returned: Mapping[int, int]

    @property
    def is_returned(self) -> bool:
        """Whether nothing of it was kept."""
        return sum(self.returned.values()) >= self.purchase.paid_kopecks


class PurchaseBook(Protocol):
    """What was bought and returned, each once."""

    async def add(self, member: MemberId, purchase: Purchase, *, at: datetime) -> bool:
        """Store a purchase; False when its source was stored before, for whomever."""
        ...

    async def accrue(self, source: str, accrued: Sequence[Accrued]) -> None:
        """Note what a purchase earned."""
        ...

    async def get(self, source: str) -> StoredPurchase | None:
        """Return a purchase."""
        ...

    async def add_return(self, source: str, *, of: str, lines: Mapping[int, int], at: datetime) -> bool:
        """Note that kopecks of lines of the purchase `of` came back; False when this return was stored before.

        Raises:
            RejectedError: more came back of a line than was paid; here or by the commit.
        """
        ...

    async def kept(self, member: MemberId) -> str | None:
        """Return the source of the first purchase of which a member kept anything; None for who bought nothing."""
        ...

    async def earned(self, account: AccountId, *, since: date, until: date) -> Mapping[str, int]:
        """Sum what an account earned, by rule, for what happened from the day `since` on and before `until`, whenever
        it was told; what was taken back is not subtracted.
        """
        ...

    async def count_earned(self, account: AccountId, rule: str, *, since: datetime) -> int:
        """Count the times an account earned by a rule from `since` on."""
        ...

    async def spend_budget(self, rule: str, points: int) -> int:
        """Add `points` to what a rule gave to everybody; return the sum. Locks the rule until the commit."""
        ...


class RewardBook(Protocol):
    """How many of each reward were taken, and the vouchers."""

    async def taken(self) -> Mapping[str, int]:
        """Return how many of each reward were taken and not given back."""
        ...

    async def take(self, reward: str, *, stock: int | None) -> bool:
        """Take one; False when `stock` were taken. Locks the reward until the commit."""
        ...

    async def give_back(self, reward: str) -> None:
        """Put one back."""
        ...

    async def import_codes(self, reward: str, codes: Sequence[str]) -> int:
        """Store codes for a reward; those stored before, for whatever, are left out. Return how many were new."""
        ...

    async def codes_left(self) -> Mapping[str, int]:
        """Count the imported codes that nobody has, by reward; those with none are left out."""
        ...

    async def issue(self, voucher: Voucher, *, is_imported: bool) -> Voucher | None:
        """Give a voucher out, under the next imported code or its own; None when no imported code is left.

        The id of `voucher` is ignored: what is returned has the real one.
        """
        ...

    async def of(self, member: MemberId) -> Sequence[Voucher]:
        """Return the vouchers of a member, latest first."""
        ...

    async def by_entry(self, entry: EntryRef) -> Voucher | None:
        """Return the voucher that an entry paid for."""
        ...

    async def by_code(self, code: str) -> Voucher | None:
        """Return an issued voucher by its code, locked until the commit."""
        ...

    async def count(self, member: MemberId, reward: str, *, since: datetime) -> int:
        """Count how many of a reward a member took since then, those refunded left out."""
        ...

    async def close(self, voucher: int, status: VoucherStatus, *, at: datetime) -> bool:
        """Mark an issued voucher as used or refunded; False when it is issued no more."""
        ...


class PromoBook(Protocol):
    """Promo codes and who used them."""

    async def add(self, codes: Sequence[PromoCode]) -> int:
        """Store codes in normal form; those stored before are left out. Return how many were new."""
        ...

    async def find(self, codes: Sequence[str]) -> PromoCode | None:
        """Return the first of `codes` that there is, locked until the commit."""
        ...

    async def has_used(self, code: str, member: MemberId) -> bool:
        """Whether a member used a code."""
        ...

    async def use(self, code: str, member: MemberId, *, at: datetime, is_waiting: bool) -> None:
        """Count one more use; with `is_waiting` the points come with the first purchase.

        Raises:
            ConflictError: the member used it already; here or by the commit.
        """
        ...

    async def take_waiting(self, member: MemberId) -> Sequence[PromoCode]:
        """Return the codes whose points wait for the first purchase of a member; they wait no more."""
        ...
