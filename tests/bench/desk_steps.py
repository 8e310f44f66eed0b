"""The desk at length: whatever happens in whichever order, nobody is lost, answered by two, or told another's words.

`python -m tests.bench.desk_steps [--smoke]`
"""

import asyncio
import logging
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.figures import Figures
from tests.integration.desk.play import Play

STEPS = 100_000
ROUND = 2_000
"""Steps with one desk; then a new one begins."""


async def play(seed: int, steps: int) -> None:
    """Play with a new desk. A broken promise raises AssertionError."""
    with TemporaryDirectory() as folder:
        desk = await Play(Path(folder), seed, has_room=seed % 2 == 1).open()
        try:
            for _ in range(steps):
                await desk.step()
        finally:
            await desk.close()


def main() -> None:
    """Play until there are enough steps."""
    logging.disable(logging.WARNING)  # what is lost on purpose is no news
    figures = Figures("desk_steps")
    wanted = STEPS // 200 if figures.is_smoke else STEPS
    done, began = 0, time.process_time()
    while done < wanted:
        steps = min(ROUND, wanted - done)
        asyncio.run(play(done // ROUND, steps))
        done += steps
        print(f"   {done} steps, {time.process_time() - began:.0f} s of the processor", flush=True)
    figures.at_least("steps in which nobody was lost", done, wanted)
    figures.finish()


if __name__ == "__main__":
    main()
