"""Play: customers, people of the brand, the clock, restarts, lost messages in any order; the real core over SQLite.

After every step it is looked whether anybody was lost, answered by two, or told what was meant for another.
"""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from bot.app import App, make_core
from bot.domain.actions import Action
from bot.domain.desk.terms import DeskTerms
from bot.domain.desk.ticket import Ticket
from bot.domain.errors import ChannelError, ThrottledError, UnknownOutcomeError
from bot.domain.ids import ChannelName
from bot.domain.messages import Address, Event, Pressed, Said
from bot.domain.replies import OutgoingMessage
from bot.domain.staff import Role, StaffMember
from bot.runtime.clock import MovableClock
from bot.services.desk.tickets import Tickets
from bot.services.desk.timing import AlwaysOpen
from bot.storage.database import Database, open_database
from bot.storage.schema import prepare
from tests.fakes.answers import FakeAnswers
from tests.fakes.channel import FakeChannel
from tests.fakes.talk import NOON
from tests.fakes.translator import KeyTranslator

CONSOLE = ChannelName("console")
CUSTOMERS = ("ann", "bob", "cyd", "dan")
OPERATORS = ("op1", "op2")
CHIEF = "chief"
STAFF = (*OPERATORS, CHIEF)
ROOM = Address(CONSOLE, "room", "")
MOST_REPLIES = 12
"""Messages that one event may bring about: one to each of the staff twice, and to the customer."""


