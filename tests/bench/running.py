"""Bots as processes of their own, beside a bench."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

END_SECONDS = 30.0


@contextmanager
def running(
    module: str, *arguments: str, log: Path, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a module while the block lasts; what it says goes to `log`, and is shown when it ends badly."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("KLUBOK_")}
    command = [sys.executable, "-m", module, *arguments]
    with log.open("wb") as said:
        process = subprocess.Popen(command, env={**variables, **environment}, stdout=said, stderr=said)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    if process.returncode not in {0, -signal.SIGTERM}:
        tail = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        sys.exit(f"{module} ended with {process.returncode}:\n{tail}")
