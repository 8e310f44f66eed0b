"""What becomes of a message after a try to send it."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.domain.errors import (
    ChannelError,
    RefusedError,
    ThrottledError,
    UnknownOutcomeError,
    UnreachableError,
)
from bot.domain.ids import TranscriptId
from bot.domain.messages import Address
from bot.domain.replies import QueuedMessage

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=1)
UNKNOWN_PAUSE = timedelta(seconds=5)
"""Before a message that may have arrived is repeated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """It arrived; `reference` is the platform's."""

    id: TranscriptId
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """It did not arrive; None for `retry_at` gives it up. Only an attempt counts against the message."""

    id: TranscriptId
    error: str
    retry_at: datetime | None
    is_attempt: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """It may have arrived; None for `retry_at` leaves it at that."""

    id: TranscriptId
    error: str
    retry_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """The person cannot be written to: this message is given up.

    So are all behind it, unless the person was heard from `after` the newest event known when the try began.
    """

    id: TranscriptId
    to: Address
    error: str
    after: TranscriptId


Fate: TypeAlias = Sent | Failed | Unknown | Gone


def decide(
    item: QueuedMessage,
    result: str | Exception,
    *,
    now: datetime,
    is_platform_up: bool = True,
    repeats_unknown: bool = True,
) -> Fate:
    """Tell what becomes of `item` after `result`.

    While the platform is down nothing counts against a message. A message that may have arrived is repeated once when
    `repeats_unknown`: an answer that comes twice is better than one that never comes.
    """
    error = f"{type(result).__name__}: {result}"
    match result:
        case str():
            return Sent(id=item.id, reference=result)
        case UnreachableError():
            return Gone(id=item.id, to=item.message.to, error=error, after=item.read_after)
        case RefusedError():
            return Failed(id=item.id, error=error, retry_at=None)
        case ThrottledError(retry_after=seconds):
            return Failed(id=item.id, error=error, retry_at=now + timedelta(seconds=seconds), is_attempt=False)
        case UnknownOutcomeError():
            is_repeated = repeats_unknown and not item.was_unknown
            return Unknown(id=item.id, error=error, retry_at=now + UNKNOWN_PAUSE if is_repeated else None)
        case _:
            is_last = is_platform_up and item.attempts + 1 >= MOST_ATTEMPTS
            retry_at = None if is_last else now + min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(item.attempts, 10)))
            return Failed(id=item.id, error=error, retry_at=retry_at, is_attempt=is_platform_up)


def log_failure(item: QueuedMessage, result: str | Exception, fate: Fate) -> None:
    """Write a line about a message that did not arrive: a warning when somebody has to look.

    People who blocked us are no news: that is theirs to decide.
    """
    is_expected = isinstance(fate, Gone) or (isinstance(fate, Failed) and fate.retry_at is not None)
    level = logging.INFO if is_expected else logging.WARNING
    logger.log(level, "send.failed message=%d attempts=%d error=%s", item.id, item.attempts + 1, result)


def outcome(result: str | Exception) -> str:
    """Name `result` for the counters."""
    match result:
        case str():
            return "sent"
        case UnreachableError():
            return "unreachable"
        case RefusedError():
            return "refused"
        case ThrottledError():
            return "throttled"
        case UnknownOutcomeError():
            return "unknown"
        case _:
            return "failed"


def is_outage(result: str | Exception) -> bool:
    """Whether `result` may be the platform's fault and not the message's."""
    is_ours = isinstance(result, UnreachableError | RefusedError | ThrottledError)
    return isinstance(result, ChannelError) and not is_ours
