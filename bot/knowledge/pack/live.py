"""Live pack: the pack in force, and its exchange for a changed one while people are being answered."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Generic, TypeAlias, TypeVar

from bot.domain.errors import PackError
from bot.domain.pack import Pack
from bot.domain.problems import Problem, Severity, count_by_kind, error, has_errors
from bot.knowledge.feed.feed import lost_too_much
from bot.knowledge.pack.files import is_visible
from bot.knowledge.pack.loader import LoadedPack

_log = logging.getLogger(__name__)

_DEEPEST = 3  # locales/<language>/<file>

Built = TypeVar("Built")
Fingerprint: TypeAlias = tuple[tuple[str, int, int], ...]
"""Name, size and time of change of every file, sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """What came of a changed pack: swapped in, or refused because of the errors among `problems`."""

    is_swapped: bool
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class InForce(Generic[Built]):
    """A pack and what was built from it: always of one and the same loading."""

    pack: Pack
    built: Built


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSource(Generic[Built]):
    """Where a pack is and how it becomes useful: `load` reads the folder, `build` makes, say, the index."""

    directory: Path
    load: Callable[[Path], LoadedPack]
    build: Callable[[Pack], Built]


class LivePack(Generic[Built]):
    """Holds the pack in force. Readers may be in any thread; nobody waits for a refresh."""

    def __init__(self, source: PackSource[Built]) -> None:
        """Load the pack for the first time.

        Raises:
            PackError: it has errors; there is nothing to keep in force.
        """
        self._source = source
        self._refreshing = Lock()
        self._seen = take_fingerprint(source.directory)
        self._in_force = _open(source)

    @property
    def in_force(self) -> InForce[Built]:
        """The pack and what was built from it. Take it once for each piece of work: it may be another next time."""
        return self._in_force

    def refresh(self, *, force: bool = False) -> Refresh | None:
        """Load a changed pack aside and swap it in; keep the old one when the new one is broken.

        Blocking. None when no file changed since the last look; a broken pack is not tried again until it changes.
        With `force` nothing needs to have changed: feeds by address are read again.
        """
        with self._refreshing:
            fingerprint = take_fingerprint(self._source.directory)
            if fingerprint == self._seen and not force:
                return None
            self._seen = fingerprint  # taken before the reading: what changes meanwhile is seen by the next look
            return self._exchange()

    def _exchange(self) -> Refresh:
        loaded = self._source.load(self._source.directory)
        if loaded.pack is None or has_errors(loaded.problems):
            return _kept(loaded.problems)
        before, now = len(self._in_force.pack.catalogue.offers), len(loaded.pack.catalogue.offers)
        if lost_too_much(before, now):
            text = f"has {now} offers instead of {before}; correct the feed, or restart the bot if this is meant"
            return _kept((error("feed-shrunk", text, file="catalogue"), *loaded.problems))
        try:
            built = self._source.build(loaded.pack)
        except PackError as refused:
            reasons = refused.problems or (error("not-built", str(refused), file="."),)
            return _kept((*reasons, *loaded.problems))
        self._in_force = InForce(loaded.pack, built)
        _log.info("pack.swapped offers=%d problems=%d", now, count_by_kind(loaded.problems).total())
        return Refresh(is_swapped=True, problems=loaded.problems)


def take_fingerprint(directory: Path) -> Fingerprint:
    """Note the state of every visible file of a pack without reading any; empty when there is no such folder."""
    return tuple(sorted(_marks(directory, "", 1)))


def _marks(directory: Path, prefix: str, depth: int) -> list[tuple[str, int, int]]:
    marks: list[tuple[str, int, int]] = []
    try:
        for path in directory.iterdir():
            if not is_visible(path):
                continue
            name = f"{prefix}{path.name}"
            if path.is_dir():
                marks += _marks(path, f"{name}/", depth + 1) if depth < _DEEPEST else []
            else:
                state = path.stat()
                marks.append((name, state.st_size, state.st_mtime_ns))
    except OSError:
        marks.append((f"{prefix}?", 0, 0))  # it is being changed right now, or is gone: the loader will tell
    return marks


def _open(source: PackSource[Built]) -> InForce[Built]:
    loaded = source.load(source.directory)
    if loaded.pack is None:
        first = next(problem for problem in loaded.problems if problem.severity is Severity.ERROR)
        text = f"the pack {source.directory} cannot be used: {first}"
        raise PackError(text, loaded.problems)
    for problem in loaded.problems:
        if problem.severity is Severity.ERROR:  # a feed: the rest answers without it
            _log.error("pack.feed_unusable %s", problem)
    return InForce(loaded.pack, source.build(loaded.pack))


def _kept(problems: tuple[Problem, ...]) -> Refresh:
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    _log.warning("pack.kept_old errors=%d first=%s", count_by_kind(errors).total(), errors[0])
    return Refresh(is_swapped=False, problems=problems)
