"""Source: the way into this room; the path or address of a feed becomes a `Feed`, by `download` and `parse`."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.domain.problems import Problem, error, has_errors, warning
from bot.knowledge.feed.address import shown
from bot.knowledge.feed.download import FeedCache, FetchedFeed, GoodCopy, demoted
from bot.knowledge.feed.feed import Feed, lost_too_much
from bot.knowledge.feed.parse import read_feed
from bot.knowledge.progress import Progress, no_progress

_SCHEME = "://"


def load_source(
    source: str | Path,
    *,
    cache: FeedCache | None = None,
    progress: Progress = no_progress,
    label: str = "",
) -> Feed:
    """Read the feed at a path or an address. Blocking: call it from a thread. Never raises for what it finds.

    `label` names a file in problems (its own name unless given). An address needs `cache`. A new copy of an address
    that has errors, breaks off, or lost too many of its offers leaves the last good copy in force; the
    problems say so. For a file the caller compares, with `lost_too_much`, with what is in force.
    """
    if isinstance(source, str) and _SCHEME in source:
        return _load_url(source, cache, progress)
    path = Path(source)
    name = label or path.name
    if not path.is_file():
        text = "no such file; put the feed there, or correct the name in brand.toml"
        return _with_problems(Feed(), [error("no-file", text, file=name)])
    return read_feed(path, label=name, progress=progress)


def _load_url(url: str, cache: FeedCache | None, progress: Progress) -> Feed:
    if cache is None:
        text = "feeds from addresses are not read here; put the file into the pack"
        return _with_problems(Feed(), [error("no-download", text, file=shown(url))])
    good = cache.good_copy(url)
    fetched = cache.fetch(url, progress=progress)
    if fetched.path is None:
        return _with_problems(Feed(), fetched.problems)
    feed = read_feed(fetched.path, label=shown(url), progress=progress)
    if not fetched.is_fresh:
        return _with_problems(feed, fetched.problems)
    return _weigh(url, cache, fetched, feed, good=good, progress=progress)


def _weigh(
    url: str,
    cache: FeedCache,
    fetched: FetchedFeed,
    feed: Feed,
    *,
    good: GoodCopy | None,
    progress: Progress,
) -> Feed:
    """Decide between a new copy and the one in force."""
    reason = _refusal(url, feed, good)
    if reason is None:
        if has_errors(feed.problems):
            cache.refuse(fetched)
            return feed
        return _with_problems(feed, _accept(url, cache, fetched, len(feed.offers)))
    cache.refuse(fetched)
    assert good is not None  # noqa: S101 - a refusal compares with it
    old = read_feed(good.path, label=shown(url), progress=progress)
    errors = [demoted(problem) for problem in feed.problems if has_errors([problem])]
    return _with_problems(old, [reason, *errors])


def _refusal(url: str, feed: Feed, good: GoodCopy | None) -> Problem | None:
    """Say why the copy in force should stay; None where there is none or the new one is fine."""
    if good is None:
        return None
    before, now = good.offers, len(feed.offers)
    stays = f"the last good copy with {before} offers stays in force"
    if lost_too_much(before, now):
        text = f"the new copy has {now} offers instead of {before}; {stays}"
        return warning("feed-shrunk", text, file=shown(url))
    if has_errors(feed.problems):
        return warning("feed-refused", f"the new copy has errors; {stays}", file=shown(url))
    if "truncated" in feed.counts and now < before:
        return warning("feed-refused", f"the new copy breaks off after {now} offers; {stays}", file=shown(url))
    return None


def _accept(url: str, cache: FeedCache, fetched: FetchedFeed, offers: int) -> Sequence[Problem]:
    try:
        cache.accept(url, fetched, offers=offers)
    except OSError as fault:
        text = f"the copy cannot be kept on disk ({fault.strerror}); make the directory of feeds writable"
        return [warning("download-failed", text, file=shown(url))]
    return []


def _with_problems(feed: Feed, problems: Sequence[Problem]) -> Feed:
    return replace(feed, problems=(*problems, *feed.problems))
