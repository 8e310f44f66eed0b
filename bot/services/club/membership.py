"""Membership ports: what people told the club, what they agreed to, what is kept of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.codes import SentBefore, SentCode
from bot.domain.loyalty.member import Member, MemberId
from bot.domain.members.consent import ConsentEvent, ConsentText
from bot.domain.members.linking import Brought, LinkClaim
from bot.domain.members.notices import NoticeKind
from bot.domain.members.profile import Profile, ProfileField
from bot.domain.messages import Address
from bot.services.club.keeping import AuditBook, PrivacyBook


class ProfileBook(Protocol):
    """The identity vault: what members told about themselves, sealed."""

    async def put(self, member: MemberId, values: Mapping[ProfileField, str]) -> None:
        """Keep values in the place of those before; an empty one is removed.

        Raises:
            ConflictError: another member has a value that is unique.
        """
        ...

    async def get(self, member: MemberId) -> Profile:
        """Return what is known."""
        ...

    async def whose(self, field: ProfileField, value: str) -> MemberId | None:
        """Return who has a value of a unique field."""
        ...

    async def erase(self, member: MemberId) -> None:
        """Forget everything."""
        ...


class ConsentBook(Protocol):
    """The consent log, which only grows."""

    async def keep_text(self, document: str, version: str, language: str, text: ConsentText) -> None:
        """Keep the words that are being shown, so that it can be told later what was agreed to."""
        ...

    async def add(self, event: ConsentEvent) -> None:
        """Write a line."""
        ...

    async def of(self, addresses: Sequence[Address]) -> Sequence[ConsentEvent]:
        """Return the lines of somebody, oldest first."""
        ...


class CodeBook(Protocol):
    """One-time codes sent to phones, neither kept as they are."""

    async def sent_before(self, phone: str, by: Address, *, since: datetime) -> SentBefore:
        """Tell what was sent since then: to the phone, for the address, and at all."""
        ...

    async def add(self, phone: str, code: str, by: Address, *, at: datetime) -> None:
        """Note a code that is being sent."""
        ...

    async def latest(self, phone: str, by: Address) -> SentCode | None:
        """Return the code sent last to `phone` for `by`."""
        ...

    async def keep(self, phone: str, by: Address, sent: SentCode) -> None:
        """Keep what became of the latest one."""
        ...

    def digest(self, phone: str, code: str) -> str:
        """Return the keyed hash that a code is known by."""
        ...


class LinkBook(Protocol):
    """Codes that link accounts; of a code only a keyed hash is kept."""

    async def begin(self, member: MemberId, code: str, *, at: datetime) -> None:
        """Note a code; earlier ones of the member are void."""
        ...

    async def claim(self, code: str, by: Address) -> LinkClaim | None:
        """Return the claim of a code, made by `by` if nobody had claimed it; None for a code that is not known."""
        ...

    async def get(self, claim: int) -> LinkClaim | None:
        """Return a claim."""
        ...

    async def confirm(self, claim: int, *, at: datetime, brought: Brought | None = None) -> None:
        """Note that the member confirmed it, and what came with it."""
        ...

    async def undo(self, claim: int, *, at: datetime) -> None:
        """Note that the member undid it."""
        ...

    async def merged_at(self, member: MemberId) -> datetime | None:
        """Return when `member` took another one in last, unless that was undone."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBirthday:
    """Since when a birthday is known as it is, and how often it was changed by the member before."""

    member: MemberId
    known_at: datetime
    changes: int = 0


class BirthdayBook(Protocol):
    """Who celebrates when. The day itself is in the profile; here it is a keyed hash that can only be compared.

    A `day` is ``MM-DD``.
    """

    async def put(self, day: str, known: KnownBirthday) -> None:
        """Note a birthday in the place of the one before."""
        ...

    async def get(self, member: MemberId) -> KnownBirthday | None:
        """Return since when the birthday of a member is known."""
        ...

    async def celebrating(self, days: Sequence[str], *, after: MemberId, limit: int) -> Sequence[KnownBirthday]:
        """Return who celebrates on any of `days`, by id, those behind `after`, at most `limit`."""
        ...

    async def hand_over(self, source: MemberId, target: MemberId) -> None:
        """Let `target` have the birthday of `source`, unless they have one; `source` has none afterwards."""
        ...

    async def erase(self, member: MemberId) -> None:
        """Forget it."""
        ...


class NoticeBook(Protocol):
    """What members do not want to hear of, and what they were told last."""

    async def muted(self, member: MemberId) -> frozenset[NoticeKind]:
        """Return what is switched off."""
        ...

    async def mute(self, member: MemberId, kind: NoticeKind, *, is_muted: bool) -> None:
        """Switch a kind off, or on again."""
        ...

    async def tell(self, member: MemberId, kind: NoticeKind, told: str) -> None:
        """Note what was told last."""
        ...

    async def untold_tiers(self, *, since: date, limit: int) -> Sequence[tuple[Member, str]]:
        """Return members whose tier of `since` or later is not the one told last, with that one (empty for none)."""
        ...


class InvitationBook(Protocol):
    """Codes by which members invite friends, and who followed one."""

    async def code_of(self, member: MemberId) -> str | None:
        """Return the code of a member."""
        ...

    async def keep(self, member: MemberId, code: str) -> None:
        """Give a member a code.

        Raises:
            ConflictError: somebody has it, or they have one; here or by the commit.
        """
        ...

    async def whose(self, code: str) -> MemberId | None:
        """Return the member who invites by `code`."""
        ...

    async def follow(self, address: Address, inviter: MemberId, *, at: datetime) -> None:
        """Note whose invitation somebody followed, in the place of an earlier one."""
        ...

    async def inviter(self, address: Address) -> MemberId | None:
        """Return whose invitation somebody followed last and has not used."""
        ...

    async def close(self, address: Address) -> None:
        """Forget whose invitation somebody followed."""
        ...


class MembershipBooks(Protocol):
    """What people told the club, what they agreed to, what is kept of them.

    What a form has to remember of somebody before they are a member is kept sealed as well: `seal` and `unseal`.
    """

    @property
    def profiles(self) -> ProfileBook: ...
    @property
    def consents(self) -> ConsentBook: ...
    @property
    def codes(self) -> CodeBook: ...
    @property
    def privacy(self) -> PrivacyBook: ...
    @property
    def links(self) -> LinkBook: ...
    @property
    def birthdays(self) -> BirthdayBook: ...
    @property
    def notices(self) -> NoticeBook: ...
    @property
    def invitations(self) -> InvitationBook: ...
    @property
    def audit(self) -> AuditBook: ...

    def pseudonym(self, address: Address) -> str:
        """Return a keyed hash that names whoever writes from `address`, in letters, digits, dots, ``-`` and ``_``."""
        ...

    def witness(self, event_id: str) -> str:
        """Return a keyed hash of an event's id: who has the id can show that this was the event, nobody reads it out.

        Some platforms' ids name the person.
        """
        ...

    def seal(self, value: str) -> str:
        """Return `value` as it may be stored anywhere."""
        ...

    def unseal(self, sealed: str) -> str:
        """Return what was sealed.

        Raises:
            UnsealError: its key is not given any more.
        """
        ...
