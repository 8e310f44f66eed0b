"""Scripts of what goes wrong: on the wire, in the answers, in the batches of updates."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from tests.fakes.telegram.replies import Reply, error_reply, garbage_reply, html_reply
from tests.fakes.telegram.shapes import ApiError, Json

Perform: TypeAlias = Callable[[], Awaitable[Reply]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Http429:
    """Too many requests; seconds."""

    retry_after: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Http5xx:
    """The server's failure as JSON; `performs`: the call was carried out all the same."""

    status: int = 500
    description: str = "Internal Server Error"
    performs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Http502:
    """The proxy's failure: a page of HTML."""

    performs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hang:
    """No answer until the fault is released; then the call is carried out if the client still waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The connection ends in the middle of an answer; nothing was carried out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CutAfter:
    """The call is carried out, then the connection ends without an answer: the outcome is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slow:
    """The answer comes late."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Garbage:
    """HTTP 200 with half a JSON."""

    performs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unauthorized:
    """The token is not valid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Another poller has taken over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicates:
    """The last confirmed updates come again before the new ones (`webhook`: each update comes twice)."""

    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reordered:
    """A batch of several updates comes newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownKind:
    """An update of a kind from the future is queued."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownFields:
    """All objects of the batch have fields from the future."""


BatchKind: TypeAlias = Duplicates | Reordered | UnknownKind | UnknownFields
WireKind: TypeAlias = Http429 | Http5xx | Http502 | Hang | Cut | CutAfter | Slow | Garbage | Unauthorized | Conflict
Kind: TypeAlias = BatchKind | WireKind

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(slots=True, kw_only=True, eq=False)
class Fault:
    """A line of the script: which calls, how often. `used` counts; `times` None is for ever."""

    kind: Kind
    method: str = "*"
    times: int | None = 1
    skip: int = 0
    chat: int | None = None
    used: int = 0
    _held: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = field(default_factory=list)

    def matches(self, method: str, parameters: Json) -> bool:
        """Tell whether a call is meant."""
        is_method = self.method == "*" or self.method.lower() == method.lower()
        return is_method and self.chat in {None, parameters.get("chat_id")} and self.used != self.times

    async def hold(self) -> None:
        """Wait until released."""
        event = asyncio.Event()
        self._held.append((asyncio.get_running_loop(), event))
        await event.wait()

    def release(self) -> None:
        """Let hanging calls go on, and end this line; from any thread."""
        self.times = self.used
        for loop, event in self._held:
            if not loop.is_closed():
                loop.call_soon_threadsafe(event.set)
        self._held.clear()


class Faults:
    """The script of one fake."""

    def __init__(self) -> None:
        self._lines: list[Fault] = []

    def add(
        self, *, kind: Kind, method: str = "*", times: int | None = 1, skip: int = 0, chat: int | None = None
    ) -> Fault:
        """Add a line: `skip` calls pass first, then `times` calls fail; `chat` narrows to one chat_id.

        Faults of batches need the method "getUpdates", or "webhook" for Duplicates.
        """
        if isinstance(kind, BatchKind) and method not in {"getUpdates", "webhook"}:
            raise ValueError(f"{kind} is a fault of getUpdates")
        fault = Fault(kind=kind, method=method, times=times, skip=skip, chat=chat)
        self._lines.append(fault)
        return fault

    def clear(self) -> None:
        """End the script; hanging calls go on."""
        for fault in self._lines:
            fault.release()
        self._lines.clear()

    def take(self, method: str, parameters: Json) -> Fault | None:
        """Take the wire fault that falls on a call."""
        wire = (fault for fault in self._lines if not isinstance(fault.kind, BatchKind))
        return _first(wire, method, parameters)

    def take_batch(self, method: str) -> BatchKind | None:
        """Take the fault that falls on a batch of updates."""
        fault = _first((fault for fault in self._lines if isinstance(fault.kind, BatchKind)), method, {})
        return fault.kind if fault is not None and isinstance(fault.kind, BatchKind) else None


def _first(faults: Iterable[Fault], method: str, parameters: Json) -> Fault | None:
    for fault in faults:
        if not fault.matches(method, parameters):
            continue
        if fault.skip:
            fault.skip -= 1
            continue
        fault.used += 1
        return fault
    return None


async def suffer(fault: Fault, perform: Perform) -> Reply:
    """Answer a call as the fault has it."""
    match fault.kind:
        case Hang():
            await fault.hold()
            return await perform()
        case Slow(seconds=seconds):
            await asyncio.sleep(seconds)
            return await perform()
        case CutAfter():
            await perform()
            return Reply(cut="before")
        case Http502(performs=True) | Http5xx(performs=True) | Garbage(performs=True):
            await perform()
        case _:
            pass
    return _answer(fault.kind)


def _answer(kind: Kind) -> Reply:
    match kind:
        case Http429(retry_after=seconds):
            return error_reply(ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds))
        case Http5xx(status=status, description=description):
            return error_reply(ApiError(status, description))
        case _:
            return FIXED[type(kind)]


FIXED: Mapping[type[Kind], Reply] = {
    Http502: html_reply(),
    Cut: Reply(cut="middle"),
    Garbage: garbage_reply(),
    Unauthorized: error_reply(ApiError(401, "Unauthorized")),
    Conflict: error_reply(ApiError(409, CONFLICT)),
}


def spoil(kind: BatchKind, batch: Sequence[Json], confirmed: Sequence[Json]) -> list[Json]:
    """Change a batch of updates as the fault has it."""
    match kind:
        case Duplicates(count=count):
            return [*confirmed[-count:], *batch]
        case Reordered():
            return list(reversed(batch))
        case UnknownKind():
            return list(batch)
        case UnknownFields():
            return [_with_unknown(update) for update in batch]


def _with_unknown(value: Json) -> Json:
    known = {name: _with_unknown(item) if isinstance(item, dict) else item for name, item in value.items()}
    return {**known, "aura": {"colour": "violet", "since": 2031}}
