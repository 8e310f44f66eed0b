"""What waits for its turn in a topic leaves as one message, and each line of it is marked."""

import asyncio
from collections.abc import Sequence

from bot.domain.desk.terms import DeskTerms
from bot.domain.errors import RefusedError
from bot.domain.messages import Address, Said
from bot.domain.replies import QueuedMessage
from bot.runtime.courier import Courier
from bot.services.channel import Pace, SendResult
from tests.fakes.channel import FakeChannel
from tests.unit.runtime.sending import running, statuses, until
from tests.unit.skills.desk.office import CONSOLE, Office

ROOM, TOPIC = Address(CONSOLE, "room", ""), Address(CONSOLE, "room/5", "")


class Slow(FakeChannel):
    """Keeps the first message until told; takes nothing that has a word which it `refuses`."""

    def __init__(self) -> None:
        super().__init__(pace=Pace(per_second=10_000), knows_repeats=False)
        self.gate = asyncio.Event()
        self.refuses = ""

    async def send(self, messages: Sequence[QueuedMessage]) -> Sequence[SendResult]:
        await self.gate.wait()
        if self.refuses and any(self.refuses in item.message.text for item in messages):
            return [RefusedError("no") for _ in messages]
        return await super().send(messages)


async def at_work() -> Office:
    """An office where an operator has Ann's ticket in her topic."""
    office = await Office(DeskTerms(rooms=(ROOM,))).open()
    await office.ann.say("позовите человека")
    async with office.database.unit_of_work() as uow:
        await uow.desk.rooms.keep(office.ann.me, TOPIC)
        await uow.commit()
    await office.talk("op", chat="room/5").say("/take")
    return office


async def said(office: Office, *texts: str) -> None:
    """Let Ann say something that is passed on, and send nothing."""
    for text in texts:
        event = Said(id=f"s-{text}", sender=office.ann.me, at=office.clock.now(), text=text, ref=text)
        await office.ann.inbox.accept(event)
        while await office.ann.pump.work():
            pass


async def arrived(office: Office, channel: Slow) -> list[str]:
    """Let three lines come while the first is on its way; return what arrived."""
    courier = Courier(uow=office.database.unit_of_work, channels=[channel], clock=office.clock)
    await said(office, "раз")
    async with running(courier):
        await until(lambda: not courier.is_idle)
        await said(office, "два", "три", "четыре")
        courier.ring()
        await asyncio.sleep(0.05)
        channel.gate.set()
        await until(lambda: courier.is_idle)
    return [message.text for message in channel.taken]


async def test_lines_that_wait_leave_together_and_each_is_marked() -> None:
    office, channel = await at_work(), Slow()
    before = (await statuses(office.ann))["out:sent"]
    assert await arrived(office, channel) == ["раз", "два\nтри\nчетыре"]
    assert await statuses(office.ann) == {"out:sent": before + 4}


async def test_no_line_of_several_is_known_by_what_the_platform_has() -> None:
    office, channel = await at_work(), Slow()
    await arrived(office, channel)
    async with office.database.unit_of_work() as uow:
        refs = [
            await uow.desk.relays.copy_ref(relay)
            for text in ("раз", "два", "четыре")
            for relay in await uow.desk.relays.of_message(office.ann.me, text)
        ]
    assert refs == ["1", "", ""]


async def test_what_is_refused_together_is_marked_for_each() -> None:
    office, channel = await at_work(), Slow()
    before = (await statuses(office.ann))["out:sent"]
    channel.refuses = "два"
    await arrived(office, channel)
    assert await statuses(office.ann) == {"out:sent": before + 1, "out:failed": 3}