def _me(user: str) -> Address:
    return Address(CONSOLE, user, user)


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody just did: `text` is unique, so that it is known wherever it turns up."""

    by: str
    text: str
    before: Ticket | None = None
    held: frozenset[str] = frozenset()


class Play:
    """One desk and the chances of what happens next."""

    def __init__(self, folder: Path, seed: int, *, has_room: bool = False) -> None:
        """With `has_room` the staff works in a common chat, and now and then in private."""
        self._chance = Random(seed)  # noqa: S311 - chance that can be repeated
        self._has_room = has_room
        self._url = f"sqlite+aiosqlite:///{folder / 'play.db'}"
        self._clock = MovableClock(NOON)
        self._channel = FakeChannel()
        self._numbers = 0
        self._opened = AsyncExitStack()
        self._database: Database | None = None
        self.app: App | None = None
        self.steps = 0
        self.said: dict[str, str] = {}
        """Texts of customers, and by whom."""
        self.answers: dict[str, str] = {}
        """Texts of the staff that went to customers, and to whom they were meant to go."""

    async def open(self) -> "Play":
        """Start, or start again after a crash: nothing is kept but the database and what the platform shows."""
        await self._opened.aclose()
        self._opened = AsyncExitStack()
        self._database = await self._opened.enter_async_context(open_database(self._url))
        await prepare(self._database)
        self.app = make_core(
            uow=self._database.unit_of_work,
            answers=FakeAnswers(),
            translator=KeyTranslator(),
            channels=[self._channel],
            clock=self._clock,
            batch=16,
            tickets=Tickets(DeskTerms(rooms=(ROOM,) if self._has_room else ()), AlwaysOpen()),
        )
        async with self._database.unit_of_work() as uow:
            for user, role in (*((each, Role.OPERATOR) for each in OPERATORS), (CHIEF, Role.SUPERVISOR)):
                await uow.staff.add(StaffMember(address=_me(user), role=role), at=NOON)
            await uow.commit()
        return self

    async def close(self) -> None:
        """End."""
        await self._opened.aclose()

    async def step(self) -> None:
        """Let one thing happen, and all that comes of it; then look whether all is well."""
        self.steps += 1
        chance = self._chance.random()
        if chance < 0.02:
            await self.open()
        elif chance < 0.12:
            self._lose()
        elif chance < 0.2:
            await self._wait()
        elif chance < 0.6:
            await self._customer()
        else:
            await self._staff()

    def _lose(self) -> None:
        """What may have arrived is sent once more; after that it is left at that, so it happens to no message twice."""
        if self._channel.errors:
            return
        errors: list[Callable[[], ChannelError]] = [
            lambda: ChannelError("away"),
            lambda: UnknownOutcomeError("who knows"),
            lambda: ThrottledError(1.0),
        ]
        self._channel.errors.append(self._chance.choice(errors)())

    async def _wait(self) -> None:
        minutes = self._chance.choice((1, 5, 16, 61, 60 * 26))
        self._clock.advance(timedelta(minutes=minutes))
        await self._settle()
        await self._look(None, [])

    async def _customer(self) -> None:
        who = self._chance.choice(CUSTOMERS)
        kind = self._chance.random()
        if kind < 0.2:
            await self._do(who, "people.contacts")
        elif kind < 0.25:
            await self._do(who, "people.enough")
        elif kind < 0.3:
            await self._do(who, "people.bot")
        else:
            await self._say(who, f"{self._word()} доставка?")

    async def _staff(self) -> None:
        who = self._chance.choice(STAFF)
        number = self._chance.randint(1, 6)
        commands: list[Callable[[], Awaitable[None]]] = [
            lambda: self._say(who, "/next"),
            lambda: self._say(who, f"/take {number}"),
            lambda: self._say(who, "/close"),
            lambda: self._say(who, f"/close {number}"),
            lambda: self._say(who, "/return"),
            lambda: self._say(who, "/hold 2h"),
            lambda: self._say(who, f"/transfer @{self._chance.choice(STAFF)}"),
            lambda: self._say(who, f"/reopen {number}"),
            lambda: self._say(who, self._chance.choice(("/online", "/offline", "/queue", "/team"))),
            lambda: self._say(who, f"/ {self._word()}"),
        ]
        if self._chance.random() < 0.55:
            await self._say(who, f"{self._word()} answer")
        else:
            await self._chance.choice(commands)()

    def _word(self) -> str:
        self._numbers += 1
        return f"w{self._numbers}x"

    async def _say(self, who: str, text: str) -> None:
        before, held = await self._state(who)
        self._numbers += 1
        sender, is_group = self._place(who)
        event = Said(
            id=f"e{self._numbers}", sender=sender, at=self._clock.now(), text=text, name=who, is_group=is_group
        )
        if who in CUSTOMERS:
            self.said[text] = who
        await self._happen(event, Deed(by=who, text=text, before=before, held=held))

    def _place(self, who: str) -> tuple[Address, bool]:
        is_there = self._has_room and who in STAFF and self._chance.random() < 0.8
        return (Address(CONSOLE, ROOM.chat_id, who), True) if is_there else (_me(who), False)

    async def _do(self, who: str, name: str) -> None:
        self._numbers += 1
        event = Pressed(id=f"e{self._numbers}", sender=_me(who), at=self._clock.now(), action=Action(name))
        await self._happen(event, None)

    async def _state(self, who: str) -> tuple[Ticket | None, frozenset[str]]:
        """The customer's open ticket; and the customers whose tickets a person of the brand has."""
        assert self._database is not None
        async with self._database.unit_of_work(is_reading=True) as uow:
            ticket = await uow.desk.tickets.open_of(_me(who))
            held = await uow.desk.tickets.held(_me(who))
        return ticket, frozenset(each.customer.user_id for each in held)

    async def _happen(self, event: Event, deed: Deed | None) -> None:
        assert self.app is not None
        seen = len(self._channel.taken)
        await self.app.inbox.accept(event)
        await self._settle()
        said = self._channel.taken[seen:]
        assert not any(message.text.startswith("error-turn") for message in said), f"a turn was given up: {event}"
        await self._look(deed, said)

    async def _settle(self) -> None:
        """Let everything happen that is to happen; what is tried again later is tried again."""
        assert self.app is not None
        await self.app.settle()
        for _ in range(8):
            await self.app.deliver()
            if not await self._queued():
                break
            self._clock.advance(timedelta(seconds=15))
        while await self.app.wake():
            await self.app.deliver()

    async def _queued(self) -> int:
        assert self._database is not None
        async with self._database.unit_of_work(is_reading=True) as uow:
            return (await uow.transcript.count_by_status()).get("out:queued", 0)

    async def _look(self, deed: Deed | None, said: list[OutgoingMessage]) -> None:
        assert len(said) <= MOST_REPLIES, f"one event brought about {len(said)} messages: a loop?"
        self._look_at_screens(said)
        if deed is None:
            return
        if deed.by in CUSTOMERS:
            self._look_at_customer(deed, said)
        else:
            self._look_at_staff(deed, said)

    def _look_at_screens(self, said: list[OutgoingMessage]) -> None:
        """Nobody reads what another customer said, and no customer reads a note."""
        for message in said:
            if message.to.user_id in CUSTOMERS:
                for text, author in self.said.items():
                    assert text not in message.text or author == message.to.user_id, f"{author} was shown to another"

    def _look_at_customer(self, deed: Deed, said: list[OutgoingMessage]) -> None:
        """Who talks to a person, or waits for one, is passed on; all others are answered by the bot. Never both."""
        own = [message for message in said if message.to.user_id == deed.by]
        shown = [message for message in said if _is_of_staff(message.to) and deed.text in message.text]
        if deed.before is not None and deed.before.silences_bot:
            assert shown, f"nobody sees {deed.text!r}, state {deed.before.state}"
            spoke = [message.text for message in own if not message.text.startswith("desk-")]
            assert not spoke, f"the bot spoke to who talks to a person: {spoke}"
        else:
            assert own, f"nobody answers {deed.text!r}"

    def _look_at_staff(self, deed: Deed, said: list[OutgoingMessage]) -> None:
        """What is typed goes to one customer whose ticket they have, or to nobody; notes and commands to nobody."""
        got = {message.to.user_id for message in said if message.to.user_id in CUSTOMERS and deed.text in message.text}
        if deed.text.startswith("/"):
            assert not got, f"{deed.text!r} was shown to {got}"
            return
        assert len(got) <= 1, f"{deed.text!r} went to {got}"
        assert got <= deed.held, f"{deed.text!r} of {deed.by} went to {got}, who talk to somebody else"
        told = [message for message in said if message.to.user_id == deed.by or message.to.chat_id == ROOM.chat_id]
        assert got or told, f"{deed.by} is not told what became of {deed.text!r}"


def _is_of_staff(to: Address) -> bool:
    return to.user_id in STAFF or to.chat_id == ROOM.chat_id
