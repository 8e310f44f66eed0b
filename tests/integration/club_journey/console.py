"""ConsoleAccounts: two people's chats in one process of `klubok chat --json`."""

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.integration.cli.process import KLUBOK, environment
from tests.integration.club_journey.journey import shown_since
from tests.integration.club_journey.store import PACK, Store

ROOT = Path(__file__).parents[3]
_PHONE = "+79161234567"


class Console:
    """The process; a line in, a line out."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self._replies: list[dict[str, Any]] = []
        self._process = subprocess.Popen(
            [*KLUBOK, "chat", "--json", "--db", url, "--pack", str(PACK)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=folder,
            env=environment(PYTHONPATH=str(ROOT)),
            encoding="utf-8",
        )

    def ask(self, **line: object) -> None:
        """Write a line and read its answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(line) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert "error" not in answer, answer
        self._replies += answer["replies"]

    def replies(self, chat: str) -> list[dict[str, Any]]:
        """Everything that was said to a chat, oldest first."""
        return [reply for reply in self._replies if reply["to"] == chat]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate("", timeout=60)


class ConsoleAccount:
    """One chat."""

    def __init__(self, console: Console, chat_id: str) -> None:
        self._console = console
        self.chat_id = chat_id
        self._seen = 0

    def write(self, text: str) -> None:
        """Send a text."""
        self._do(text=text)

    def press(self, label: str) -> None:
        """Press the latest button of that label."""
        buttons = [button for reply in reversed(self._console.replies(self.chat_id)) for button in reply["buttons"]]
        actions = [button["action"] for button in buttons if button["label"] == label]
        assert actions, f"no button {label!r} among {[button['label'] for button in buttons]}"
        self._do(action=actions[0])

    def give_phone(self) -> str:
        """Share it."""
        self._do(contact=_PHONE)
        return _PHONE

    def send_receipt(self, store: Store) -> None:
        """Name a photo on this machine."""
        file = self._console.folder / "receipt.jpg"
        file.write_bytes(store.receipt())
        self._do(photo=str(file))

    def sees(self, *phrases: str) -> str:
        """Look: an answer is complete when its line is there."""
        shown = shown_since([reply["text"] for reply in self._console.replies(self.chat_id)[self._seen :]])
        missing = [phrase for phrase in phrases if phrase not in shown]
        assert not missing, f"no {missing} in: {shown}"
        return shown

    def receives_file(self) -> bytes:
        """Read the file that the bot wrote: a line tells its name."""
        names = [item["name"] for reply in self._console.replies(self.chat_id) for item in reply["attachments"]]
        [path] = (self._console.folder / ".klubok" / "files").rglob(names[-1])
        return path.read_bytes()

    def _do(self, **what: str) -> None:
        self._seen = len(self._console.replies(self.chat_id))
        self._console.ask(chat=self.chat_id, user=self.chat_id, lang="ru", **what)
