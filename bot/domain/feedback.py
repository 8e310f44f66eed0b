"""Feedback: what a person thinks of us."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.messages import Address

BEST_RATING = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """`rating` is 1 (worst) to 5; `comment` may be empty.

    `sender` and `begun_by` (the id of the event that opened the form) name the filling-in: saving it twice counts once.
    """

    sender: Address
    begun_by: str
    rating: int
    comment: str
    given_at: datetime
