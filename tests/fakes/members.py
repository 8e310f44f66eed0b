"""Members, the vault and the consent log in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime

from bot.domain.audit import AdjustmentId, AskedAdjustment, AuditLine
from bot.domain.codes import SentBefore, SentCode
from bot.domain.errors import ConflictError
from bot.domain.loyalty.member import Member, MemberId
from bot.domain.members.consent import ConsentEvent, ConsentText
from bot.domain.members.erasure import ErasureAct
from bot.domain.members.linking import Brought, LinkClaim
from bot.domain.members.notices import NoticeKind
from bot.domain.members.profile import UNIQUE_FIELDS, Profile, ProfileField
from bot.domain.messages import Address
from bot.services.club.keeping import PrivacyBook
from bot.services.club.membership import KnownBirthday
from tests.fakes.club.tables import ClubTables


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code that was sent."""

    phone: str
    by: Address
    sent: SentCode


@dataclass(slots=True)
class MemberTables:
    """Rows are never changed in place."""

    profiles: dict[MemberId, dict[ProfileField, str]] = field(default_factory=dict)
    texts: dict[str, ConsentText] = field(default_factory=dict)
    consents: dict[int, ConsentEvent] = field(default_factory=dict)
    codes: dict[int, CodeRow] = field(default_factory=dict)
    acts: dict[int, ErasureAct] = field(default_factory=dict)
    links: dict[str, LinkClaim] = field(default_factory=dict)
    birthdays: dict[MemberId, tuple[str, KnownBirthday]] = field(default_factory=dict)
    muted: dict[tuple[MemberId, NoticeKind], bool] = field(default_factory=dict)
    told: dict[tuple[MemberId, NoticeKind], str] = field(default_factory=dict)
    invitations: dict[MemberId, str] = field(default_factory=dict)
    invitees: dict[Address, MemberId] = field(default_factory=dict)
    audit: dict[int, AuditLine] = field(default_factory=dict)
    adjustments: dict[AdjustmentId, AskedAdjustment] = field(default_factory=dict)

    def copy(self) -> "MemberTables":
        """Take a snapshot."""
        return MemberTables(**{each.name: dict(getattr(self, each.name)) for each in fields(self)})


class FakeProfileBook:
    """`ProfileBook` in memory, with nothing sealed."""

    def __init__(self, tables: MemberTables) -> None:
        self._tables = tables

    async def put(self, member: MemberId, values: Mapping[ProfileField, str]) -> None:
        """Refuse what another member has."""
        for name in UNIQUE_FIELDS & values.keys():
            if values[name] and await self.whose(name, values[name]) not in {None, member}:
                raise ConflictError("taken")
        kept = {**self._tables.profiles.get(member, {}), **values}
        self._tables.profiles[member] = {name: value for name, value in kept.items() if value}

    async def get(self, member: MemberId) -> Profile:
        """Look it up."""
        return Profile(**{str(name): value for name, value in self._tables.profiles.get(member, {}).items()})

    async def whose(self, field: ProfileField, value: str) -> MemberId | None:
        """Look at all."""
        for member, values in self._tables.profiles.items():
            if values.get(field, "").casefold() == value.casefold():
                return member
        return None

    async def erase(self, member: MemberId) -> None:
        """Forget it."""
        self._tables.profiles.pop(member, None)


class FakeConsentBook:
    """`ConsentBook` in memory."""

    def __init__(self, tables: MemberTables) -> None:
        self._tables = tables

    async def keep_text(self, document: str, version: str, language: str, text: ConsentText) -> None:
        """Keep it once."""
        self._tables.texts.setdefault(text.digest, text)

    async def add(self, event: ConsentEvent) -> None:
        """Number it."""
        self._tables.consents[len(self._tables.consents) + 1] = event

    async def of(self, addresses: Sequence[Address]) -> Sequence[ConsentEvent]:
        """Pick them."""
        return [event for event in self._tables.consents.values() if event.by in addresses]


