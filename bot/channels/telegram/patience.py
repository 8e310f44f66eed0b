"""Trying again until the platform answers, more and more slowly, and saying so once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.channels.telegram.api import CONFLICT, UNAUTHORIZED, CallError
from bot.channels.telegram.options import Pauses
from bot.domain.errors import ConfigurationError
from bot.services.back_off import BackOff
from bot.services.channel import Trouble

logger = logging.getLogger(__name__)

_Result = TypeVar("_Result")

STRANGER = (
    "KLUBOK_TELEGRAM__TOKEN: Telegram does not know this token; take a valid one from @BotFather "
    "(and if KLUBOK_TELEGRAM__API_URL is set, check that too)"
)
TWO_POLLERS = (
    "telegram.conflict another program takes the updates of this bot: stop it, or give this one a token of its own"
)
OTHER_POLLER = "another program takes the updates"


class Patience:
    """Survives failed calls. Two refusals of the token in a row are no accident."""

    def __init__(self, pauses: Pauses, trouble: Trouble) -> None:
        self._pauses = pauses
        self._trouble = trouble
        self._back_off = BackOff(first=pauses.first, longest=pauses.longest)
        self._refusals = 0
        self._said = ""

    async def call(self, call: Callable[[], Awaitable[_Result]]) -> _Result:
        """Return what `call` returns, however often it has to be tried.

        Raises:
            ConfigurationError: the token is not valid.
        """
        while True:
            try:
                result = await call()
            except CallError as error:
                await self.suffer(error)
            else:
                self.succeed()
                return result

    def succeed(self) -> None:
        """Note that a call went well."""
        self._back_off.reset()
        self._refusals = 0
        if self._said:
            logger.info("telegram.recovered after=%s", self._said)
        self._said = ""
        self._trouble.end()

    async def suffer(self, error: CallError) -> None:
        """Say what happened, unless it was said, and wait.

        Raises:
            ConfigurationError: the token is not valid.
        """
        self._refusals = self._refusals + 1 if error.status in UNAUTHORIZED else 0
        if self._refusals > 1:
            raise ConfigurationError(STRANGER) from error
        self._say(error)
        if error.status == CONFLICT:
            await asyncio.sleep(max(self._pauses.conflict, error.retry_after))
        else:
            await self._back_off.wait(least=error.retry_after)

    def _say(self, error: CallError) -> None:
        kind = "conflict" if error.status == CONFLICT else "failure"
        self._trouble.begin(OTHER_POLLER if kind == "conflict" else str(error))
        if kind == self._said:
            return
        self._said = kind
        if kind == "conflict":
            logger.error(TWO_POLLERS)
        else:
            logger.warning("telegram.failed error=%s", error)
