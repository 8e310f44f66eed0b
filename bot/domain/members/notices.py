"""Notices: what members hear from us unasked, and at which hours nobody does."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class NoticeKind(StrEnum):
    """What a notice is about. Each can be switched off by itself."""

    EXPIRING = "expiring"
    AVAILABLE = "available"
    TIER = "tier"
    BIRTHDAY = "birthday"
    RECEIPT = "receipt"  # taken by people of the brand, or not
    BY_HAND = "by-hand"  # points that people of the brand gave or took


PROMOTIONAL = frozenset({NoticeKind.BIRTHDAY})
"""What is more than news of somebody's own points, and so needs the consent to advertising messages.

Federal Law 38-FZ, article 18.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTerms:
    """From `quiet_from` to `quiet_until`, by the brand's clock, nobody is disturbed; equal hours are no quiet ones.

    Points that expire are told of `expiry_days` before; 0 is never. `consent` is the id of the document by which people
    agree to advertising messages.
    """

    quiet_from: time = time(21)
    quiet_until: time = time(10)
    expiry_days: int = 14
    consent: str = "advertising"


def is_quiet(terms: NoticeTerms, moment: datetime, zone: ZoneInfo) -> bool:
    """Whether nobody is to be disturbed at `moment`."""
    clock = moment.astimezone(zone).time()
    if terms.quiet_from <= terms.quiet_until:
        return terms.quiet_from <= clock < terms.quiet_until
    return clock >= terms.quiet_from or clock < terms.quiet_until


def told_at(terms: NoticeTerms, moment: datetime, zone: ZoneInfo) -> datetime:
    """Return when somebody may be told who is to be told at `moment`: then, or when the quiet hours end."""
    if not is_quiet(terms, moment, zone):
        return moment
    local = moment.astimezone(zone)
    day = local.date() if local.time() < terms.quiet_until else local.date() + timedelta(days=1)
    return datetime.combine(day, terms.quiet_until, tzinfo=zone).astimezone(UTC)
