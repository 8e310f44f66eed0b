"""`klubok run` in a process of its own: started, killed, ended and looked at from outside."""

import json
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.fakes.telegram import FakeTelegram
from tests.fakes.vk import FakeVk
from tests.integration.cli.process import KLUBOK, environment
from tests.integration.live.pack import write_pack
from tests.integration.live.people import Crowd

ROOT = Path(__file__).parents[3]
START_SECONDS = 60.0
OK = 200
_LOOK_SECONDS = 0.02

QUICK = {
    "KLUBOK_MERGE_SECONDS": "0",
    "KLUBOK_TELEGRAM__CHAT_SECONDS": "0",
    "KLUBOK_TELEGRAM__PER_SECOND": "300",
    "KLUBOK_VK__REQUESTS_PER_SECOND": "300",
}
"""Settings for tests that are not about pace."""
IMPATIENT = {
    "KLUBOK_TELEGRAM__POLL_SECONDS": "2",
    "KLUBOK_TELEGRAM__TIMEOUT_SECONDS": "2",
    "KLUBOK_TELEGRAM__CONFLICT_SECONDS": "1",
    "KLUBOK_VK__POLL_SECONDS": "2",
    "KLUBOK_VK__TIMEOUT_SECONDS": "2",
    "KLUBOK_VK__PAUSE_SECONDS": "1",
}
"""Settings for tests in which nobody answers for a while."""


class Bot:
    """One bot with its folder: pack, database, log of its `name`. Every `start` is a new process with the same log.

    A failed wait shows the end of the log.
    """

    def __init__(
        self,
        directory: Path,
        *,
        telegram: FakeTelegram | None = None,
        vk: FakeVk | None = None,
        name: str = "bot",
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.directory = directory
        self.database = directory / "bot.db"
        self.log_file = directory / f"{name}.log"
        self.port = free_port()
        self.settings = {**_platforms(telegram, vk), **QUICK, **(settings or {})}
        self._process: subprocess.Popen[bytes] | None = None
        self._pack = directory / "pack"
        if not self._pack.exists():
            write_pack(self._pack)

    def start(self) -> Self:
        """Start a process; it is not ready yet."""
        settings = {
            "KLUBOK_PACK": str(self._pack),
            "KLUBOK_DATABASE_URL": f"sqlite+aiosqlite:///{self.database}",
            "KLUBOK_WEB__PORT": str(self.port),
            **self.settings,
        }
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                [*KLUBOK, "run"],
                stdout=log,
                stderr=log,
                cwd=self.directory,
                env=environment(PYTHONPATH=str(ROOT), **settings),
            )
        return self

    def start_ready(self) -> Self:
        """Start a process and wait until it works."""
        self.start()
        self.wait_ready()
        return self

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The running process."""
        assert self._process is not None, "not started"
        return self._process

    def kill(self) -> None:
        """End it as a crash would."""
        self.process.kill()
        self.process.wait()

    def terminate(self) -> None:
        """Ask it to end."""
        self.process.send_signal(signal.SIGTERM)

    def wait_ended(self, *, seconds: float) -> int:
        """Return its exit code.

        Raises:
            AssertionError: it did not end in time.
        """
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"it did not end in {seconds} s\n{self.log_end()}") from None

    def stop(self) -> None:
        """End it in order, and see that it does."""
        self.terminate()
        code = self.wait_ended(seconds=15)
        assert code == 0, f"exit code {code}\n{self.log_end()}"

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def ready(self) -> Mapping[str, Any]:
        """Ask how it is; ``status`` is that of the answer, 0 when nobody answers."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return {**json.load(answer), "status": answer.status}
        except HTTPError as error:
            with error:
                return {**json.load(error), "status": error.code}
        except (URLError, OSError, ValueError):
            return {"status": 0}

    def wait_ready(self, *, seconds: float = START_SECONDS) -> None:
        """Wait until it says that it works."""
        self.wait_until(lambda: self.ready()["status"] == OK, "is not ready", seconds=seconds)

    def wait_until(self, is_so: Callable[[], object], what: str, *, seconds: float) -> None:
        """Wait while the process lives.

        Raises:
            AssertionError: not in time, or the process has ended.
        """
        deadline = time.monotonic() + seconds
        while not is_so():
            assert self.is_running, f"the process has ended with {self.process.returncode}\n{self.log_end()}"
            assert time.monotonic() < deadline, f"{what} after {seconds} s: {self.ready()}\n{self.log_end()}"
            time.sleep(_LOOK_SECONDS)

    def wait_answered(self, crowd: Crowd, *, seconds: float = 30.0) -> None:
        """Wait until everybody has an answer to the last question; nobody lost one on the way."""
        self.wait_until(lambda: crowd.is_answered, "not all is answered", seconds=seconds)
        complaints = "\n".join(crowd.complaints())
        assert not complaints, f"{complaints}\n{self.log_end()}"

    def doubted(self) -> set[tuple[int, str]]:
        """Tell of which messages it knows that nobody knows whether they arrived: whom, and what."""
        rows = self.rows(
            "SELECT contacts.chat_id, transcript.text FROM transcript"
            " JOIN contacts ON contacts.id = transcript.contact_id"
            " WHERE transcript.direction = 'out' AND transcript.outcome = 'unknown'"
        )
        return {(int(chat), str(text)) for chat, text in rows}

    def metric(self, name: str, *labels: str) -> float:
        """Sum the values of a metric that have all of `labels`, such as ``channel="vk"``."""
        with urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=5) as answer:
            lines = answer.read().decode().splitlines()
        return sum(
            float(line.rsplit(" ", 1)[1])
            for line in lines
            if line.startswith(name) and all(map(line.__contains__, labels))
        )

    @property
    def log(self) -> str:
        """Everything that all its processes said."""
        return self.log_file.read_text(encoding="utf-8", errors="replace") if self.log_file.exists() else ""

    def log_end(self) -> str:
        """The last lines of the log, for messages of failure."""
        lines = [line for line in self.log.splitlines() if "turn.handled" not in line]
        return "\n".join(lines[-40:])

    def rows(self, query: str) -> Sequence[Sequence[Any]]:
        """Read its database."""
        with closing(sqlite3.connect(self.database, timeout=10)) as connection:
            return connection.execute(query).fetchall()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.is_running:
            self.kill()


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _platforms(telegram: FakeTelegram | None, vk: FakeVk | None) -> dict[str, str]:
    settings: dict[str, str] = {}
    if telegram is not None:
        settings |= {"KLUBOK_TELEGRAM__TOKEN": telegram.token, "KLUBOK_TELEGRAM__API_URL": telegram.base_url}
    if vk is not None:
        settings |= {
            "KLUBOK_VK__TOKEN": vk.token,
            "KLUBOK_VK__GROUP_ID": str(vk.group_id),
            "KLUBOK_VK__API_URL": vk.base_url,
        }
    return settings
