"""Erasure: what is written down when somebody is forgotten.

Order 179 of Roskomnadzor (28.10.2022): destroying personal data takes an act and an extract of the system's log.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureAct:
    """`subject` is a pseudonym, such as ``member 12``. `erased` counts the rows by what they held: the log extract."""

    subject: str
    operator: str
    reason: str
    erased: Mapping[str, int]
    at: datetime

    system: str = "Klubok"
    method: str = "overwritten in and removed from the database, by the program"
    responsible: str = "the program, at the person's own demand"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidLine:
    """A line of what somebody and we said to each other."""

    at: datetime
    is_ours: bool
    text: str
