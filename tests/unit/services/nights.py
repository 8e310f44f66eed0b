"""Nights to live through: a club in memory whose clock is moved from one thing due to the next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.contacts.emails import SyntaxEmailReader
from bot.domain.contact_data.birthday import Birthday, day_of_year, iso_birthday
from bot.domain.ids import ChannelName
from bot.domain.loyalty.card import card_number
from bot.domain.loyalty.commands import Burn, Earn
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Consent, Program, RuleKind, Words
from bot.domain.members.consent import ConsentChange, ConsentEvent
from bot.domain.members.profile import ProfileField
from bot.domain.messages import Address
from bot.domain.replies import OutgoingMessage
from bot.runtime.nightly import NightShift
from bot.services.club.inviting import Inviting
from bot.services.club.membership import KnownBirthday
from bot.services.club.nightly import Nightly
from bot.services.club.notices import Notices
from bot.services.club.points import Points
from bot.services.club.profiles import Profiles
from bot.skills.club.care import CareParts
from tests.contract.club_samples import CLUB, rule
from tests.fakes.chance import FakeChance
from tests.fakes.talk import Talk
from tests.fakes.uow import FakeDatabase

DAY = timedelta(days=1)
ADS = Consent(
    id="advertising", version="1", is_required=False, title=Words(default="Ads"), text=Words(default="Send me ads")
)
PROGRAM = replace(CLUB, rules=(*CLUB.rules, rule("birthday", RuleKind.BIRTHDAY, points=300)), consents=(ADS,))
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
"""A Monday, 15:00 in Moscow."""


def care(program: Program = PROGRAM) -> CareParts:
    return CareParts(
        program=lambda: program,
        points=Points(),
        notices=Notices(),
        inviting=Inviting(FakeChance([7, 7, 8])),
        profiles=Profiles(SyntaxEmailReader()),
    )


class Nights:
    """A club and whoever is in it. Everybody is talked to on one clock."""

    def __init__(self, program: Program = PROGRAM, *, kept_for: timedelta | None = None) -> None:
        self.database = FakeDatabase()
        self.program = program
        self.kept_for = kept_for
        self.talks: list[Talk] = []
        self._first = self.talk("first")
        self.clock = self._first.clock
        self.shift = self.new_shift()

    def new_shift(self) -> NightShift:
        """Start the program anew."""
        program = self.program
        work = Nightly(
            program=lambda: program,
            zone=lambda: program.zone,
            points=Points(),
            notices=Notices(),
            kept_for=self.kept_for,
        )
        return NightShift(uow=self.database.unit_of_work, clock=self.clock, work=work)

    def talk(self, user: str, *, channel: str = "console") -> Talk:
        """Have somebody who may write; everybody's clock is the first one's."""
        talk = Talk(self.database.unit_of_work, user=user, chat=user, channel=channel, care=care(self.program))
        self.talks.append(talk)
        return talk

    async def join(self, address: Address, *, invited_by: Member | None = None) -> Member:
        """Make somebody a member."""
        async with self.database.unit_of_work() as uow:
            account = await uow.club.ledger.create()
            inviter = invited_by.id if invited_by is not None else None
            card = card_number("27", account)
            member = await uow.club.members.create(
                account, card=card, joined_at=self.clock.now(), age_confirmed=18, invited_by=inviter
            )
            await uow.club.members.link(address, member.id, at=self.clock.now())
            await uow.membership.profiles.put(member.id, {ProfileField.NAME: "Анна"})
            await uow.commit()
        return member

    async def earn(self, member: Member, points: int, *, pending: int = 0, life: int = 0) -> None:
        """Give points that wait and live so many days, to the end of the last one in Moscow."""
        now = self.clock.now()
        midnight = now.astimezone(self.program.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        earn = Earn(
            account=member.account,
            key=f"{member.id}:{points}:{now}",
            points=points,
            activates_at=midnight + (pending + 1) * DAY if pending else None,
            expires_at=midnight + (life + 1) * DAY if life else None,
        )
        async with self.database.unit_of_work() as uow:
            await Points().post(uow, earn, now=now)
            await uow.commit()

    async def spend(self, member: Member, points: int) -> None:
        """Spend points."""
        async with self.database.unit_of_work() as uow:
            burn = Burn(account=member.account, key=f"burn:{member.id}", points=points)
            await Points().post(uow, burn, now=self.clock.now())
            await uow.commit()

    async def available(self, member: Member) -> int:
        """Look at what somebody can spend, as last written."""
        async with self.database.unit_of_work() as uow:
            account = await uow.club.ledger.account(member.account)
        assert account is not None
        return account.available

    async def born(self, member: Member, day: int, month: int, *, known_days_ago: int = 30) -> None:
        """Have somebody's birthday known for so long."""
        birthday = Birthday(day=day, month=month)
        async with self.database.unit_of_work() as uow:
            await uow.membership.profiles.put(member.id, {ProfileField.BIRTHDAY: iso_birthday(birthday)})
            known = KnownBirthday(member=member.id, known_at=self.clock.now() - known_days_ago * DAY)
            await uow.membership.birthdays.put(day_of_year(birthday), known)
            await uow.commit()

    async def agree(self, address: Address, *, change: ConsentChange = ConsentChange.GIVEN) -> None:
        """Have somebody agree to advertising messages on one channel, or take it back."""
        event = ConsentEvent(
            document=ADS.id,
            version=ADS.version,
            digest="d",
            language="ru",
            change=change,
            by=address,
            shown_ref="",
            event_id="e",
            at=self.clock.now(),
        )
        async with self.database.unit_of_work() as uow:
            await uow.membership.consents.add(event)
            await uow.commit()

    async def live(self, time: timedelta) -> list[OutgoingMessage]:
        """Let time pass, from one thing due to the next; return what was said to anybody."""
        until, said = self.clock.now() + time, list[OutgoingMessage]()
        while (due := await self._next_due_at()) is not None and due <= until:
            self.clock.move_to(due)
            while await self.shift.do():
                pass
            said += await self._wake()
        self.clock.move_to(until)
        return said

    async def _wake(self) -> list[OutgoingMessage]:
        said = list[OutgoingMessage]()
        while await self._first.scheduler.wake():
            while await self._first.pump.work():
                pass
        for talk in {talk.me.channel: talk for talk in self.talks}.values():
            said += await talk.settle()
        return said

    async def _next_due_at(self) -> datetime | None:
        timer = await self._first.scheduler.next_due_at()
        night = await self.shift.next_due_at()
        return min(night, timer) if timer is not None else night


def told(messages: list[OutgoingMessage]) -> list[tuple[str, str]]:
    """Who was told what."""
    return [(message.to.user_id, message.text) for message in messages]


def address(user: str, channel: str = "console") -> Address:
    """Where somebody writes from."""
    return Address(ChannelName(channel), user, user)
