"""Bell: wakes what waits in the server's loop, rung from any thread."""

import asyncio


class Bell:
    """Rings are not stored: look first, then wait, without an await between."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: set[asyncio.Event] = set()

    def attach(self) -> None:
        """Belong to the running loop."""
        self._loop = asyncio.get_running_loop()

    def detach(self) -> None:
        """Leave the loop; rings do nothing from here on."""
        self._loop = None

    def ring(self) -> None:
        """Wake all that wait."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    async def wait(self, seconds: float) -> None:
        """Wait for a ring, or until the time is over."""
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            async with asyncio.timeout(max(0.0, seconds)):
                await event.wait()
        except TimeoutError:
            pass
        finally:
            self._waiting.discard(event)

    def _wake(self) -> None:
        for event in self._waiting:
            event.set()
