"""Membership ports: what people told the club, what they agreed to, what is kept of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.codes import SentBefore, SentCode
from bot.domain.loyalty.member import MemberId
from bot.domain.members.consent import ConsentEvent, ConsentText
from bot.domain.members.erasure import ErasureAct, SaidLine
from bot.domain.members.linking import LinkClaim
from bot.domain.members.profile import Profile, ProfileField
from bot.domain.messages import Address


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

    async def confirm(self, claim: int, *, at: datetime) -> None:
        """Note that the member confirmed it."""
        ...


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

    async def age(self, before: datetime, *, limit: int) -> int:
        """Blank at most `limit` lines said before then; return how many."""
        ...

    async def add_act(self, act: ErasureAct) -> None:
        """Write an act down. It stays."""
        ...

    async def acts(self) -> Sequence[ErasureAct]:
        """Return all acts, oldest first."""
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

    def pseudonym(self, address: Address) -> str:
        """Return a keyed hash that names whoever writes from `address`, in letters, digits, dots, ``-`` and ``_``."""
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
