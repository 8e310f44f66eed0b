"""SIGKILL in the middle of a thousand turns."""

import json
import random
import sqlite3
import subprocess
from collections import Counter
from pathlib import Path

from tests.integration.cli.process import KLUBOK, Line, environment

TURNS = 1000
KILLS = 4
TEXTS = ("спасибо", "/help", "сколько стоит доставка?", "/feedback", "5", "отмена", "🤷", "lumix")


def script() -> list[Line]:
    return [
        {"chat": f"c{number % 7}", "user": "u", "id": f"line-{number}", "text": TEXTS[number % len(TEXTS)]}
        for number in range(TURNS)
    ]


def talk(lines: list[Line], database: Path, *, kill_after: int | None) -> list[dict[str, object]]:
    """Feed `lines`; kill the process once it has written `kill_after` lines, in whatever it is doing then."""
    command = [*KLUBOK, "chat", "--json", "--db", f"sqlite+aiosqlite:///{database}"]
    script_file = database.with_suffix(".jsonl")
    script_file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    with (
        script_file.open("rb") as stdin,
        subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, env=environment()) as process,
    ):
        assert process.stdout is not None
        written = []
        for line in process.stdout:
            if not line.endswith(b"\n"):
                break
            written.append(json.loads(line))
            if len(written) == kill_after:
                process.kill()
        return written


def test_killed_again_and_again_it_loses_no_turn_and_repeats_none(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311
    database = tmp_path / "chat.db"
    answered: Counter[object] = Counter()
    todo = script()
    for life in range(KILLS + 1):
        kill_after = None if life == KILLS else chance.randrange(50, 200)
        written = talk(todo, database, kill_after=kill_after)
        answered.update(line["id"] for line in written if line["replies"])
        assert [line["id"] for line in written] == [line["id"] for line in todo[: len(written)]]
        if life % 2:  # either everything is sent again, or only what was not answered
            todo = todo[len(written) :]
    assert answered == Counter(line["id"] for line in script())
    with sqlite3.connect(database) as connection:
        rows = connection.execute("SELECT direction, status, count(*) FROM transcript GROUP BY 1, 2").fetchall()
    connection.close()
    counts = {(direction, status): count for direction, status, count in rows}
    assert counts[("in", "handled")] == TURNS
    assert set(counts) == {("in", "handled"), ("out", "sent")}
