"""Api: VK's methods for asyncio, one pace for the token whoever calls."""

import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from bot.channels.vk.errors import TOKEN_REFUSED, CallError
from bot.channels.vk.fields import Fields
from bot.channels.vk.library import Access, Library
from bot.channels.vk.options import VkOptions
from bot.channels.vk.pacing import Pacing
from bot.channels.vk.threads import Threads

logger = logging.getLogger(__name__)

MOST_CALLS = 25
LONGEST_SCRIPT = 60_000
"""Characters of one `execute`, a guess on the safe side: VK does not say."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

Value: TypeAlias = str | int | Mapping[str, object] | Sequence[str | int]
Params: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of a method."""

    method: str
    params: Params

    @property
    def script(self) -> str:
        """Write it in VKScript. JSON in ASCII is safe there, whatever people typed."""
        return f"API.{self.method}({json.dumps(form(self.params), separators=(',', ':'))})"


class Api:
    """Every request that carries the token leaves through here."""

    def __init__(self, options: VkOptions, *, ticks: Callable[[], float]) -> None:
        access = Access(
            url=options.api_url,
            version=options.api_version,
            token=options.token,
            connect_timeout=options.connect_timeout,
            read_timeout=options.read_timeout,
        )
        self._library = Library(access)
        self.threads = Threads(options.threads, name="vk", leave=self._library.leave)
        self._pacing = Pacing(options.requests_per_second, ticks)
        self._is_token_taken: bool | None = None

    async def call(self, method: str, **params: Value) -> object:
        """Call a method; return its ``response``.

        Raises:
            CallError: refused, or not answered.
        """
        return await self.perform(Call(method=method, params=params))

    async def perform(self, call: Call, *, is_urgent: bool = False) -> object:
        """Perform a call; return its ``response``. An urgent one overtakes those that wait for the pace.

        Raises:
            CallError: refused, or not answered.
        """
        await self._pacing.take(is_urgent=is_urgent)
        return (await self._perform(call.method, call.params)).values["response"]

    async def call_if_free(self, method: str, **params: Value) -> None:
        """Call a method unless others wait for the pace.

        Raises:
            CallError: refused, or not answered.
        """
        if self._pacing.try_take():
            await self._perform(method, params)

    async def execute(self, calls: Sequence[Call]) -> Sequence[object]:
        """Perform up to `MOST_CALLS` calls in one request; return each ``response`` or a CallError, in order.

        Raises:
            CallError: the request as a whole was refused, or not answered.
        """
        code = f"return [{','.join(call.script for call in calls)}];"
        await self._pacing.take()
        answer = await self._perform("execute", {"code": code})
        results = answer.values["response"]
        if not isinstance(results, list) or len(results) != len(calls):
            raise CallError("execute: not one result a call")
        errors = answer.parts("execute_errors")
        return [_inner_error(errors) if result is False else result for result in results]

    def close(self) -> None:
        """Let the threads go; does not wait for what hangs."""
        self.threads.close()

    async def _perform(self, method: str, params: Params) -> Fields:
        try:
            with self._pacing.under_way():
                answer = await self.threads.run(partial(self._library.call, method, form(params)))
        except CallError as error:
            self._note_token(error)
            raise
        self._note_token(None)
        return answer

    def _note_token(self, error: CallError | None) -> None:
        """Say once that VK refuses a token that it took before, and once that it takes it again."""
        if error is None:
            if self._is_token_taken is False:
                logger.info("vk.token_taken")
            self._is_token_taken = True
        elif error.code in TOKEN_REFUSED:
            if self._is_token_taken:
                logger.error("vk.token_refused error=%s: set KLUBOK_VK__TOKEN to a valid key and restart", error)
            self._is_token_taken = False


def form(params: Params) -> dict[str, str]:
    """Write parameters as VK reads them: truths as 1 and 0, lists with commas, objects as JSON."""
    return {name: _written(value) for name, value in params.items()}


def _written(value: Value) -> str:
    match value:
        case str():
            return _LONE_SURROGATE.sub("\ufffd", value)
        case int():
            return str(int(value))
        case Mapping():
            return _written(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    return ",".join(map(str, value))


def _inner_error(errors: Iterator[Fields]) -> CallError:
    """Errors come in the order of the calls that failed."""
    error = next(errors, Fields())
    return CallError(error.text("error_msg") or "execute: failed without a reason", error.integer("error_code") or 0)
