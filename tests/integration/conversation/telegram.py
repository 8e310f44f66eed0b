"""TelegramPlayer: a person with Telegram's app, in front of the whole bot."""

from collections.abc import Sequence

from tests.fakes.telegram import FakeTelegram, Group, Person
from tests.fakes.telegram.chats import Message
from tests.integration.conversation.live import LiveBot
from tests.integration.conversation.player import Shown
from tests.integration.conversation.screens import Bubble, Screen
from tests.integration.conversation.script import Step

FIRST_PERSON = 10_000_000


class TelegramPlayer:
    """One person after the other, each with a group of their own."""

    platform = "telegram"
    shows_in_place = True

    def __init__(self, fake: FakeTelegram, bot: LiveBot) -> None:
        self._fake = fake
        self._bot = bot
        self._said: Message | None = None

    async def restart(self) -> None:
        """End the bot and start it again."""
        await self._bot.end()
        await self._bot.begin()

    def meet(self, number: int) -> None:
        """Be somebody new."""
        self._person = self._fake.person(FIRST_PERSON + number)
        self._group = self._fake.supergroup(owner=self._person)
        self._screens: dict[int, Screen] = {}

    async def act(self, step: Step) -> Sequence[Shown]:
        """Do it; the person's own chat is looked at, or the group."""
        text = "\n".join(step.lines)
        me, group = self._person, self._group
        match step.act:
            case "press":
                return await self._press(text)
            case "invite":
                group.add_bot(me)
            case "overhear":
                me.say(text, chat=group)
            case "call":
                me.say(text if text.startswith("/") else f"@klubok_bot {text}", chat=group)
            case _:
                self._act_in_private(step, text)
        place = group if step.act in {"invite", "overhear", "call"} else me
        return await self._look(place, events=len(step.lines))

    def _act_in_private(self, step: Step, text: str) -> None:
        me = self._person
        match step.act:
            case "say":
                with self._fake.world.lock:
                    self._said = [me.say(line) for line in step.lines][-1]
            case "start":
                me.start(text)
            case "photo":
                me.send_photo(caption=text)
            case "contact":
                me.send_contact(own=text == "own")
            case "edit":
                assert self._said is not None
                me.edit(self._said, text)
            case _:
                raise ValueError(step.act)

    async def _press(self, label: str) -> Sequence[Shown]:
        """Press it, turning pages on the way; every press is answered, or its button would turn for ever."""
        while True:
            number, found = self._screen(self._person).find(label)
            press = self._person.press(self._person.chat.messages[number], found)
            shown = await self._look(self._person, events=1)
            await self._fake.eventually(lambda: press.answer is not None)  # noqa: B023 - awaited in this round
            if found == label:
                return shown
            assert [one.replaces for one in shown] == [True], shown

    async def _look(self, place: Person | Group, *, events: int) -> Sequence[Shown]:
        kinds = await self._bot.answer(events)
        now = {
            message.id: Bubble(message.text, tuple(message.labels)) for message in place.messages if message.is_from_bot
        }
        return self._screen(place).look(now, kinds)

    def _screen(self, place: Person | Group) -> Screen:
        return self._screens.setdefault(place.id, Screen())
