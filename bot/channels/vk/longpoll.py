"""LongPoll: asking VK for events, one held request after the other."""

import asyncio
import json
import logging
from dataclasses import dataclass
from typing import NoReturn

from bot.channels.vk.api import Api
from bot.channels.vk.catchup import missed_messages
from bot.channels.vk.errors import TOKEN_REFUSED, CallError
from bot.channels.vk.fields import Fields
from bot.channels.vk.options import FIRST_PAUSE, VkOptions
from bot.channels.vk.storing import Storing
from bot.channels.vk.web import Web
from bot.domain.errors import StorageError
from bot.services.back_off import BackOff
from bot.services.channel import Bookmarks
from bot.services.ports import Clock

logger = logging.getLogger(__name__)

GRACE = 60.0
"""Seconds before the last sign of life that are looked through again after a loss; what was there is dropped."""

_NETWORK_SECONDS = 10.0
_HASTY = 0.5
_SHORT_WAIT = 1
_OUTDATED, _EXPIRED, _LOST = 1, 2, 3
_ANEW = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in VK's history we are: everything before `ts` is stored. `at` is when we last heard, Unix seconds."""

    ts: str
    at: float


@dataclass(frozen=True, slots=True)
class _Server:
    url: str
    key: str
    ts: str


class LongPoll:
    """Keeps its place in a bookmark, written after what came before it was stored.

    When something cannot be stored, the same place is asked for again: VK keeps the events.
    """

    def __init__(
        self, *, api: Api, web: Web, storing: Storing, bookmarks: Bookmarks, options: VkOptions, clock: Clock
    ) -> None:
        self._api = api
        self._web = web
        self._storing = storing
        self._bookmarks = bookmarks
        self._options = options
        self._clock = clock
        self._key = f"vk:{options.group_id}:longpoll"
        self._back_off = BackOff(first=FIRST_PAUSE, longest=options.longest_pause)
        self._server: _Server | None = None
        self._place: Place | None = None
        self._jump: str | None = None

    async def run(self) -> NoReturn:
        """Take events in, for ever; whatever the network, VK and the database do."""
        while True:
            try:
                await self._step()
            except (CallError, StorageError) as error:
                self._log(error)
                is_refused = isinstance(error, CallError) and error.code in TOKEN_REFUSED
                await self._back_off.wait(least=self._options.slow_seconds if is_refused else 0.0)
                continue
            if not self._back_off.is_first:
                logger.info("vk.poll_works")
            self._back_off.reset()
            self._storing.trouble.end()

    async def _step(self) -> None:
        """Ask once; before that, find out where and from which place on, and what was missed."""
        place = self._place or await self._read_place()
        server = self._server or await self._connect()
        if place is None or self._jump is not None:
            place = await self._jump_over(place, self._jump or server.ts)
        # while we are in trouble, or have not begun, an answer tells that all is well: it must not take long
        wait = _SHORT_WAIT if self._storing.trouble.text else self._options.poll_wait
        query = {"act": "a_check", "key": server.key, "ts": place.ts, "wait": str(wait)}
        began = self._clock.ticks()
        answer = await self._web.ask(server.url, query, seconds=wait + _NETWORK_SECONDS)
        if "failed" in answer.values:
            self._fail(answer, place)
        updates, ts = answer.values.get("updates"), _ts(answer)
        if not isinstance(updates, list) or not ts:
            raise CallError("long poll: no updates")
        if updates:
            await self._storing.store(updates)
        elif self._clock.ticks() - began < _HASTY:
            await asyncio.sleep(FIRST_PAUSE)  # a server that does not hold the request would be asked without a pause
        await self._move(ts)

    def _fail(self, answer: Fields, place: Place) -> NoReturn:
        kind, ts = answer.integer("failed"), _ts(answer)
        if kind != _OUTDATED:
            self._server = None
        if kind == _LOST:
            self._jump = _ANEW
        elif kind == _OUTDATED and ts not in {"", place.ts}:
            self._jump = ts
        raise CallError(f"long poll failed {kind}")

    async def _connect(self) -> _Server:
        answer = Fields.of(await self._api.call("groups.getLongPollServer", group_id=self._options.group_id))
        url, key, ts = answer.text("server"), answer.text("key"), _ts(answer)
        if not (url and key and ts):
            raise CallError("groups.getLongPollServer: no server")
        self._server = _Server(url if "://" in url else f"https://{url}", key, ts)
        return self._server

    async def _jump_over(self, place: Place | None, ts: str) -> Place:
        """Go on from `ts`, after what was missed on the way is stored; there is nothing to miss for a newcomer."""
        now = self._clock.now().timestamp()
        if place is not None:
            since = place.at - GRACE
            missed = await missed_messages(self._api, group_id=self._options.group_id, since=since)
            await self._storing.store(missed)
            logger.warning("vk.history_lost read_again=%d", len(missed))
        moved = Place(ts, now)
        await self._write_place(moved)
        self._jump = None
        return moved

    async def _move(self, ts: str) -> None:
        moved = Place(ts, self._clock.now().timestamp())
        if self._place is None or self._place.ts != ts:
            await self._write_place(moved)
        self._place = moved

    async def _read_place(self) -> Place | None:
        try:
            noted = Fields.of(json.loads(await self._bookmarks.read(self._key) or "{}"))
        except ValueError:
            return None
        at = noted.values.get("at")
        self._place = Place(noted.text("ts"), float(at)) if isinstance(at, int | float) and noted.text("ts") else None
        return self._place

    async def _write_place(self, place: Place) -> None:
        await self._bookmarks.write(self._key, json.dumps({"ts": place.ts, "at": place.at}))
        self._place = place

    def _log(self, error: CallError | StorageError) -> None:
        """Say it once for all tries."""
        if isinstance(error, StorageError):
            level = logging.ERROR
        else:
            level = logging.INFO if error.code in TOKEN_REFUSED or "failed" in str(error) else logging.WARNING
        self._storing.trouble.begin(str(error))
        if self._back_off.is_first:
            logger.log(level, "vk.poll_failed error=%s: trying until it works", error)


def _ts(answer: Fields) -> str:
    """VK writes it as a string and, in some answers, as a number."""
    number = answer.integer("ts")
    return answer.text("ts") or ("" if number is None else str(number))
