"""Every error raised on purpose, grouped by what the caller does about it.

BotError
├── RuleViolationError      explain it to the person
│   ├── InputError          what they typed or sent cannot be taken: explain, ask for the same again
│   ├── InsufficientPointsError, AccountFrozenError, HoldNotFoundError, HoldExpiredError, AlreadyReversedError
│   └── LimitExceededError, RewardUnavailableError, PromoCodeError, RedemptionStoppedError
├── RepeatedKeyError        a caller's mistake: the same key was used for something else
├── ConflictError           retry the turn
├── StorageError            nothing was saved; say so, try later
│   ├── RejectedError       the database refuses these values: give this turn up, trying again does not help
│   ├── SchemaError         the database does not fit this version of the code
│   └── UnsealError         what is kept encrypted cannot be read: a key is missing, or it was changed
├── TryLaterError           something outside is away: do the job again later
├── ConfigurationError      tell the integrator what to change, stop
│   └── PackError           the pack cannot be used; keep the one in force
└── ChannelError            a platform did not take a message: retry with back-off
    ├── UnreachableError    stop writing to this person
    ├── ThrottledError      wait `retry_after` seconds with this chat, and with all if others are told the same
    │   └── FloodError      wait with all
    ├── RefusedError        give this message up, trying again does not help
    └── UnknownOutcomeError it may have arrived: note it, do not send again blindly
"""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.problems import Problem
from bot.domain.replies import Phrase


class BotError(Exception):
    """Root of every error this project raises on purpose."""


class RuleViolationError(BotError):
    """A person asked for something the rules forbid; `phrase` explains it to them."""

    def __init__(self, phrase: Phrase) -> None:
        super().__init__(phrase.key)
        self.phrase = phrase


class InputError(RuleViolationError):
    """What a person typed or sent cannot be taken as `field`; `phrase` says what is wrong and what would be right."""

    def __init__(self, phrase: Phrase, *, field: str) -> None:
        super().__init__(phrase)
        self.field = field


class InsufficientPointsError(RuleViolationError):
    """Somebody has fewer points than it takes."""

    def __init__(self, *, available: int, needed: int) -> None:
        missing = needed - available
        super().__init__(Phrase("club-points-insufficient", {"available": available, "missing": missing}))
        self.available = available
        self.needed = needed


class AccountFrozenError(RuleViolationError):
    """Points of this account are not spent until somebody has looked at it."""

    def __init__(self) -> None:
        super().__init__(Phrase("club-account-frozen"))


class RedemptionStoppedError(RuleViolationError):
    """Nobody's points are spent: the books did not agree."""

    def __init__(self) -> None:
        super().__init__(Phrase("club-redemption-stopped"))


class HoldNotFoundError(RuleViolationError):
    """Nothing is set aside under this name, or it was spent or given back already."""

    def __init__(self) -> None:
        super().__init__(Phrase("club-hold-gone"))


class HoldExpiredError(RuleViolationError):
    """Points were set aside, but not for so long."""

    def __init__(self) -> None:
        super().__init__(Phrase("club-hold-expired"))


class AlreadyReversedError(RuleViolationError):
    """No more can be taken back of an entry than it gave."""

    def __init__(self) -> None:
        super().__init__(Phrase("club-already-reversed"))


class LimitExceededError(RuleViolationError):
    """A rule does not allow it again before `resets_at`; None is never."""

    def __init__(self, phrase: Phrase, *, rule: str, resets_at: datetime | None) -> None:
        super().__init__(phrase)
        self.rule = rule
        self.resets_at = resets_at


class RewardUnavailableError(RuleViolationError):
    """A reward is gone, or not for this person."""


class PromoCodeError(RuleViolationError):
    """A promo code does not count."""


class RepeatedKeyError(BotError):
    """The key of an operation was used before, for something else."""


class ConflictError(BotError):
    """Someone else changed the same thing first."""


class StorageError(BotError):
    """The database did not take the transaction; nothing of it was kept."""


class RejectedError(StorageError):
    """The database refuses these values; trying again does not help: give this turn up."""


class SchemaError(StorageError):
    """The tables are older or newer than this version of the code."""


class TryLaterError(BotError):
    """Something outside, neither a platform nor the database, does not answer now."""


class UnsealError(StorageError):
    """What is kept encrypted cannot be read: its key is not given, or it was changed or moved."""


class ConfigurationError(BotError):
    """A setting, a file or an argument is wrong; the message says what to do."""


class PackError(ConfigurationError):
    """The brand pack has errors."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class ChannelError(BotError):
    """A platform did not take a message."""


class UnreachableError(ChannelError):
    """The person blocked us or is gone."""


class ThrottledError(ChannelError):
    """Too fast for the platform."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


class FloodError(ThrottledError):
    """Too fast for the platform, or refused by it, whoever is written to."""


class RefusedError(ChannelError):
    """The platform never takes this message: it is malformed, or what it is about is gone."""


class UnknownOutcomeError(ChannelError):
    """The connection broke after the message was sent: nobody knows whether it arrived."""
