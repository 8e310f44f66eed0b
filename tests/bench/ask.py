"""`klubok ask` on the demo pack: CPU time and memory of the whole process, from start to answer.

`python -m tests.bench.ask [--smoke]`
"""

import os
import statistics
import subprocess
import sys

from tests.bench.figures import Figures

QUESTION = "сколько стоит доставка?"
MEGABYTE = 1024  # ru_maxrss is in KiB on Linux


def cost() -> tuple[float, float]:
    """Return CPU seconds and MB of one run."""
    command = [sys.executable, "-m", "bot", "ask", QUESTION]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"klubok ask failed with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MEGABYTE


def main() -> None:
    """Take the median of several runs."""
    figures = Figures("klubok ask")
    costs = [cost() for _ in range(1 if figures.is_smoke else 7)]
    figures.at_most("CPU from start to answer", statistics.median(cpu for cpu, _ in costs), 2, "s")
    figures.at_most("memory, highest", max(memory for _, memory in costs), 180, "MB")
    figures.finish()


if __name__ == "__main__":
    main()
