"""Office: two customers, two operators and one who leads, in front of one desk."""

from collections.abc import Sequence
from itertools import count

from bot.domain.desk.terms import DeskTerms
from bot.domain.desk.ticket import Ticket
from bot.domain.ids import ChannelName
from bot.domain.messages import Address, Said
from bot.domain.replies import OutgoingMessage
from bot.domain.staff import Role, StaffMember
from bot.runtime.clock import MovableClock
from bot.runtime.courier import Courier
from bot.services.desk.tickets import Tickets
from bot.services.desk.timing import AlwaysOpen, Timing
from tests.fakes.channel import FakeChannel
from tests.fakes.talk import NOON, Talk
from tests.fakes.uow import FakeDatabase

CONSOLE = ChannelName("console")


class Office:
    """All talk over one store and one clock; what is said to anybody comes back from whoever acts."""

    def __init__(self, terms: DeskTerms | None = None, timing: Timing | None = None) -> None:
        self.database = FakeDatabase()
        self.clock = MovableClock(NOON)
        self._numbers = count(1)
        self._lines: tuple[FakeChannel, Courier] | None = None
        self.taught: list[tuple[str, str, str]] = []
        self.terms, self.timing = terms or DeskTerms(), timing or AlwaysOpen()
        self.ann, self.bob, self.op, self.other, self.chief = map(self.talk, ("ann", "bob", "op", "other", "chief"))

    def talk(self, user: str, *, chat: str = "") -> Talk:
        """Have somebody talk, in private or in a chat."""
        talk = Talk(
            self.database.unit_of_work,
            user=user,
            chat=chat or user,
            name=user.title(),
            clock=self.clock,
            tickets=Tickets(self.terms, self.timing),
            numbers=self._numbers,
            teach=lambda *lesson: self.taught.append(lesson),
        )
        self._lines = self._lines or (talk.channel, talk.courier)  # one platform, which numbers its messages
        talk.channel, talk.courier = self._lines
        return talk

    async def open(self) -> "Office":
        """Let the people of the brand work."""
        async with self.database.unit_of_work() as uow:
            for talk, role in ((self.op, Role.OPERATOR), (self.other, Role.OPERATOR), (self.chief, Role.SUPERVISOR)):
                await uow.staff.add(StaffMember(address=talk.me, role=role), at=NOON)
            await uow.commit()
        return self

    async def reply(self, talk: Talk, message: OutgoingMessage, text: str) -> list[OutgoingMessage]:
        """Let somebody reply to what they were shown."""
        rows = self.database.tables.outbound.values()
        reference = next(
            row.reference for row in rows if row.message.text == message.text and row.message.to == message.to
        )
        said = Said(
            id=f"r{text}", sender=talk.me, at=self.clock.now(), text=text, is_group=True, reply_to=reference or ""
        )
        return await talk.happen(said)

    async def ticket(self, number: int = 1) -> Ticket:
        """Read a ticket."""
        async with self.database.unit_of_work() as uow:
            found = next(each for each in (await uow.desk.tickets.queue(), await uow.desk.tickets.held()) if each)
            last = await uow.desk.tickets.last_of(found[0].customer)
        assert last is not None
        return last


async def called(terms: DeskTerms | None = None) -> Office:
    """An office where Ann has asked something and called a person."""
    office = await Office(terms).open()
    await office.ann.say("что с заказом?")
    await office.ann.say("позовите человека")
    return office


async def taken(terms: DeskTerms | None = None) -> Office:
    """An office where an operator has taken Ann's ticket."""
    office = await called(terms)
    await office.op.say("/take 1")
    return office


async def two_held() -> Office:
    """An office where one operator has Ann's ticket and Bob's, and writes to Bob."""
    office = await called()
    await office.bob.say("позовите человека")
    await office.op.say("/take 1")
    await office.op.say("/take 2")
    return office


def to(messages: Sequence[OutgoingMessage], whom: Talk | Address) -> list[str]:
    """The first lines of what was said to somebody."""
    address = whom.me if isinstance(whom, Talk) else whom
    return [message.text.split("\n")[0] for message in messages if message.to == address]
