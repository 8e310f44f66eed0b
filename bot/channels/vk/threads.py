"""Threads: blocking calls of the library, away from everybody else's thread pool."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

Result = TypeVar("Result")
Job = Callable[[], None]


class Threads:
    """A few daemon threads: one that hangs in a socket does not keep the process from ending.

    Each thread calls `leave` when it ends, so that what it opened for itself is closed.
    """

    def __init__(self, count: int, *, name: str, leave: Callable[[], None]) -> None:
        self._count = count
        self._name = name
        self._leave = leave
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []

    async def run(self, work: Callable[[], Result]) -> Result:
        """Return what `work` returns; raise what it raises. What has begun goes on when the caller is cancelled."""
        self._start()
        done: Future[Result] = Future()

        def job() -> None:
            if not done.set_running_or_notify_cancel():
                return
            try:
                result = work()
            except BaseException as error:  # it is raised where the work was asked for
                done.set_exception(error)
            else:
                done.set_result(result)

        self._jobs.put(job)
        return await asyncio.wrap_future(done)

    def close(self) -> None:
        """Let the threads end after what they are doing; does not wait."""
        for _ in self._threads:
            self._jobs.put(None)
        self._threads.clear()

    def _start(self) -> None:
        if len(self._threads) < self._count:
            thread = threading.Thread(target=self._serve, name=f"{self._name}-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
        self._leave()
