"""What tests of the courier need: something to send, and a while to do it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.domain.messages import Said
from bot.runtime.courier import Courier
from bot.runtime.pump import Pump
from bot.services.channel import Pace
from tests.fakes.talk import Talk

QUICK = Pace(per_second=10_000)


@asynccontextmanager
async def running(courier: Courier) -> AsyncIterator[None]:
    """Let it send while the block lasts."""
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(courier.run())
        yield
        task.cancel()


async def until(is_so: Callable[[], bool]) -> None:
    """Let the loop go on until it is so."""
    async with asyncio.timeout(5):
        while not is_so():  # noqa: ASYNC110 - what it waits for happens in the same loop
            await asyncio.sleep(0.001)


async def queue(talk: Talk, *texts: str, user: str = "u1") -> None:
    """Have so many lines of one person answered, and nothing sent."""
    sender = talk.me if user == "u1" else Talk(talk.uow, user=user, chat=f"chat of {user}").me
    for number, text in enumerate(texts):
        await talk.inbox.accept(Said(id=f"{user}-{number}-{text}", sender=sender, at=talk.clock.now(), text=text))
    while await talk.pump.work():
        pass


def answering(talk: Talk, courier: Courier) -> Pump:
    """A pump that hands over to `courier`."""
    return Pump(uow=talk.uow, dialogue=talk.dialogue, renderer=talk.renderer, clock=talk.clock, taking=courier.taking)


async def statuses(talk: Talk) -> dict[str, int]:
    """Count what became of messages."""
    async with talk.uow() as uow:
        counts = await uow.transcript.count_by_status()
    return {name: count for name, count in counts.items() if name.startswith("out:")}
