"""GroupCommit: many callers, one transaction, no timer."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class GroupCommit(Generic[Item, Result]):
    """Writes everything that waits in one go; what comes meanwhile makes the next group.

    It clocks itself: alone, an item is written at once; under load, a group is as large as the time of a commit lets
    it grow. `write` returns one result an item, in order; when it raises, every item of the group gets the exception.
    """

    def __init__(self, write: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]]) -> None:
        self._write = write
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._writing = asyncio.Lock()

    async def submit(self, item: Item) -> Result:
        """Return the result of `item` after its group was written."""
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        try:
            async with self._writing:
                if not done.done():
                    await self._write_group()
            return await done
        except asyncio.CancelledError:
            self._waiting = [entry for entry in self._waiting if entry[1] is not done]
            raise

    async def _write_group(self) -> None:
        group, self._waiting = self._waiting, []
        try:
            results = await self._write([item for item, _ in group])
        except asyncio.CancelledError:
            self._waiting[:0] = group  # only this caller leaves: the next one in the queue writes for the others
            raise
        except BaseException as error:
            for _, done in group:
                _fail(done, error)
            raise
        for (_, done), result in zip(group, results, strict=True):
            if not done.done():
                done.set_result(result)


def _fail(done: "asyncio.Future[Result]", error: BaseException) -> None:
    if not done.done():
        done.set_exception(error)
        done.exception()  # retrieved: the caller may have gone