class FakeCodeBook:
    """`CodeBook` in memory."""

    def __init__(self, tables: MemberTables) -> None:
        self._tables = tables

    async def sent_before(self, phone: str, by: Address, *, since: datetime) -> SentBefore:
        """Count them."""
        late = [row for row in self._tables.codes.values() if row.sent.sent_at > since]
        return SentBefore(
            to_phone=[row.sent.sent_at for row in late if row.phone == phone],
            by_account=[row.sent.sent_at for row in late if row.by == by],
            by_programme=len(late),
        )

    async def add(self, phone: str, code: str, by: Address, *, at: datetime) -> None:
        """Number it."""
        sent = SentCode(digest=self.digest(phone, code), sent_at=at)
        self._tables.codes[len(self._tables.codes) + 1] = CodeRow(phone, by, sent)

    async def latest(self, phone: str, by: Address) -> SentCode | None:
        """Look at the last."""
        number = self._latest(phone, by)
        return None if number is None else self._tables.codes[number].sent

    async def keep(self, phone: str, by: Address, sent: SentCode) -> None:
        """Change the last."""
        number = self._latest(phone, by)
        if number is not None:
            self._tables.codes[number] = CodeRow(phone, by, sent)

    def digest(self, phone: str, code: str) -> str:
        """Hide nothing."""
        return f"{phone}:{code}"

    def _latest(self, phone: str, by: Address) -> int | None:
        found = [number for number, row in self._tables.codes.items() if (row.phone, row.by) == (phone, by)]
        return max(found, default=None)


class FakeLinkBook:
    """`LinkBook` in memory."""

    def __init__(self, tables: MemberTables) -> None:
        self._tables = tables

    async def begin(self, member: MemberId, code: str, *, at: datetime) -> None:
        """Keep it alone."""
        for other, claim in list(self._tables.links.items()):
            if claim.member == member and claim.confirmed_at is None:
                del self._tables.links[other]
        number = max((claim.id for claim in self._tables.links.values()), default=0) + 1
        self._tables.links[code] = LinkClaim(id=number, member=member, by=None, made_at=at)

    async def claim(self, code: str, by: Address) -> LinkClaim | None:
        """The first one has it."""
        found = self._tables.links.get(code)
        if found is not None and found.by is None:
            found = self._tables.links[code] = replace(found, by=by)
        return found

    async def get(self, claim: int) -> LinkClaim | None:
        """Look at all."""
        return next((found for found in self._tables.links.values() if found.id == claim), None)

    async def confirm(self, claim: int, *, at: datetime, brought: Brought | None = None) -> None:
        """Note it."""
        for code, found in self._tables.links.items():
            if found.id == claim:
                self._tables.links[code] = replace(found, confirmed_at=at, brought=brought)

    async def undo(self, claim: int, *, at: datetime) -> None:
        """Note it."""
        for code, found in self._tables.links.items():
            if found.id == claim:
                self._tables.links[code] = replace(found, undone_at=at)

    async def merged_at(self, member: MemberId) -> datetime | None:
        """Look at all."""
        return max(
            (
                claim.confirmed_at
                for claim in self._tables.links.values()
                if claim.member == member and claim.confirmed_at and claim.brought and claim.undone_at is None
            ),
            default=None,
        )


class FakeBirthdayBook:
    """`BirthdayBook` in memory, with nothing hashed."""

    def __init__(self, tables: MemberTables) -> None:
        self._tables = tables

    async def put(self, day: str, known: KnownBirthday) -> None:
        """Keep the last one."""
        self._tables.birthdays[known.member] = day, known

    async def get(self, member: MemberId) -> KnownBirthday | None:
        """Look it up."""
        found = self._tables.birthdays.get(member)
        return found[1] if found else None

    async def celebrating(self, days: Sequence[str], *, after: MemberId, limit: int) -> Sequence[KnownBirthday]:
        """Look at all."""
        rows = sorted(self._tables.birthdays.items())
        return [known for member, (day, known) in rows if day in days and member > after][:limit]

    async def hand_over(self, source: MemberId, target: MemberId) -> None:
        """Move it, unless there is one."""
        found = self._tables.birthdays.pop(source, None)
        if found is not None:
            day, known = found
            self._tables.birthdays.setdefault(target, (day, replace(known, member=target)))

    async def erase(self, member: MemberId) -> None:
        """Forget it."""
        self._tables.birthdays.pop(member, None)


