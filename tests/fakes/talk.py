"""Talk: a scripted person in front of the whole core, with stores and texts that are fakes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.dialogue.render import Fit, Renderer
from bot.domain.actions import Action
from bot.domain.conversation import Conversation
from bot.domain.ids import ChannelName
from bot.domain.messages import Address, ContactShared, Event, Pressed, Said, Started, Woke
from bot.domain.replies import OutgoingMessage
from bot.runtime.clock import MovableClock
from bot.runtime.courier import Courier
from bot.runtime.inbox import Inbox
from bot.runtime.pump import Pump
from bot.runtime.scheduler import Scheduler
from bot.services.desk.tickets import Tickets
from bot.services.ports import UnitOfWorkFactory
from bot.skills.club.care import CareParts
from bot.skills.club.phone import JoiningParts
from bot.skills.desk.parts import Teach
from bot.skillset import make_dialogue
from tests.fakes.answers import FakeAnswers
from tests.fakes.channel import FakeChannel
from tests.fakes.translator import KeyTranslator
from tests.fakes.uow import FakeDatabase

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Talk:
    """Says and presses; returns what came back. Everything said ends up in `messages`."""

    def __init__(
        self,
        uow: UnitOfWorkFactory | None = None,
        *,
        user: str = "u1",
        chat: str = "c1",
        fits: Mapping[str, Fit] | None = None,
        channel: str = "console",
        name: str | None = None,
        joining: JoiningParts | None = None,
        clock: MovableClock | None = None,
        care: CareParts | None = None,
        tickets: Tickets | None = None,
        teach: Teach | None = None,
        numbers: Iterator[int] | None = None,
    ) -> None:
        self.uow = uow or FakeDatabase().unit_of_work
        self.clock = clock or MovableClock(NOON)
        self.me = Address(ChannelName(channel), chat, user)
        self.name = name
        self.messages: list[OutgoingMessage] = []
        numbers = numbers or count(1)
        self._new_id: Callable[[], str] = lambda: f"{user}-{next(numbers)}"
        translator = KeyTranslator()
        self.answers = FakeAnswers()
        self.dialogue = make_dialogue(
            self.answers, translator, self.clock, joining=joining, care=care, tickets=tickets, teach=teach
        )
        self.renderer = Renderer(translator, {ChannelName(name): fit for name, fit in (fits or {}).items()})
        self.inbox = Inbox(self.uow, clock=self.clock)
        self.pump = Pump(uow=self.uow, dialogue=self.dialogue, renderer=self.renderer, clock=self.clock)
        self.channel = FakeChannel(name=self.me.channel)
        self.courier = Courier(uow=self.uow, channels=[self.channel], clock=self.clock)
        self.scheduler = Scheduler(uow=self.uow, clock=self.clock, new_id=self._new_id)

    async def say(self, text: str) -> list[OutgoingMessage]:
        """Type `text`."""
        return await self.happen(
            Said(id=self._new_id(), sender=self.me, at=self.clock.now(), text=text, name=self.name)
        )

    async def share(self, phone: str, *, is_own: bool = True) -> list[OutgoingMessage]:
        """Share a contact."""
        event = ContactShared(
            id=self._new_id(), sender=self.me, at=self.clock.now(), phone=phone if is_own else "", is_own=is_own
        )
        return await self.happen(event)

    async def wake(self, action: Action | None) -> list[OutgoingMessage]:
        """Let a timer or a job tell something."""
        assert action is not None
        return await self.happen(Woke(id=self._new_id(), sender=self.me, at=self.clock.now(), action=action))

    async def start(self, payload: str = "") -> list[OutgoingMessage]:
        """Follow a deep link."""
        return await self.happen(Started(id=self._new_id(), sender=self.me, at=self.clock.now(), payload=payload))

    async def press(self, wanted: str) -> list[OutgoingMessage]:
        """Press the latest button of that label, or perform the action given by name (``flow.back:…``)."""
        action = self._find(wanted)
        return await self.happen(Pressed(id=self._new_id(), sender=self.me, at=self.clock.now(), action=action))

    async def happen(self, event: Event) -> list[OutgoingMessage]:
        """Let `event` happen and everything come of it."""
        await self.inbox.accept(event)
        return await self.settle()

    async def wait(self, time: timedelta) -> list[OutgoingMessage]:
        """Let time pass."""
        self.clock.advance(time)
        replies = []
        while await self.scheduler.wake():
            replies += await self.settle()
        return replies

    async def conversation(self) -> Conversation:
        """Read what is remembered of this person."""
        async with self.uow() as uow:
            return (await uow.conversations.load([self.me], language="ru"))[self.me]

    async def settle(self) -> list[OutgoingMessage]:
        """Answer and deliver everything that waits."""
        while await self.pump.work():
            pass
        while await self.courier.deliver():
            pass
        replies, self.channel.taken = list(self.channel.taken), []
        self.messages.extend(replies)
        return replies

    def _find(self, wanted: str) -> Action:
        for message in reversed(self.messages):
            for button in (button for row in message.buttons for button in row):
                if button.label == wanted and isinstance(button.target, Action):
                    return button.target
        name, *args = wanted.split(":")
        return Action(name, tuple(args))


def keys(messages: Sequence[OutgoingMessage]) -> list[str]:
    """What was said, by the first line of each."""
    return [message.text.split("\n")[0] for message in messages]


def labels(message: OutgoingMessage) -> list[str]:
    """The buttons in reading order."""
    return [button.label for row in message.buttons for button in row]
