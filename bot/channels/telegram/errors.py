"""From errors of aiogram, aiohttp and the Bot API to our own.

Texts of client errors are not kept: they may hold the address of the call, and the token is a part of it.
"""

import re

from aiohttp import ClientConnectorError, ConnectionTimeoutError

from bot.channels.telegram.library import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)
from bot.domain.errors import ChannelError, RefusedError, ThrottledError, UnknownOutcomeError, UnreachableError

TOO_MANY_REQUESTS = 429
TOO_LARGE = 413
CLIENT_ERRORS = 400
SERVER_ERRORS = 500
DOUBTFUL = {500, 502, 504}
"""Said by a server that broke at it, or by a proxy that lost its answer: it may have done what it was asked."""
_SHORT_PAUSE = 1.0
"""Seconds to wait where the platform does not say how long."""

_GONE = re.compile(
    r"chat not found|user not found|peer_id_invalid|deactivated|not a member|was kicked|was blocked|user_is_blocked"
    r"|not enough rights to send text|have no rights to send a message|write_forbidden|send_plain_forbidden"
    r"|message thread not found|topic_closed|topic_deleted|channel_private",
    re.IGNORECASE,
)
"""Refusals that are about where we write, not about what; a chat that takes no photos still takes texts."""

_NOT_MODIFIED = "message is not modified"
_NO_TEXT = "there is no text in the message to edit"


class MigratedError(ChannelError):
    """A group became a supergroup, and has another number since."""

    def __init__(self, chat_id: int) -> None:
        super().__init__(f"the group is {chat_id} now")
        self.chat_id = chat_id


class UnchangedError(RefusedError):
    """An edit that changes nothing: the message already reads so."""


class NoTextError(RefusedError):
    """An edit of the text of a message that shows a file, whose text is a caption."""


def network_error(error: Exception) -> ChannelError:
    """Translate what stopped a request: before it went out it may be tried again, after that nobody knows."""
    name = type(error).__name__
    if isinstance(error, ClientConnectorError | ConnectionTimeoutError):
        return ChannelError(name)
    return UnknownOutcomeError(name)


def server_error(status: int) -> ChannelError:
    """Translate an answer of a server, or of a proxy before it, that has failed."""
    return UnknownOutcomeError(f"HTTP {status}") if status in DOUBTFUL else ChannelError(f"HTTP {status}")


def throttled() -> ThrottledError:
    """Translate a 429 that does not say how long to wait."""
    return ThrottledError(_SHORT_PAUSE)


def unreadable(status: int) -> ChannelError:
    """Translate an answer that is no JSON: of a proxy that did not let us through, else of nobody knows what."""
    if status == TOO_LARGE:
        return RefusedError(f"HTTP {status}")
    return ChannelError(f"HTTP {status}") if status >= CLIENT_ERRORS else UnknownOutcomeError("no JSON")


def translate(error: TelegramAPIError) -> ChannelError:
    """Translate a refusal of the platform."""
    match error:
        case TelegramRetryAfter(retry_after=seconds):
            return ThrottledError(float(seconds))
        case TelegramMigrateToChat(migrate_to_chat_id=chat_id):
            return MigratedError(chat_id)
        case TelegramForbiddenError():
            return UnreachableError(str(error.message))
        case TelegramBadRequest() | TelegramEntityTooLarge():
            return _refusal(str(error.message))
        case _:  # of the token, of the server: not of the message
            return ChannelError(str(error.message))


def _refusal(description: str) -> ChannelError:
    if _NOT_MODIFIED in description:
        return UnchangedError(description)
    if _NO_TEXT in description:
        return NoTextError(description)
    return UnreachableError(description) if _GONE.search(description) else RefusedError(description)