class FakeNoticeBook:
    """`NoticeBook` in memory."""

    def __init__(self, tables: MemberTables, club: ClubTables) -> None:
        self._tables = tables
        self._club = club

    async def muted(self, member: MemberId) -> frozenset[NoticeKind]:
        """Look at all."""
        return frozenset(kind for (who, kind), is_muted in self._tables.muted.items() if who == member and is_muted)

    async def mute(self, member: MemberId, kind: NoticeKind, *, is_muted: bool) -> None:
        """Note it."""
        self._tables.muted[member, kind] = is_muted

    async def tell(self, member: MemberId, kind: NoticeKind, told: str) -> None:
        """Note it."""
        self._tables.told[member, kind] = told

    async def untold_tiers(self, *, since: date, limit: int) -> Sequence[tuple[Member, str]]:
        """Look at all."""
        found = []
        for member in sorted(self._club.members.values(), key=lambda member: member.id):
            told, standing = self._tables.told.get((member.id, NoticeKind.TIER), ""), member.standing
            if standing is not None and member.is_active and standing.since >= since and standing.tier != told:
                found.append((member, told))
        return found[:limit]


class FakeInvitationBook:
    """`InvitationBook` in memory."""

    def __init__(self, tables: MemberTables) -> None:
        self._tables = tables

    async def code_of(self, member: MemberId) -> str | None:
        """Look it up."""
        return self._tables.invitations.get(member)

    async def keep(self, member: MemberId, code: str) -> None:
        """Keep it once."""
        if member in self._tables.invitations or code in self._tables.invitations.values():
            raise ConflictError("taken")
        self._tables.invitations[member] = code

    async def whose(self, code: str) -> MemberId | None:
        """Look at all."""
        return next((member for member, kept in self._tables.invitations.items() if kept == code), None)

    async def follow(self, address: Address, inviter: MemberId, *, at: datetime) -> None:
        """Keep the last one."""
        self._tables.invitees[address] = inviter

    async def inviter(self, address: Address) -> MemberId | None:
        """Look it up."""
        return self._tables.invitees.get(address)

    async def close(self, address: Address) -> None:
        """Forget it."""
        self._tables.invitees.pop(address, None)


class FakeAuditBook:
    """`AuditBook` in memory."""

    def __init__(self, tables: MemberTables) -> None:
        self._tables = tables

    async def add(self, line: AuditLine) -> None:
        """Append."""
        self._tables.audit[len(self._tables.audit)] = line

    async def lines(self, *, member: MemberId | None = None, limit: int) -> Sequence[AuditLine]:
        """Filter."""
        return [line for line in self._tables.audit.values() if member in {None, line.member}][-limit:]

    async def ask(self, adjustment: AskedAdjustment) -> AdjustmentId:
        """Number it."""
        number = AdjustmentId(len(self._tables.adjustments) + 1)
        self._tables.adjustments[number] = replace(adjustment, id=number)
        return number

    async def asked(self, adjustment: AdjustmentId) -> AskedAdjustment | None:
        """Look it up."""
        return self._tables.adjustments.get(adjustment)

    async def decide(self, adjustment: AdjustmentId, *, by: Address, at: datetime) -> bool:
        """Let the first one decide."""
        asked = self._tables.adjustments.get(adjustment)
        if asked is None or asked.decided_by is not None:
            return False
        self._tables.adjustments[adjustment] = replace(asked, decided_by=by)
        return True


class FakeMembershipBooks:
    """`MembershipBooks` in memory."""

    def __init__(self, tables: MemberTables, privacy: PrivacyBook, club: ClubTables) -> None:
        self.birthdays = FakeBirthdayBook(tables)
        self.notices = FakeNoticeBook(tables, club)
        self.invitations = FakeInvitationBook(tables)
        self.privacy = privacy
        self.profiles = FakeProfileBook(tables)
        self.consents = FakeConsentBook(tables)
        self.codes = FakeCodeBook(tables)
        self.links = FakeLinkBook(tables)
        self.audit = FakeAuditBook(tables)

    def pseudonym(self, address: Address) -> str:
        """Hide nothing."""
        return f"{address.channel}-{address.user_id}"

    def witness(self, event_id: str) -> str:
        """Mark it."""
        return f"witness.{event_id}"

    def seal(self, value: str) -> str:
        """Mark it."""
        return f"sealed.{value}"

    def unseal(self, sealed: str) -> str:
        """Take the mark off."""
        return sealed.removeprefix("sealed.")
