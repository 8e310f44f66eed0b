"""`klubok` as a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import Any, TypeAlias

Line: TypeAlias = Mapping[str, Any]

KLUBOK = (sys.executable, "-m", "bot")


def environment(**more: str) -> dict[str, str]:
    """Ours, without settings of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KLUBOK_")}
    return {**kept, "PYTHONUTF8": "1", "KLUBOK_SEARCH__CACHE": str(_index_cache()), **more}


@cache
def _index_cache() -> Path:
    """Where all processes of one test run keep indexes: to index a pack anew takes longer than to talk to it."""
    run_id = os.environ.get("PYTEST_XDIST_TESTRUNUID")  # the same for all its workers
    return Path(gettempdir(), f"klubok-index-{run_id}") if run_id else Path(mkdtemp(prefix="klubok-index-"))


def run(
    *arguments: str | Path, stdin: str | bytes = "", cwd: Path | None = None, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    data = stdin.encode("utf-8", "surrogatepass") if isinstance(stdin, str) else stdin
    ran = subprocess.run(
        [*KLUBOK, *map(str, arguments)],
        input=data,
        capture_output=True,
        cwd=cwd,
        env=environment(PYTHONPATH=str(Path(__file__).parents[3]), **settings),
        timeout=120,
        check=False,
    )
    return subprocess.CompletedProcess(ran.args, ran.returncode, ran.stdout.decode(), ran.stderr.decode())


def chat(lines: Sequence[Line | str], *arguments: str | Path, cwd: Path | None = None, **settings: str) -> list[Any]:
    """Let a script talk; return one object a line."""
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    ran = run("chat", "--json", *arguments, stdin=text, cwd=cwd, **settings)
    assert ran.returncode == 0, ran.stderr
    assert "Traceback" not in ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]
