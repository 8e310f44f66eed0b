"""Promo codes: points for a code, bound to a campaign; found however it was typed."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.domain.loyalty.member import MemberId
from bot.domain.text import clean, switch_layout

LONGEST_CODE = 40
_NOISE = re.compile(r"[\s\-–—_.«»\"'`]+")
_LOOKALIKES = str.maketrans("АВЕЁКМНОРСТУХ", "ABEEKMHOPCTYX")
"""Russian letters that look like Latin ones, as codes are printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromoCode:
    """`uses` of at most `limit` (None: any number), once for each person; `member` is the only one who may use it.

    With `is_first_purchase` it is for those who have bought nothing yet, and gives its points with the first purchase.
    """

    code: str
    campaign: str
    points: int
    since: datetime | None = None
    until: datetime | None = None
    limit: int | None = None
    uses: int = 0
    member: MemberId | None = None
    is_first_purchase: bool = False


def normal_code(text: str) -> str:
    """Write a code in the one way it is stored: capitals, no spaces, dashes or dots."""
    return _NOISE.sub("", clean(text)).upper()[:LONGEST_CODE]


def readings(text: str) -> tuple[str, ...]:
    """List what may have been meant, likeliest first: as typed, with Russian lookalikes, in the other layout."""
    typed = normal_code(text)
    candidates = (typed, typed.translate(_LOOKALIKES), normal_code(switch_layout(clean(text).lower())))
    return tuple(dict.fromkeys(code for code in candidates if code))
