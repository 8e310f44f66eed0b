"""What a bot costs that nobody talks to: `klubok run` on both platforms with the demonstration pack.

`python -m tests.bench.idle [--smoke]`: CPU over 30 s after it has settled, and memory.
"""

import tempfile
import time
from pathlib import Path

import psutil

from tests.bench.figures import Figures
from tests.bench.running import running
from tests.fakes.telegram import FakeTelegram
from tests.fakes.vk import FakeVk

START_SECONDS = 60.0
MEGABYTE = 1e6


def watch(process: psutil.Process, seconds: float) -> tuple[float, float]:
    """Return the percentage of one core, and MB."""
    before, began = process.cpu_times(), time.monotonic()
    time.sleep(seconds)
    after, took = process.cpu_times(), time.monotonic() - began
    used = after.user + after.system - before.user - before.system
    return 100 * used / took, process.memory_info().rss / MEGABYTE


def main() -> None:
    """Start it, let it settle, watch it."""
    figures = Figures("idle")
    settle, seconds = (1.0, 2.0) if figures.is_smoke else (10.0, 30.0)
    with tempfile.TemporaryDirectory() as folder, FakeTelegram() as telegram, FakeVk() as vk:
        environment = {
            "KLUBOK_TELEGRAM__TOKEN": telegram.token,
            "KLUBOK_TELEGRAM__API_URL": telegram.base_url,
            "KLUBOK_VK__TOKEN": vk.token,
            "KLUBOK_VK__GROUP_ID": str(vk.group_id),
            "KLUBOK_VK__API_URL": vk.base_url,
            "KLUBOK_DATABASE_URL": f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}",
            "KLUBOK_WEB__PORT": "0",
        }
        with running("bot", "run", log=Path(folder) / "log", environment=environment) as started:
            telegram.wait_until(lambda: telegram.calls_of("getUpdates"), seconds=START_SECONDS)
            vk.wait_until(lambda: vk.calls_of("groups.getLongPollServer"), seconds=START_SECONDS)
            time.sleep(settle)
            cpu, memory = watch(psutil.Process(started.pid), seconds)
    figures.at_most("CPU of one core while idle", cpu, 1, "%")
    figures.at_most("memory, resident", memory, 300, "MB")
    figures.finish()


if __name__ == "__main__":
    main()
