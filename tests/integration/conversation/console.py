"""ConsolePlayer: a process of `klubok chat --json`, line for line."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.integration.cli.process import KLUBOK, environment
from tests.integration.conversation.player import Shown
from tests.integration.conversation.script import PACK, Step


class ConsolePlayer:
    """Asks in lines. What people send in a row is one line here: a script says when it has said all."""

    platform = "console"
    shows_in_place = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._me = 0
        self._process: asyncio.subprocess.Process | None = None
        self._replies: list[dict[str, Any]] = []

    async def begin(self) -> None:
        """Start the process."""
        database = f"sqlite+aiosqlite:///{self._folder / 'chat.db'}"
        self._process = await asyncio.create_subprocess_exec(
            *KLUBOK, "chat", "--json", "--db", database, "--pack", PACK,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, env=environment(), limit=1_000_000,
        )  # fmt: skip

    async def end(self) -> None:
        """Let the input end; the process has nothing more to say."""
        assert self._process is not None
        rest, _ = await asyncio.wait_for(self._process.communicate(b""), 60)
        assert (rest, self._process.returncode) == (b"", 0)

    async def restart(self) -> None:
        """Begin anew on the same database."""
        await self.end()
        await self.begin()

    def meet(self, number: int) -> None:
        """Write from a chat of one's own."""
        self._me = number
        self._replies = []

    async def act(self, step: Step) -> Sequence[Shown]:
        """Write the line, read the answer."""
        text = "\n".join(step.lines)
        match step.act:
            case "say":
                return await self._write(text=text)
            case "press":
                return await self._write(action=self._find(text))
            case "start" | "contact":
                return await self._write(**{step.act: "+79120000000" if step.act == "contact" else text})
            case "photo":
                return await self._write(photo="photo.jpg", text=text)
            case "call":
                return await self._write(chat=f"g{self._me}", text=text, group=True)
            case _:
                raise ValueError(f"the console has no {step.act!r}")

    async def _write(self, **fields: object) -> Sequence[Shown]:
        line = {"chat": f"c{self._me}", "user": f"u{self._me}", "lang": "ru", **fields}
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(line).encode() + b"\n")
        answer = json.loads(await asyncio.wait_for(self._process.stdout.readline(), 60))
        assert "error" not in answer, answer
        self._replies += answer["replies"]
        return [_shown(reply) for reply in answer["replies"]]

    def _find(self, label: str) -> str:
        buttons = [button for reply in reversed(self._replies) for button in reply["buttons"]]
        return str(next(button["action"] for button in buttons if button["label"] == label))


def _shown(reply: dict[str, Any]) -> Shown:
    labels = tuple(button["label"] for button in reply["buttons"])
    return Shown(kind=reply["kind"], text=reply["text"], buttons=labels)
