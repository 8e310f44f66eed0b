"""What changed on a screen between two looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.paging import BACK, ONWARD
from tests.integration.conversation.player import Shown


@dataclass(frozen=True, slots=True)
class Bubble:
    """A message as it looks now."""

    text: str
    buttons: tuple[str, ...]


class Screen:
    """One chat; messages are known by their number in it, which grows."""

    def __init__(self) -> None:
        self._known: dict[int, Bubble] = {}
        self._turns = ONWARD

    def look(self, now: Mapping[int, Bubble], kinds: Sequence[str]) -> list[Shown]:
        """Tell what is new or changed, in order; `kinds` are those of the same messages in the log."""
        changed = {number: bubble for number, bubble in sorted(now.items()) if self._known.get(number) != bubble}
        assert len(changed) == len(kinds), f"the log says {kinds}, the screen {changed}"
        shown = [
            Shown(kind=kind, text=bubble.text, buttons=bubble.buttons, replaces=number in self._known)
            for (number, bubble), kind in zip(changed.items(), kinds, strict=True)
        ]
        self._known = dict(now)
        return shown

    def find(self, label: str) -> tuple[int, str]:
        """Find the latest message with a button: of that label, or else one that turns a page.

        Pages are turned to the last one, then back to the first.
        """
        number = self._latest(label)
        if number is not None:
            self._turns = ONWARD
            return number, label
        self._turns = self._turns if self._latest(self._turns) is not None else BACK
        number = self._latest(self._turns)
        if number is None:
            raise LookupError(f"no button {label!r} on any page: {self._known}")
        return number, self._turns

    def _latest(self, label: str) -> int | None:
        return max((number for number, bubble in self._known.items() if label in bubble.buttons), default=None)
