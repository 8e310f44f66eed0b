"""Klubok in Telegram against a bot written the usual way, and against itself without a log.

`python -m tests.bench.telegram [--smoke]`: three bots, each a process of its own, before the same lean Bot API in
this process. They take turns within one run; figures are medians of rounds. Questions are those of the FAQ as they
are written there, so that looking for the answer costs little and the bot itself is measured.
"""

import asyncio
import re
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.domain.text import fold, has_cyrillic
from bot.knowing import read_pack
from bot.settings import DEMO_PACK, Settings
from bot.texts.files import locales_directory
from bot.texts.fluent import FluentTranslator
from tests.bench.crowd import Crowd
from tests.bench.figures import Figures
from tests.bench.lean import TOKEN, LeanTelegram
from tests.bench.running import running

USUAL, KLUBOK, FORGETFUL = "usual bot", "klubok", "klubok without a log"
MODULES: Mapping[str, Sequence[str]] = {
    USUAL: ("tests.bench.usual",),
    KLUBOK: ("bot", "run"),
    FORGETFUL: ("tests.bench.forgetful",),
}
LIFTED = {
    "KLUBOK_MERGE_SECONDS": "0",
    "KLUBOK_TELEGRAM__PER_SECOND": "10000",
    "KLUBOK_TELEGRAM__CHAT_SECONDS": "0",
    "KLUBOK_WEB__PORT": "0",
}
START_SECONDS = 60.0
MS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large the run is; times in seconds."""

    people: int
    rounds: int
    warm_up: float
    seconds: float


FULL = Size(people=1000, rounds=5, warm_up=0.1, seconds=5.0)
SMOKE = Size(people=100, rounds=1, warm_up=0.1, seconds=1.0)


def faq_questions() -> list[str]:
    """The questions of the demonstration's FAQ, in Russian; those that are commands as well would open a form."""
    pack = read_pack(Settings(), DEMO_PACK).pack
    assert pack is not None
    texts = [text for entry in pack.faq.values() for text in entry.questions if has_cyrillic(text) and '"' not in text]
    return [text for text in texts if fold(text.strip(" .!?")) not in _commands()]


@cache
def _commands() -> frozenset[str]:
    """Everything that is a command when it is typed alone."""
    files = locales_directory().rglob("*.ftl")
    keys = {
        key for file in files for key in re.findall(r"^command-[\w-]+", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    translator = FluentTranslator(("ru", "en"))
    return frozenset(word for key in keys for word in translator.words(key))


async def open_crowds(opened: AsyncExitStack, folder: Path, size: Size) -> dict[str, Crowd]:
    """Start every bot, with a server and people of its own."""
    questions = faq_questions()
    servers = {name: await opened.enter_async_context(LeanTelegram()) for name in MODULES}
    for name, (module, *arguments) in MODULES.items():
        environment = {
            "KLUBOK_TELEGRAM__TOKEN": TOKEN,
            "KLUBOK_TELEGRAM__API_URL": servers[name].base_url,
            "KLUBOK_DATABASE_URL": f"sqlite+aiosqlite:///{folder / module}.db",
            **LIFTED,
        }
        opened.enter_context(running(module, *arguments, log=folder / f"{module}.log", environment=environment))
    async with asyncio.timeout(START_SECONDS):
        for server in servers.values():
            await server.has_poller.wait()
    return {name: Crowd(server, questions, size=size.people) for name, server in servers.items()}


async def compare(figures: Figures, size: Size) -> None:
    """Let the bots take turns."""
    async with AsyncExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        crowds = await open_crowds(opened, folder, size)
        rates: dict[str, list[float]] = {name: [] for name in crowds}
        for crowd in crowds.values():
            await crowd.rate(seconds=size.warm_up)  # everybody is known by then
        for _ in range(size.rounds):
            for name, crowd in crowds.items():
                rates[name].append(await crowd.rate(seconds=size.seconds))
        medians = {name: statistics.median(found) for name, found in rates.items()}
        for name, median in medians.items():
            figures.show(f"{name}, {size.people} people", median, "msg/s")
        figures.at_least("klubok / usual bot", medians[KLUBOK] / medians[USUAL], 3, "x")
        figures.at_least("klubok / klubok without a log", medians[KLUBOK] / medians[FORGETFUL], 0.8, "x")
        await compare_waits(figures, crowds, medians[USUAL] / 2, size)


async def compare_waits(figures: Figures, crowds: Mapping[str, Crowd], a_second: float, size: Size) -> None:
    """Judge the slowest answers while questions come at half of what the usual bot can take."""
    figures.show("questions that come whatever the bots do", a_second, "msg/s")
    slowest: dict[str, list[float]] = {USUAL: [], KLUBOK: []}
    for _ in range(size.rounds):
        for name, found in slowest.items():
            waits = await crowds[name].waits(a_second=a_second, seconds=size.seconds)
            found.append(waits[int(len(waits) * 0.99)] * MS)
    usual, ours = statistics.median(slowest[USUAL]), statistics.median(slowest[KLUBOK])
    figures.show("usual bot, p99", usual, "ms")
    figures.show("usual bot, p99 of its quietest round", min(slowest[USUAL]), "ms")
    figures.show("klubok, p99 of its quietest round", min(slowest[KLUBOK]), "ms")
    figures.at_most("klubok, p99, against that of the usual bot", ours, usual, "ms")


def main() -> None:
    """Compare and judge."""
    figures = Figures("telegram")
    print("lean Bot API instead of the strict fake, the same for all; limits of pace lifted, no window for merging:")
    print("  " + " ".join(f"{name}={value}" for name, value in LIFTED.items()))
    asyncio.run(compare(figures, SMOKE if figures.is_smoke else FULL))
    figures.finish()


if __name__ == "__main__":
    main()
