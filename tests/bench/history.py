"""What a turn costs in a database with a million rows of transcript, against an empty one.

`python -m tests.bench.history [--smoke]`: the same turns on both, alternating, 64 conversations a batch; small talk
only, so that the store is most of the cost.
"""

import asyncio
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import App, make_core
from bot.channels.console.channel import ConsoleChannel
from bot.channels.console.parse import CONSOLE
from bot.domain.messages import Address, Said
from bot.knowing import Knowledge, open_knowledge
from bot.runtime.clock import SystemClock
from bot.settings import Settings
from bot.storage.database import open_database
from bot.storage.schema import prepare
from tests.bench.figures import Figures

PEOPLE = 10_000
BATCH = 64
FIRST = datetime(2025, 1, 1, tzinfo=UTC)


def history(rows: int) -> Iterator[tuple[object, ...]]:
    """Pairs of a question and its answer, as turns leave them."""
    for number in range(rows // 2):
        at = (FIRST + timedelta(seconds=number)).strftime("%Y-%m-%d %H:%M:%S.%f")
        contact, question = number % PEOPLE + 1, 2 * number + 1
        yield (question, contact, "console", "in", "handled", f"old-{number}", None, None, "said", at, "вопрос", "{}")
        yield (question + 1, contact, "console", "out", "sent", None, question, 0, "faq", at, "ответ " * 20, "{}")


def fill(path: Path, rows: int) -> None:
    """Write `rows` old rows."""
    with sqlite3.connect(path) as connection:
        people = ((number, "console", f"old{number}", f"old{number}") for number in range(1, PEOPLE + 1))
        connection.executemany("INSERT INTO contacts (id, channel, chat_id, user_id) VALUES (?, ?, ?, ?)", people)
        connection.executemany(
            "INSERT INTO transcript (id, contact_id, channel, direction, status, update_id, answers_id, number, kind,"
            " occurred_at, text, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            history(rows),
        )
    connection.close()


async def turns(app: App, round_number: int, batches: int) -> float:
    """Return the seconds of one turn."""
    began = time.perf_counter()
    for batch in range(batches):
        async with asyncio.TaskGroup() as people:
            for number in range(BATCH):
                me = Address(CONSOLE, f"c{number}", f"u{number}")
                name = f"{round_number}-{batch}-{number}"
                people.create_task(app.inbox.accept(Said(id=name, sender=me, at=app.clock.now(), text="спасибо")))
        await app.settle()
        await app.deliver()
    return (time.perf_counter() - began) / (batches * BATCH)


async def open_app(stack: AsyncExitStack, path: Path, knowledge: Knowledge, rows: int) -> App:
    """A core on a file with `rows` old rows."""
    database = await stack.enter_async_context(open_database(f"sqlite+aiosqlite:///{path}"))
    await prepare(database)
    if rows:
        await asyncio.to_thread(fill, path, rows)
    return make_core(
        uow=database.unit_of_work,
        answers=knowledge.answers,
        translator=knowledge.translator,
        channels=[ConsoleChannel()],
        clock=SystemClock(),
        batch=2 * BATCH,
    )


async def compare(figures: Figures, knowledge: Knowledge, *, rows: int, rounds: int, batches: int) -> None:
    """Alternate between both databases."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        empty = await open_app(stack, folder / "empty.db", knowledge, 0)
        full = await open_app(stack, folder / "full.db", knowledge, rows)
        costs: dict[str, list[float]] = {"empty": [], "full": []}
        for number in range(rounds):
            costs["empty"].append(await turns(empty, number, batches))
            costs["full"].append(await turns(full, number, batches))
    medians = {name: statistics.median(found[1:] or found) * 1000 for name, found in costs.items()}
    figures.show("a turn in an empty database", medians["empty"], "ms")
    figures.show(f"a turn beside {rows} rows", medians["full"], "ms")
    figures.at_most("full / empty", medians["full"] / medians["empty"], 1.2, "x")


def main() -> None:
    """Fill, compare, judge."""
    figures = Figures("history")
    knowledge = open_knowledge(Settings())
    if figures.is_smoke:
        asyncio.run(compare(figures, knowledge, rows=20_000, rounds=3, batches=2))
    else:
        asyncio.run(compare(figures, knowledge, rows=1_000_000, rounds=21, batches=10))
    figures.finish()


if __name__ == "__main__":
    main()
