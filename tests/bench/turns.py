"""Durable turns a second through the whole core, 64 conversations at once.

`python -m tests.bench.turns [--smoke]`: the core as it is, the same with one commit a turn, the same with one commit a
message as well, and the same on a store that keeps nothing, in turns within one run; the ratios are of medians. With
one commit a turn as many turns are taken between two deliveries as the core takes at once, and delivered in one
batch, so that only the commits of turns differ.

People ask in two ways. `quick`: what is found as it is written, so that a turn is hardly more than its storage: here
one commit a turn is judged. `thoughtful`: free questions about goods and service, of which each has to be thought
about: here the store that keeps nothing is judged, by the time that people wait. All ratios are shown for both.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
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
QUICK = (
    "Сколько стоит доставка?",
    "Где сейчас мой заказ?",
    "Есть ли рассрочка?",
    "спасибо",
    "Можно ли заплатить наличными?",
)
THOUGHTFUL = (
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


@dataclass(frozen=True, slots=True)
class Store:
    """Where turns are kept; `relaxed` is for the marks of what was sent, as in a bot that runs."""

    uow: UnitOfWorkFactory
    relaxed: UnitOfWorkFactory


@dataclass(frozen=True, slots=True)
class Load:
    """What is known, what is asked of it and how often."""

    knowledge: Knowledge
    questions: Sequence[str]
    turns: int


async def person(number: int, load: Load, app: App, audience: Audience, wake: asyncio.Event) -> None:
    """Ask, wait for the answer, ask on."""
    me = Address(CONSOLE, f"c{number}", f"u{number}")
    for turn in range(load.turns // CONVERSATIONS):
        audience.answered(me).clear()
        text = load.questions[(turn + number) % len(load.questions)]
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


async def rate(store: Store, load: Load, *, batch: int = BATCH, delivered: int = 2 * BATCH) -> float:
    """Measure turns a second, with `batch` turns a commit and `delivered` messages a commit."""
    audience = Audience()
    app = make_core(
        uow=store.uow,
        relaxed_uow=store.relaxed,
        answers=load.knowledge.answers,
        translator=load.knowledge.translator,
        channels=[audience],
        clock=SystemClock(),
        batch=batch,
    )
    app = replace(app, courier=Courier(uow=store.relaxed, channels=[audience], clock=app.clock, batch=delivered))
    batches = max(1, min(CONVERSATIONS, delivered) // batch)
    wake = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        server = tasks.create_task(serve(app, wake, batches=batches))
        began = time.perf_counter()
        async with asyncio.TaskGroup() as people:
            for number in range(CONVERSATIONS):
                people.create_task(person(number, load, app, audience, wake))
        took = time.perf_counter() - began
        server.cancel()
    return load.turns // CONVERSATIONS * CONVERSATIONS / took


@asynccontextmanager
async def sqlite_file() -> AsyncIterator[Store]:
    """A new database file."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_database(f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}") as database:
            await prepare(database)
            yield Store(database.unit_of_work, partial(database.unit_of_work, is_relaxed=True))


async def durable(load: Load) -> float:
    """The core as it is."""
    async with sqlite_file() as store:
        return await rate(store, load)


async def one_turn(load: Load) -> float:
    """One turn a transaction, messages delivered as ever."""
    async with sqlite_file() as store:
        return await rate(store, load, batch=1)


async def one_message(load: Load) -> float:
    """One turn a transaction, one message a transaction."""
    async with sqlite_file() as store:
        return await rate(store, load, batch=1, delivered=1)


async def forgetful(load: Load) -> float:
    """A store that keeps nothing."""
    forgetful = ForgetfulDatabase().unit_of_work
    return await rate(Store(forgetful, forgetful), load)


WAYS: Mapping[str, Callable[[Load], Coroutine[None, None, float]]] = {
    "durable": durable,
    "one commit a turn": one_turn,
    "one commit a turn, one a message": one_message,
    "keeps nothing": forgetful,
}


def ratios(name: str, load: Load, *, rounds: int, figures: Figures) -> Mapping[str, float]:
    """Run rounds of all ways, show the medians, and return how much faster the core is than each of the others."""
    rates: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way, run in WAYS.items():
            rates[way].append(asyncio.run(run(load)))
    medians = {way: statistics.median(found) for way, found in rates.items()}
    for way, median in medians.items():
        figures.show(f"{name}: {way}", median, "turns/s")
    return {way: medians["durable"] / median for way, median in medians.items()}


def main() -> None:
    """Measure both ways of asking, and judge."""
    figures = Figures("turns")
    rounds, turns = (1, 640) if figures.is_smoke else (5, 3200)
    knowledge = open_knowledge(Settings())
    quick = ratios("quick", Load(knowledge, QUICK, turns), rounds=rounds, figures=figures)
    thoughtful = ratios("thoughtful", Load(knowledge, THOUGHTFUL, turns), rounds=rounds, figures=figures)
    figures.at_least("quick: durable / one commit a turn", quick["one commit a turn"], 3, "x")
    figures.show("quick: durable / one commit a turn, one a message", quick["one commit a turn, one a message"], "x")
    figures.show("quick: durable / keeps nothing", quick["keeps nothing"], "x")
    figures.show("thoughtful: durable / one commit a turn", thoughtful["one commit a turn"], "x")
    figures.at_least("thoughtful: durable / keeps nothing", thoughtful["keeps nothing"], 0.8, "x")
    figures.finish()


if __name__ == "__main__":
    main()
