"""Who we are, asked once."""

import asyncio

from bot.channels.telegram.addressing import Me
from bot.channels.telegram.api import Api, CallError
from bot.channels.telegram.fields import BrokenUpdateError, Fields


class Identity:
    """Our own account, by getMe."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._me: Me | None = None
        self._asking = asyncio.Lock()

    async def get(self) -> Me:
        """Return our account.

        Raises:
            CallError: it is not known yet, and Telegram does not say.
        """
        async with self._asking:
            if self._me is None:
                self._me = _read(await self._api.call("getMe"))
            return self._me


def _read(account: object) -> Me:
    try:
        fields = Fields.of(account)
        return Me(fields.number("id"), fields.text("username"))
    except BrokenUpdateError as error:
        raise CallError(200, f"getMe has no {error}") from error
