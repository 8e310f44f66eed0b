"""Job: slow work outside a turn, whose result comes back as an event."""

from dataclasses import dataclass
from typing import NewType

from bot.domain.actions import Action
from bot.domain.messages import Address

JobId = NewType("JobId", int)

DONE, FAILED = "done", "failed"
"""How a job ended, as its action is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """`kind` names who does it, with `args`. In the end the conversation is woken by `then`; None tells nobody.

    The action's own arguments are followed by ``done`` and what came of it, or by ``failed``.
    """

    kind: str
    address: Address
    then: Action | None = None
    args: tuple[str, ...] = ()

    def ended(self, how: str, *results: str) -> Action | None:
        """Return the action that tells the conversation how it went."""
        return None if self.then is None else Action(self.then.name, (*self.then.args, how, *results))


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenJob:
    """A job that somebody works on; `attempts` counts this one, from 1."""

    id: JobId
    job: Job
    attempts: int

    @property
    def event_id(self) -> str:
        """The id of the event that tells how it ended."""
        return f"job:{self.id}"
