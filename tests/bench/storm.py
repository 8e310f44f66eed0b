"""Mutated updates of both platforms, brought to a running bot and polled by it.

`python -m tests.bench.storm [--smoke]`: in the end the process lives and answers, and has raised nothing.
"""

import tempfile
import time
from pathlib import Path

from tests.bench.figures import Figures
from tests.integration.live.storm import Storm

FULL, SMOKE = 20_000, 300


def main() -> None:
    """Print the figures."""
    figures = Figures("storm")
    count = SMOKE if figures.is_smoke else FULL
    for is_brought in (False, True):
        way = "brought" if is_brought else "polled"
        began = time.perf_counter()
        with tempfile.TemporaryDirectory() as directory:
            storm = Storm(Path(directory), is_brought=is_brought).blow(count)
            figures.show(f"{way}: updates of each platform", count)
            figures.show(f"{way}: Telegram, counted as no event", storm.ignored["telegram"])
            figures.show(f"{way}: VK, counted as no event", storm.ignored["vk"])
            figures.at_most(f"{way}: exceptions in the log", storm.bot.log.count("Traceback"), 0)
            figures.show(f"{way}: all took", time.perf_counter() - began, "s")
    figures.finish()


if __name__ == "__main__":
    main()
