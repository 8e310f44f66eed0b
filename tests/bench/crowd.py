"""Crowd: many people who ask a bot, and how long each waits for the answer."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Sequence

from tests.bench.lean import LeanTelegram

FIRST_PERSON = 100_000
TICK_SECONDS = 0.002
PATIENCE_SECONDS = 120.0


class Crowd:
    """People in front of one bot. Every question is answered by one message, in order."""

    def __init__(self, server: LeanTelegram, questions: Sequence[str], *, size: int) -> None:
        self._server = server
        self._questions = questions
        self._size = size
        self._chance = random.Random(1)  # noqa: S311 - the same questions for everybody
        self._asked: dict[int, deque[float]] = {FIRST_PERSON + number: deque() for number in range(size)}
        self._goes_on = False
        self._waits: list[float] = []
        self._heard_at = 0.0
        server.on_sent = self._hear

    async def rate(self, *, seconds: float) -> float:
        """Return messages a second while each waits for the answer and asks the next question.

        From the first question to the last answer: a bot that answers in bursts is measured like any other.
        """
        before, began = self._server.sent, time.perf_counter()
        self._goes_on = True
        for person in self._asked:
            self._ask(person, began)
        await asyncio.sleep(seconds)
        self._goes_on = False
        await self._end()
        return (self._server.sent - before) / (self._heard_at - began)

    async def waits(self, *, a_second: float, seconds: float) -> list[float]:
        """Return how long answers took, in seconds, sorted, with questions that come whatever the bot does."""
        people = list(self._asked)
        self._waits = []
        began, asked = time.perf_counter(), 0
        while (passed := time.perf_counter() - began) < seconds:
            while asked < passed * a_second:
                self._ask(people[asked % self._size], began + asked / a_second)
                asked += 1
            await asyncio.sleep(TICK_SECONDS)
        await self._end()
        return sorted(self._waits)

    def _ask(self, person: int, at: float) -> None:
        self._asked[person].append(at)
        self._server.push(person, self._chance.choice(self._questions))

    def _hear(self, person: int) -> None:
        now = self._heard_at = time.perf_counter()
        self._waits.append(now - self._asked[person].popleft())
        if self._goes_on:
            self._ask(person, now)

    async def _end(self) -> None:
        """Wait for the last answers.

        Raises:
            TimeoutError: some never came.
        """
        async with asyncio.timeout(PATIENCE_SECONDS):
            while any(self._asked.values()):  # noqa: ASYNC110 - they come from another process
                await asyncio.sleep(0.05)
