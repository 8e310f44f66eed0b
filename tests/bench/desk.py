"""A busy desk: many open tickets, many operators, customers who go on writing; how late the desk sees it, what a look
at the queue costs.

`python -m tests.bench.desk [--smoke]`: 2 000 open tickets, half of them held by 20 operators, 50 customers' messages a
second for two minutes, on SQLite, with a platform that takes everything at once, so that its own pace is left out.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.app import App, make_core
from bot.channels.console.parse import CONSOLE
from bot.domain.desk.terms import DeskTerms
from bot.domain.desk.ticket import Cause
from bot.domain.messages import Address, Said
from bot.domain.replies import QueuedMessage
from bot.domain.staff import Role, StaffMember
from bot.runtime.clock import SystemClock
from bot.services.channel import SendResult
from bot.services.desk.tickets import Tickets
from bot.services.desk.timing import AlwaysOpen
from bot.storage.database import Database, open_database
from bot.storage.schema import prepare
from tests.bench.figures import Figures
from tests.fakes.answers import FakeAnswers
from tests.fakes.channel import FakeChannel
from tests.fakes.translator import KeyTranslator

TICKETS, OPERATORS = 2_000, 20
PER_SECOND, SECONDS = 50, 120
LOOKS = 40
PATIENCE_SECONDS = 30.0


class Watch(FakeChannel):
    """The platform, with an eye on when the staff sees a text."""

    def __init__(self) -> None:
        super().__init__(name=CONSOLE)
        self.written: dict[str, float] = {}
        self.seen: dict[str, float] = {}

    async def send_one(self, item: QueuedMessage) -> SendResult:
        """Take it; the last word of a text names it."""
        if item.message.to.user_id.startswith("op"):
            mark = item.message.text.rsplit(" ", 1)[-1]
            if mark in self.written:
                self.seen.setdefault(mark, time.perf_counter())
        return "1"


@dataclass(slots=True)
class Shift:
    """A desk at work."""

    app: App
    watch: Watch
    database: Database
    clock: SystemClock = field(default_factory=SystemClock)

    async def fill(self, tickets: int) -> None:
        """Open tickets, and let operators take every other one."""
        desk = Tickets(DeskTerms(), AlwaysOpen())
        now = self.clock.now()
        for first in range(0, tickets, 100):
            async with self.database.unit_of_work() as uow:
                for number in range(first, min(first + 100, tickets)):
                    called = await desk.call(uow, _customer(number), Cause.WISH, topic=f"topic {number}", now=now)
                    if number % 2:
                        by = _operator(number)
                        await desk.claim(uow, called.ticket, by=by, seat=by, now=now)
                await uow.commit()

    async def write(self, number: int) -> None:
        """Let a customer whose ticket is held write."""
        mark = f"m{number}"
        customer = _customer(2 * number % TICKETS + 1)
        self.watch.written[mark] = time.perf_counter()
        event = Said(id=mark, sender=customer, at=self.clock.now(), text=f"words {mark}", name="Ann")
        await self.app.inbox.accept(event)

    async def look(self, number: int) -> float:
        """Ask for the queue; return the seconds of the processor."""
        event = Said(id=f"q{number}", sender=_operator(number), at=self.clock.now(), text="/queue")
        await self.app.inbox.accept(event)
        began = time.process_time()
        await self.app.settle()
        spent = time.process_time() - began
        await self.app.deliver()
        return spent


def _customer(number: int) -> Address:
    return Address(CONSOLE, f"c{number}", f"c{number}")


def _operator(number: int) -> Address:
    name = f"op{number % OPERATORS}"
    return Address(CONSOLE, name, name)


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Shift]:
    """Open a desk with its people."""
    async with open_database(f"sqlite+aiosqlite:///{folder / 'desk.db'}") as database:
        await prepare(database)
        async with database.unit_of_work() as uow:
            for number in range(OPERATORS):
                member = StaffMember(address=_operator(number), role=Role.OPERATOR)
                await uow.staff.add(member, at=SystemClock().now())
            await uow.commit()
        watch = Watch()
        app = make_core(
            uow=database.unit_of_work,
            answers=FakeAnswers(),
            translator=KeyTranslator(),
            channels=[watch],
            clock=SystemClock(),
            batch=64,
            tickets=Tickets(DeskTerms(lease=timedelta(days=1)), AlwaysOpen()),
        )
        yield Shift(app=app, watch=watch, database=database)


async def _busy(shift: Shift, *, seconds: int) -> None:
    """Let customers write at their pace while the app works by itself; then wait until all is seen."""
    async with asyncio.TaskGroup() as tasks:
        workers = [tasks.create_task(work()) for work in shift.app.workers()]
        began, number = time.perf_counter(), 0
        while number < seconds * PER_SECOND:
            await shift.write(number)
            number += 1
            await asyncio.sleep(max(began + number / PER_SECOND - time.perf_counter(), 0))
        deadline = time.perf_counter() + PATIENCE_SECONDS
        while len(shift.watch.seen) < number and time.perf_counter() < deadline:  # noqa: ASYNC110 - a look now and then
            await asyncio.sleep(0.05)
        for worker in workers:
            worker.cancel()


async def measure(figures: Figures) -> None:
    """Fill the desk, look at its queue, let it be busy."""
    seconds = 3 if figures.is_smoke else SECONDS
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder)) as shift:
            await shift.fill(TICKETS)
            looks = sorted([await shift.look(number) for number in range(LOOKS)])
            figures.at_most("/queue with 2 000 open tickets, median", looks[LOOKS // 2] * 1000, 50, "ms CPU")
            await _busy(shift, seconds=seconds)
            late = sorted(
                shift.watch.seen[mark] - at for mark, at in shift.watch.written.items() if mark in shift.watch.seen
            )
            lost = len(shift.watch.written) - len(late)
    figures.show("customers' messages", len(late) + lost)
    figures.show("from customer to desk, p50", late[len(late) // 2] * 1000, "ms")
    figures.at_most("from customer to desk, p99", late[int(len(late) * 0.99)], 2, "s")
    figures.at_most("messages that the desk did not see", lost, 0)


def main() -> None:
    """Measure, and judge."""
    figures = Figures("desk")
    asyncio.run(measure(figures))
    figures.finish()


if __name__ == "__main__":
    main()
