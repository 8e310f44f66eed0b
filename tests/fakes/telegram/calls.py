"""The transcript of calls, and what no correct client would have sent."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.fakes.telegram.shapes import Json, Upload


@dataclass(slots=True, kw_only=True)
class Call:
    """A call of the bot. `outcome` is "pending", "ok", a refusal, or the fault's name."""

    method: str
    parameters: Json
    files: dict[str, Upload] = field(default_factory=dict)
    at: datetime
    status: int = 0
    outcome: str = "pending"
    performed: bool = False
    """Whether the platform carried it out, whatever the client was told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A request that a correct client never sends."""

    method: str
    problems: tuple[str, ...]
    parameters: Json


def moment(seconds: float) -> datetime:
    """Turn Unix time into a moment in UTC."""
    return datetime.fromtimestamp(seconds, UTC)
