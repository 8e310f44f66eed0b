"""Downloads: feeds taken from URLs, with the last good copy of each kept on disk."""

import json
import os
import tempfile
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from bot.domain.problems import Problem, Severity
from bot.knowledge.feed.address import shown
from bot.knowledge.feed.allowed_peers import PeerRule, public_and_private, public_only
from bot.knowledge.feed.transfer import NOTHING_KNOWN, Received, TransferError, TransferRules, transfer
from bot.knowledge.progress import Progress, no_progress

_LARGEST_FEED = 512 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodCopy:
    """The last copy of a feed that was read and found good; `offers` is how many it had."""

    path: Path
    offers: int = 0
    received: Received = NOTHING_KNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedFeed:
    """What there is to read. `path` is None where nothing is.

    `is_fresh`: a new copy, to be read and then passed to `accept` or `refuse`; otherwise the last good copy, either
    because it is current or, when `problems` say so, because nothing newer could be had.
    """

    path: Path | None
    problems: tuple[Problem, ...] = ()
    is_fresh: bool = False
    received: Received = NOTHING_KNOWN


class FeedCache:
    """Feeds by URL in one directory, which it makes and owns. Blocking: call it from a thread.

    Several processes may share the directory: copies are replaced atomically and the last one wins.
    """

    def __init__(
        self,
        directory: Path,
        *,
        timeout: float = 30.0,
        deadline: float = 600.0,
        max_bytes: int = _LARGEST_FEED,
        allow_private: bool = False,
        peers: PeerRule | None = None,
    ) -> None:
        self._directory = directory
        self._rules = TransferRules(
            timeout=timeout,
            deadline=deadline,
            max_bytes=max_bytes,
            schemes=frozenset({"http", "https"} if allow_private else {"https"}),
            peers=peers or (public_and_private if allow_private else public_only),
        )

    def fetch(self, url: str, *, progress: Progress = no_progress) -> FetchedFeed:
        """Take the feed at `url` if it changed. Never raises for what the network or the disk does."""
        good = self.good_copy(url)
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            return self._take(url, good, progress)
        except TransferError as fault:
            return _fallback(url, good, fault.kind, str(fault))
        except OSError as fault:
            return _fallback(url, good, "download-failed", f"cannot be kept on disk ({fault.strerror})")

    def _take(self, url: str, good: GoodCopy | None, progress: Progress) -> FetchedFeed:
        known = good.received if good else NOTHING_KNOWN
        handle, name = tempfile.mkstemp(prefix=f"{_key(url)}-", suffix=".feed", dir=self._directory)
        path = Path(name)
        try:
            with os.fdopen(handle, "wb") as target:
                received = transfer(url, target, self._rules, known=known, progress=progress)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        if received is None:
            path.unlink(missing_ok=True)
            return FetchedFeed(path=good.path if good else None)
        return FetchedFeed(path=path, is_fresh=True, received=received)

    def accept(self, url: str, fetched: FetchedFeed, *, offers: int) -> None:
        """Make a fresh copy the good one; the one before it is deleted.

        Raises:
            OSError: the disk did not take it; the copy before stays.
        """
        if fetched.path is None or not fetched.is_fresh:
            return
        good = self.good_copy(url)
        note = {
            "file": fetched.path.name,
            "offers": offers,
            "etag": fetched.received.etag,
            "last_modified": fetched.received.last_modified,
        }
        draft = fetched.path.with_suffix(".draft")
        draft.write_text(json.dumps(note), encoding="utf-8")
        draft.replace(self._note(url))
        if good is not None and good.path != fetched.path:
            good.path.unlink(missing_ok=True)

    def refuse(self, fetched: FetchedFeed) -> None:
        """Delete a fresh copy that turned out bad."""
        if fetched.path is not None and fetched.is_fresh:
            fetched.path.unlink(missing_ok=True)

    def good_copy(self, url: str) -> GoodCopy | None:
        """Find the last good copy; None where there is none or its files are damaged."""
        try:
            note = json.loads(self._note(url).read_text(encoding="utf-8"))
            path = self._directory / Path(str(note["file"])).name
            received = Received(etag=str(note["etag"]), last_modified=str(note["last_modified"]))
            good = GoodCopy(path=path, offers=int(note["offers"]), received=received)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return good if path.is_file() else None

    def _note(self, url: str) -> Path:
        return self._directory / f"{_key(url)}.json"


def demoted(problem: Problem) -> Problem:
    """Make a warning of an error that a good copy makes up for."""
    return replace(problem, severity=Severity.WARNING)


def _fallback(url: str, good: GoodCopy | None, kind: str, reason: str) -> FetchedFeed:
    """Stand in with the last good copy, if there is one."""
    if good is None:
        text = f"cannot be downloaded: {reason}; check the address, or put the file into the pack"
        problem = Problem(severity=Severity.ERROR, kind=kind, text=text, file=shown(url))
        return FetchedFeed(path=None, problems=(problem,))
    text = f"cannot be downloaded: {reason}; the last good copy with {good.offers} offers is used"
    problem = Problem(severity=Severity.WARNING, kind=kind, text=text, file=shown(url))
    return FetchedFeed(path=good.path, problems=(problem,))


def _key(url: str) -> str:
    return sha256(url.encode("utf-8", "replace")).hexdigest()[:32]
