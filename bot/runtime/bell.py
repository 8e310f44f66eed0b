"""Bell: one loop tells another that there is work."""

import asyncio


class Bell:
    """Rung any number of times, it wakes whoever waits once. To be used within one event loop."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake the waiter, or keep it from falling asleep."""
        self._rung.set()

    def ring_in(self, seconds: float) -> None:
        """Ring after a while."""
        asyncio.get_running_loop().call_later(seconds, self._rung.set)

    async def wait(self, seconds: float) -> None:
        """Wait for a ring, at most so long."""
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            pass
        self._rung.clear()
