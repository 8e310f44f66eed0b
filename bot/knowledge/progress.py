"""Progress: how far a long piece of work is, for whoever watches."""

from typing import Protocol


class Progress(Protocol):
    """Called now and then with what is being done and how much of it; `total` is None where nobody knows."""

    def __call__(self, stage: str, done: int, total: int | None) -> None: ...


def no_progress(stage: str, done: int, total: int | None) -> None:
    """Nobody watches."""
