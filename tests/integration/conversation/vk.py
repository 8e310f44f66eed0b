"""VkPlayer: a person with VK's app, in front of the whole bot."""

from collections.abc import Awaitable, Callable, Sequence

from tests.fakes.vk import FakeVk
from tests.fakes.vk.conversations import Message
from tests.fakes.vk.people import Chat
from tests.integration.conversation.live import LiveBot
from tests.integration.conversation.player import Shown
from tests.integration.conversation.screens import Bubble, Screen
from tests.integration.conversation.script import Step


class VkPlayer:
    """One person after the other, each with a chat of their own."""

    platform = "vk"
    shows_in_place = True

    def __init__(self, fake: FakeVk, bot: LiveBot, *, is_ready: Callable[[], Awaitable[None]]) -> None:
        """Connect it; `is_ready` returns when events come in."""
        self._fake = fake
        self._bot = bot
        self._is_ready = is_ready
        self._said: Message | None = None

    async def restart(self) -> None:
        """End the bot and start it again."""
        await self._bot.end()
        await self._bot.begin()
        await self._is_ready()

    def meet(self, number: int) -> None:
        """Be somebody new."""
        self._person = self._fake.person(number)
        self._chat = self._fake.chat(number, [self._person])
        self._screens: dict[int, Screen] = {}

    async def act(self, step: Step) -> Sequence[Shown]:
        """Do it; the person's own dialogue is looked at, or the chat."""
        text = "\n".join(step.lines)
        me, chat = self._person, self._chat
        match step.act:
            case "press":
                return await self._press(text)
            case "invite":
                chat.invite_bot(me)
            case "overhear":
                me.say(text, chat=chat)
            case "call":
                me.say(chat.mention(text), chat=chat)
            case _:
                self._act_in_private(step, text)
        place = chat if step.act in {"invite", "overhear", "call"} else None
        return await self._look(place, events=len(step.lines))

    def _act_in_private(self, step: Step, text: str) -> None:
        me = self._person
        match step.act:
            case "say":
                with self._fake.world.lock:
                    self._said = [me.say(line) for line in step.lines][-1]
            case "start":
                me.start(ref=text or None)
            case "photo":
                me.send_photo(text)
            case "edit":
                assert self._said is not None
                me.edit(self._said, text)
            case _:
                raise ValueError(step.act)

    async def _press(self, label: str) -> Sequence[Shown]:
        """Press it, turning pages on the way; every press is answered, or its button would turn for ever."""
        while True:
            number, found = self._screen(None).find(label)
            message = next(each for each in self._person.messages if each.cmid == number)
            event_id = self._person.press(message, found)
            assert event_id is not None
            shown = await self._look(None, events=1)
            press = self._person.answer_to(event_id)
            await self._fake.until(lambda: press.is_answered)  # noqa: B023 - awaited in this round
            if found == label:
                return shown
            assert [one.replaces for one in shown] == [True], shown

    async def _look(self, place: Chat | None, *, events: int) -> Sequence[Shown]:
        kinds = await self._bot.answer(events)
        now = {
            message.cmid: Bubble(message.text, tuple(message.labels)) for message in (place or self._person).messages
        }
        return self._screen(place).look(now, kinds)

    def _screen(self, place: Chat | None) -> Screen:
        return self._screens.setdefault(0 if place is None else place.peer_id, Screen())
