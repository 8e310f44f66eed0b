"""Fault scripts: what goes wrong, where and how many times."""

from dataclasses import dataclass, field

from tests.fakes.vk.wire import MESSAGES

TRANSPORT = frozenset({"http502", "html", "hang", "cut", "cut_after", "slow", "garbage"})
CODES = frozenset({1, 5, 6, 9, 10, 14, 15, 18, 27, 29, 100, 900, 901, 902, 911, 914})
POLL_ANSWERS = frozenset({"failed1", "failed2", "failed3", "failed4"})
POLL_EVENTS = frozenset({"duplicate", "repeat", "reorder", "unknown"})
LONG_POLL, UPLOAD, CALLBACK, ANY = "longpoll", "upload", "callback", "*"


@dataclass(slots=True, kw_only=True)
class Fault:
    """One thing going wrong: a transport kind, an error code, or a long poll's own kind."""

    method: str
    kind: str | int
    left: int
    seconds: float


@dataclass(slots=True)
class FaultScripts:
    """Faults wait in the order they were added; the first that fits a call is spent on it."""

    waiting: list[Fault] = field(default_factory=list)

    def add(self, method: str, kind: str | int, *, times: int = 1, seconds: float = 0.5) -> None:
        """Break the next `times` calls of `method` (`*` any method, `longpoll`, `upload`, `callback`).

        `seconds` is how long `slow` takes. A hang lasts until the client gives up or the fake stops.

        Raises:
            ValueError: no such kind at that place.
        """
        self._demand_known(method, kind)
        self.waiting.append(Fault(method=method, kind=kind, left=times, seconds=seconds))

    def take(self, method: str, *, kinds: frozenset[str] | frozenset[int] | None = None) -> Fault | None:
        """Spend the first fault that fits; `kinds` narrows the choice."""
        for fault in self.waiting:
            if self._fits(fault, method) and (kinds is None or fault.kind in kinds):
                fault.left -= 1
                if fault.left <= 0:
                    self.waiting.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """Forget what has not happened yet."""
        self.waiting.clear()

    @staticmethod
    def _fits(fault: Fault, method: str) -> bool:
        return fault.method == method or (fault.method == ANY and method not in {LONG_POLL, UPLOAD, CALLBACK})

    @staticmethod
    def _demand_known(method: str, kind: str | int) -> None:
        if method == CALLBACK:
            known: frozenset[str] | frozenset[int] | frozenset[str | int] = frozenset({"duplicate", "reorder"})
        elif method == LONG_POLL:
            known = TRANSPORT | POLL_ANSWERS | POLL_EVENTS
        elif method == UPLOAD:
            known = TRANSPORT
        else:
            known = TRANSPORT | CODES | frozenset(MESSAGES)
        if kind not in known:
            raise ValueError(f"no fault {kind!r} for {method}")
