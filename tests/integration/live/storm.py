"""Mutated updates thrown at a running bot, by both ways of both platforms."""

import http.client
import json
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from tests.fakes.telegram import UNLIMITED, FakeTelegram
from tests.fakes.vk import FakeVk
from tests.integration.live.mutation import Json, mutations, record_telegram, record_vk
from tests.integration.live.people import Crowd, telegram_people, vk_people
from tests.integration.live.process import IMPATIENT, Bot

SECRET = "storm"  # noqa: S105 - of the fakes only
HEADER = "X-Telegram-Bot-Api-Secret-Token"
BROKEN_BODIES = (b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"update_id": 1', b"[" * 100_000)
_GROUP = 1
_FIRST_UPDATE = 800_000_001
"""Not among those of the fake: a number that came before is a repeat."""


class Storm:
    """One bot on both platforms, polling unless `is_brought`; who is asked for their answers is not in the storm."""

    def __init__(self, directory: Path, *, is_brought: bool) -> None:
        self.telegram = FakeTelegram(limits=UNLIMITED, is_checked=False)
        self.vk = FakeVk()
        self.vk.requests_per_second = None
        self._is_brought = is_brought
        self._directory = directory

    def blow(self, count: int, *, seed: int = 5) -> "Storm":
        """Throw so many updates of each platform; in the end everybody else is answered."""
        with self.telegram, self.vk:
            crowd = Crowd(members=[*telegram_people(self.telegram, 2), *vk_people(self.vk, 2)])
            self.telegram.person(77), self.vk.person(77)
            with Bot(self._directory, telegram=self.telegram, vk=self.vk, settings=IMPATIENT) as self.bot:
                if self._is_brought:
                    self.bot.settings |= self._ways()
                self.bot.start_ready()
                if self._is_brought:
                    self.vk.add_callback_server(self.bot.settings["KLUBOK_VK__CALLBACK_URL"], secret=SECRET)
                    self.vk.wait_until(lambda: self.vk.callback.servers[1].status == "ok")
                self._check(crowd)
                self._throw(count, seed)
                self.bot.wait_until(lambda: self.bot.ready().get("waiting") == 0, "it is not done", seconds=120)
                self._check(crowd)
                self.ignored = {
                    platform: self.bot.metric("klubok_updates_ignored_total", f'channel="{platform}"')
                    for platform in ("telegram", "vk")
                }
                self.bot.stop()
        return self

    def _ways(self) -> dict[str, str]:
        here = f"http://127.0.0.1:{self.bot.port}"
        return {
            "KLUBOK_TELEGRAM__WEBHOOK_URL": f"{here}/telegram",
            "KLUBOK_TELEGRAM__WEBHOOK_SECRET": SECRET,
            "KLUBOK_VK__CALLBACK_URL": f"{here}/vk",
            "KLUBOK_VK__SECRET": SECRET,
        }

    def _check(self, crowd: Crowd) -> None:
        crowd.ask(1)
        self.bot.wait_answered(crowd)

    def _throw(self, count: int, seed: int) -> None:
        telegram = mutations(record_telegram(), count, seed=seed)
        vk = mutations(record_vk(), count, seed=seed)
        if self._is_brought:
            self._bring(telegram, vk)
            return
        for update in telegram:
            update.pop("update_id", None)
            self.telegram.push_raw(update)
        for event in vk:
            self.vk.long_poll.push_raw(event)
        self.telegram.wait_until(lambda: not self.telegram.updates.pending(), seconds=300)

    def _bring(self, telegram: Iterable[Json], vk: Iterable[Json]) -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", self.bot.port, timeout=30)) as connection:
            for number, update in enumerate(telegram, _FIRST_UPDATE):
                _post(connection, "/telegram", json.dumps({**update, "update_id": number}).encode())
            for event in vk:
                _post(connection, "/vk", json.dumps({**event, "group_id": _GROUP, "secret": SECRET}).encode())
            for body in BROKEN_BODIES:
                assert _post(connection, "/telegram", body) in {400, 413}
                assert _post(connection, "/vk", body) in {400, 403, 413}


def _post(connection: http.client.HTTPConnection, path: str, body: bytes) -> int:
    connection.request("POST", path, body, {HEADER: SECRET, "Content-Type": "application/json"})
    answer = connection.getresponse()
    answer.read()
    assert answer.status < 500, f"{path} {answer.status}: {body[:500]!r}"
    return answer.status
