"""Durable turns a second through the whole core, 64 conversations at once.

`python -m tests.bench.turns [--smoke]`: the core as it is, the same with one commit a turn, the same with one commit a
message as well, and the same on a store that keeps nothing, in turns within one run; the ratios are of medians. With
one commit a turn as many turns are taken between two deliveries as the core takes at once, and delivered in one
batch, so that only the commits of turns differ: this ratio is judged.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from bot.app import App, make_core
from bot.channels.console.parse import CONSOLE
from bot.domain.messages import Address, Said
from bot.domain.replies import QueuedMessage
from bot.knowing import Knowledge, open_knowledge
from bot.runtime.clock import SystemClock
from bot.runtime.courier import Courier
from bot.services.channel import SendResult
from bot.services.ports import UnitOfWorkFactory
from bot.settings import Settings
from bot.storage.database import open_database
from bot.storage.schema import prepare
from tests.bench.figures import Figures
from tests.fakes.channel import FakeChannel
from tests.fakes.uow import ForgetfulDatabase

CONVERSATIONS = 64
BATCH = 2 * CONVERSATIONS
QUESTIONS = (
    "Сколько стоит доставка?",
    "как вернуть товар если не подошёл",
    "Lumix GH2",
    "сколько действуют баллы в клубе",
    "телевизор Viera 50 дюймов с 3D",
    "спасибо",
    "какая погода на Марсе",
    "гарантия на объектив сколько лет",
)


class Audience(FakeChannel):
    """The channel of people who ask the next question when the last one was answered."""

    def __init__(self) -> None:
        super().__init__(name=CONSOLE)
        self._answered: dict[Address, asyncio.Event] = {}

    async def send_one(self, item: QueuedMessage) -> SendResult:
        """Let the person know."""
        self.answered(item.message.to).set()
        return "1"

    def answered(self, address: Address) -> asyncio.Event:
        """Set when the last question of a person was answered."""
        return self._answered.setdefault(address, asyncio.Event())


async def person(number: int, questions: int, app: App, audience: Audience, wake: asyncio.Event) -> None:
    """Ask, wait for the answer, ask on."""
    me = Address(CONSOLE, f"c{number}", f"u{number}")
    for turn in range(questions):
        audience.answered(me).clear()
        text = QUESTIONS[(turn + number) % len(QUESTIONS)]
        await app.inbox.accept(Said(id=f"{number}-{turn}", sender=me, at=app.clock.now(), text=text))
        wake.set()
        await audience.answered(me).wait()


async def serve(app: App, wake: asyncio.Event, *, batches: int) -> None:
    """Let the core work for ever; take up to so many batches between two deliveries."""
    while True:
        wake.clear()
        answered = await take_turns(app, batches)
        delivered = await app.courier.deliver()
        if not answered and not delivered:
            await wake.wait()


async def take_turns(app: App, batches: int) -> bool:
    """Answer up to so many batches; tell whether anything waited."""
    for batch in range(batches):
        if not await app.pump.work():
            return batch > 0
    return True


async def rate(
    uow: UnitOfWorkFactory, knowledge: Knowledge, *, turns: int, batch: int = BATCH, delivered: int = 2 * BATCH
) -> float:
    """Measure turns a second, with `batch` turns a commit and `delivered` messages a commit."""
    audience = Audience()
    app = make_core(
        uow=uow,
        answers=knowledge.answers,
        translator=knowledge.translator,
        channels=[audience],
        clock=SystemClock(),
        batch=batch,
    )
    app = replace(app, courier=Courier(uow=uow, channels=[audience], clock=app.clock, batch=delivered))
    batches = max(1, min(CONVERSATIONS, delivered) // batch)
    wake = asyncio.Event()
    each = max(1, turns // CONVERSATIONS)
    async with asyncio.TaskGroup() as tasks:
        server = tasks.create_task(serve(app, wake, batches=batches))
        began = time.perf_counter()
        async with asyncio.TaskGroup() as people:
            for number in range(CONVERSATIONS):
                people.create_task(person(number, each, app, audience, wake))
        took = time.perf_counter() - began
        server.cancel()
    return each * CONVERSATIONS / took


@asynccontextmanager
async def sqlite_file() -> AsyncIterator[UnitOfWorkFactory]:
    """A new database file."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_database(f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}") as database:
            await prepare(database)
            yield database.unit_of_work


async def durable(knowledge: Knowledge, turns: int) -> float:
    """The core as it is."""
    async with sqlite_file() as uow:
        return await rate(uow, knowledge, turns=turns)


async def one_turn(knowledge: Knowledge, turns: int) -> float:
    """One turn a transaction, messages delivered as ever."""
    async with sqlite_file() as uow:
        return await rate(uow, knowledge, turns=turns, batch=1)


async def one_message(knowledge: Knowledge, turns: int) -> float:
    """One turn a transaction, one message a transaction."""
    async with sqlite_file() as uow:
        return await rate(uow, knowledge, turns=turns, batch=1, delivered=1)


async def forgetful(knowledge: Knowledge, turns: int) -> float:
    """A store that keeps nothing."""
    return await rate(ForgetfulDatabase().unit_of_work, knowledge, turns=turns)


def main() -> None:
    """Run rounds of all and judge the medians."""
    figures = Figures("turns")
    rounds, turns = (1, 640) if figures.is_smoke else (5, 6400)
    knowledge = open_knowledge(Settings())
    ways: dict[str, Callable[[Knowledge, int], Awaitable[float]]] = {
        "durable": durable,
        "one commit a turn": one_turn,
        "one commit a turn, one a message": one_message,
        "keeps nothing": forgetful,
    }
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            rates[name].append(asyncio.run(_run(way, knowledge, turns)))
    medians = {name: statistics.median(found) for name, found in rates.items()}
    for name, median in medians.items():
        figures.show(name, median, "turns/s")
    figures.at_least("durable / one commit a turn", medians["durable"] / medians["one commit a turn"], 3, "x")
    figures.show(
        "durable / one commit a turn, one a message",
        medians["durable"] / medians["one commit a turn, one a message"],
        "x",
    )
    figures.at_least("durable / keeps nothing", medians["durable"] / medians["keeps nothing"], 0.8, "x")
    figures.finish()


async def _run(way: Callable[[Knowledge, int], Awaitable[float]], knowledge: Knowledge, turns: int) -> float:
    return await way(knowledge, turns)


if __name__ == "__main__":
    main()
