"""SIGKILL at random moments while people write on both platforms, at the platforms' own pace."""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.fakes.telegram import FakeTelegram, Limits
from tests.fakes.vk import FakeVk
from tests.integration.live.people import Correspondent, Crowd, telegram_people, vk_people
from tests.integration.live.process import Bot

EARLY = 0.2
"""The part of the kills that fall before the bot is ready."""
_DRAIN_SECONDS = 180.0
PACED = {"KLUBOK_TELEGRAM__PER_SECOND": "29", "KLUBOK_VK__REQUESTS_PER_SECOND": "18"}
"""As by default; only the second between two messages of one chat is left out, for people who write so fast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How often to kill, over how many messages in all, half on each platform."""

    kills: int
    messages: int
    people: int
    most_life_seconds: float = 2.0
    seed: int = 11

    @property
    def messages_a_life(self) -> int:
        """How many are written in one life, a third of them before it begins."""
        return self.messages // (self.kills + 1)


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What people saw, and what the bot knows of it. `repeats` are counted anew after every kill."""

    asked: int = 0
    complaints: list[str] = field(default_factory=list)
    vk_repeats: list[tuple[int, str]] = field(default_factory=list)
    telegram_repeats: list[tuple[int, str]] = field(default_factory=list)
    most_repeats_a_kill: int = 0
    doubted: set[tuple[int, str]] = field(default_factory=set)
    unfinished: Sequence[Sequence[object]] = ()
    violations: list[object] = field(default_factory=list)
    recovery_seconds: list[float] = field(default_factory=list)

    @property
    def unrecorded(self) -> list[tuple[int, str]]:
        """What was said twice without being known as an unknown outcome."""
        return [repeat for repeat in self.telegram_repeats if repeat not in self.doubted]


def run_kills(plan: Plan, directory: Path) -> Outcome:
    """Carry a plan out."""
    with FakeTelegram(limits=Limits(chat_per_second=None)) as telegram, FakeVk() as vk:
        vk.world.sends_per_hour = None
        half = plan.people // 2
        crowd = Crowd(members=_mixed(telegram_people(telegram, half), vk_people(vk, half)))
        with Bot(directory, telegram=telegram, vk=vk, settings=PACED) as bot:
            outcome = _Run(plan, crowd, bot).carry_out()
        outcome.violations = [*telegram.violations, *vk.violations]
        return outcome


class _Run:
    def __init__(self, plan: Plan, crowd: Crowd, bot: Bot) -> None:
        self._plan = plan
        self._crowd = crowd
        self._bot = bot
        self._chance = random.Random(plan.seed)  # noqa: S311
        self._writers = crowd.turns()
        self._outcome = Outcome()
        self._seen_repeats = 0

    def carry_out(self) -> Outcome:
        """Live and die so often; live on in the end, until everything is answered.

        VK does not tell a newcomer what was written before, so the first life begins in peace.
        """
        self._bot.start_ready()
        for _ in range(self._plan.kills):
            self._write(self._plan.messages_a_life // 3)
            self._live_shortly(self._plan.messages_a_life - self._plan.messages_a_life // 3)
            self._bot.kill()
            self._count_repeats()
        self._write(self._plan.messages - self._outcome.asked)
        self._bot.start_ready()
        self._bot.wait_until(lambda: self._crowd.is_answered, "not all is answered", seconds=_DRAIN_SECONDS)
        self._bot.wait_until(self._is_idle, "it is not idle", seconds=_DRAIN_SECONDS)
        self._bot.stop()
        return self._judge()

    def _is_idle(self) -> bool:
        state = self._bot.ready()
        return state.get("waiting") == 0 and state.get("queued") == 0

    def _live_shortly(self, messages: int) -> None:
        began = time.monotonic()
        is_first = self._bot.is_running
        if not is_first:
            self._bot.start()
        if not is_first and self._chance.random() < EARLY:
            seconds = self._chance.uniform(0.0, _typical(self._outcome.recovery_seconds))
        else:
            self._bot.wait_ready()
            self._outcome.recovery_seconds.append(time.monotonic() - began)
            seconds = self._chance.uniform(0.0, self._plan.most_life_seconds)
        for pause in _pauses(seconds, messages):
            time.sleep(pause)
            self._write(1)

    def _write(self, count: int) -> None:
        for _ in range(count):
            next(self._writers).ask()
        self._outcome.asked += count

    def _count_repeats(self) -> None:
        seen = len(self._crowd.repeats("telegram"))
        self._outcome.most_repeats_a_kill = max(self._outcome.most_repeats_a_kill, seen - self._seen_repeats)
        self._seen_repeats = seen

    def _judge(self) -> Outcome:
        self._count_repeats()
        outcome = self._outcome
        outcome.complaints = self._crowd.complaints()
        outcome.vk_repeats = self._crowd.repeats("vk")
        outcome.telegram_repeats = self._crowd.repeats("telegram")
        outcome.doubted = self._bot.doubted()
        outcome.unfinished = self._bot.rows(
            "SELECT direction, status, count(*) FROM transcript WHERE status NOT IN ('handled', 'sent') GROUP BY 1, 2"
        )
        return outcome


def _mixed(*platforms: Sequence[Correspondent]) -> list[Correspondent]:
    return [member for members in zip(*platforms, strict=True) for member in members]


def _typical(seconds: Sequence[float]) -> float:
    return sum(seconds) / len(seconds) if seconds else 5.0


def _pauses(seconds: float, count: int) -> Iterator[float]:
    return (seconds / count for _ in range(count))
