"""Codes: the one-time codes that confirm a phone: how they look, how long they live, how often they may be sent."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hmac import compare_digest

from bot.domain.errors import InputError, RuleViolationError
from bot.domain.replies import Phrase

CODE_DIGITS = 6
CODE_BOUND = 10**CODE_DIGITS
"""Codes are below; drawn by chance that cannot be foretold."""

DAY = timedelta(days=1)

_LONGEST_TYPED = 32
_TYPED = re.compile(r"\D*([0-9][0-9 -]*)\D*")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePolicy:
    """How generous we are. Pauses grow by `growth` with every code of a day, up to `longest_pause`.

    Each code costs money and bothers somebody, so the day is bounded for a phone, an account and the programme: who
    makes gateways send to phones of their own is paid for it.
    """

    lifetime: timedelta = timedelta(minutes=5)
    tries: int = 5
    first_pause: timedelta = timedelta(seconds=60)
    growth: int = 2
    longest_pause: timedelta = timedelta(hours=1)
    phone_per_day: int = 5
    account_per_day: int = 5
    programme_per_day: int = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBefore:
    """What was sent in the last day: moments for the phone and for the account that asks, a number for all."""

    to_phone: Sequence[datetime] = ()
    by_account: Sequence[datetime] = ()
    by_programme: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCode:
    """A code that was sent. `digest` is a keyed hash of it together with the phone: the code itself is kept nowhere."""

    digest: str
    sent_at: datetime
    failures: int = 0
    is_used: bool = False


class TryOutcome(StrEnum):
    """What became of a try."""

    ACCEPTED = "accepted"
    WRONG = "wrong"
    EXPIRED = "expired"
    EXHAUSTED = "exhausted"  # too many tries: not even the right code counts any more


def code_of(number: int) -> str:
    """Write a drawn number as a code.

    Raises:
        ValueError: it is not within 0 and `CODE_BOUND`.
    """
    if not 0 <= number < CODE_BOUND:
        raise ValueError("out of bounds")
    return f"{number:0{CODE_DIGITS}}"


def read_typed_code(text: str) -> str:
    """Read what a person typed: the six digits, spaced or not, with words around them or without.

    Raises:
        InputError: of the field ``code``.
    """
    found = _TYPED.fullmatch(text) if len(text) <= _LONGEST_TYPED else None
    digits = re.sub("[^0-9]", "", found[1]) if found else ""
    if len(digits) != CODE_DIGITS:
        raise InputError(Phrase("code-form", {"digits": CODE_DIGITS}), field="code")
    return digits


def demand_may_send(before: SentBefore, *, now: datetime, policy: CodePolicy) -> None:
    """Let pass a code that may be sent now. Does not depend on whether the phone is known to us.

    Raises:
        RuleViolationError: ``code-wait`` with the seconds left, or a limit of the day is reached.
    """
    phone, account = _of_the_day(before.to_phone, now), _of_the_day(before.by_account, now)
    if len(phone) >= policy.phone_per_day or len(account) >= policy.account_per_day:
        raise RuleViolationError(Phrase("code-limit"))
    if before.by_programme >= policy.programme_per_day:
        raise RuleViolationError(Phrase("code-not-now"))
    ready_at = max((_ready_at(moments, policy) for moments in (phone, account) if moments), default=now)
    if ready_at > now:
        seconds = -((now - ready_at) // timedelta(seconds=1))
        raise RuleViolationError(Phrase("code-wait", {"seconds": seconds}))


def try_code(sent: SentCode, digest: str, *, now: datetime, policy: CodePolicy) -> tuple[TryOutcome, SentCode]:
    """Judge a try by the digest of what was typed; what is returned beside the outcome must be kept, whatever it is."""
    if sent.is_used or now - sent.sent_at >= policy.lifetime:
        return TryOutcome.EXPIRED, sent
    if sent.failures >= policy.tries:
        return TryOutcome.EXHAUSTED, sent
    if compare_digest(sent.digest.encode(), digest.encode()):
        return TryOutcome.ACCEPTED, replace(sent, is_used=True)
    failed = replace(sent, failures=sent.failures + 1)
    return (TryOutcome.EXHAUSTED if failed.failures >= policy.tries else TryOutcome.WRONG), failed


def refusal(outcome: TryOutcome, sent: SentCode, policy: CodePolicy) -> Phrase | None:
    """Say why a try did not count; None for one that did."""
    match outcome:
        case TryOutcome.ACCEPTED:
            return None
        case TryOutcome.WRONG:
            return Phrase("code-wrong", {"left": policy.tries - sent.failures})
        case TryOutcome.EXPIRED:
            return Phrase("code-expired")
        case TryOutcome.EXHAUSTED:
            return Phrase("code-exhausted")


def _of_the_day(moments: Sequence[datetime], now: datetime) -> Sequence[datetime]:
    return [moment for moment in moments if now - moment < DAY]


def _ready_at(moments: Sequence[datetime], policy: CodePolicy) -> datetime:
    factor: int = policy.growth ** (len(moments) - 1)
    return max(moments) + min(policy.first_pause * factor, policy.longest_pause)
