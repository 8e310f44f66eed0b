"""Feeds are taken from a real server, within bounds, and the last good copy is never lost."""

import gzip
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.problems import Problem, has_errors
from bot.knowledge.feed.download import FeedCache
from bot.knowledge.feed.feed import Feed
from bot.knowledge.feed.source import load_source
from tests.integration.knowledge.feed.samples import offers, yml
from tests.integration.knowledge.feed.server import Answer, Shop, serving


@pytest.fixture
def shop() -> Iterator[Shop]:
    with serving() as running:
        yield running


@pytest.fixture
def cache(tmp_path: Path) -> FeedCache:
    return FeedCache(tmp_path / "feeds", timeout=5, allow_private=True)


def load(shop: Shop, cache: FeedCache, content: Answer | None = None, path: str = "/feed.xml") -> Feed:
    if content is not None:
        shop.pages[path] = content
    return load_source(shop.url + path, cache=cache)


def kinds(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.kind for problem in problems]


def test_a_feed_is_taken_and_read(shop: Shop, cache: FeedCache) -> None:
    feed = load(shop, cache, Answer(body=yml(offers(4))))
    assert (len(feed.offers), feed.problems) == (4, ())


def test_a_feed_that_did_not_change_is_not_sent_again(shop: Shop, cache: FeedCache, tmp_path: Path) -> None:
    answer = Answer(body=yml(offers(4)), headers={"ETag": '"v1"', "Last-Modified": "Mon, 23 Nov 2026 10:00:00 GMT"})
    first = load(shop, cache, answer)
    again = load(shop, FeedCache(tmp_path / "feeds", allow_private=True))
    assert again == first
    assert shop.requests[1]["If-None-Match"] == '"v1"'
    assert shop.requests[1]["If-Modified-Since"] == "Mon, 23 Nov 2026 10:00:00 GMT"
    assert not cache.fetch(shop.url + "/feed.xml").is_fresh
    assert len(list((tmp_path / "feeds").iterdir())) == 2


def test_a_changed_feed_replaces_the_copy(shop: Shop, cache: FeedCache, tmp_path: Path) -> None:
    load(shop, cache, Answer(body=yml(offers(4)), headers={"ETag": '"v1"'}))
    feed = load(shop, cache, Answer(body=yml(offers(6)), headers={"ETag": '"v2"'}))
    assert len(feed.offers) == 6
    assert len(list((tmp_path / "feeds").iterdir())) == 2


@pytest.mark.parametrize("headers", [{}, {"Content-Encoding": "gzip"}])
def test_a_packed_feed_is_read(shop: Shop, cache: FeedCache, headers: dict[str, str]) -> None:
    feed = load(shop, cache, Answer(body=gzip.compress(yml(offers(4))), headers=headers))
    assert (len(feed.offers), feed.problems) == (4, ())


@pytest.mark.parametrize(
    "failure",
    [
        Answer(500),
        Answer(404),
        Answer(304),
        Answer(body=yml(offers(5)), length=100_000),
        Answer(body=b"x", headers={"Content-Encoding": "br"}),
        Answer(302, headers={"Location": "/feed.xml"}),
        Answer(302, headers={"Location": "file:///etc/hostname"}),
        Answer(302, headers={"Location": "ftp://127.0.0.1/feed.xml"}),
        Answer(302, headers={"Location": "http://[broken"}),
    ],
    ids=["500", "404", "304 unasked", "cut", "unknown packing", "endless", "to a file", "to ftp", "to nowhere"],
)
def test_a_failure_is_an_error_first_and_a_warning_beside_a_good_copy(
    shop: Shop, cache: FeedCache, failure: Answer
) -> None:
    assert has_errors(load(shop, cache, failure).problems)
    good = load(shop, cache, Answer(body=yml(offers(7))))
    feed = load(shop, cache, failure)
    assert feed.offers == good.offers
    assert len(feed.problems) == 1
    assert not has_errors(feed.problems)


def test_a_server_that_is_gone_keeps_the_good_copy(cache: FeedCache) -> None:
    with serving() as shop:
        good = load(shop, cache, Answer(body=yml(offers(3))))
    feed = load(shop, cache)
    assert feed.offers == good.offers
    assert kinds(feed.problems) == ["download-failed"]


@pytest.mark.parametrize("is_told", [True, False])
def test_a_feed_over_the_cap_is_refused(shop: Shop, tmp_path: Path, *, is_told: bool) -> None:
    cache = FeedCache(tmp_path / "feeds", max_bytes=10_000, allow_private=True)
    body = yml(offers(100))
    feed = load(shop, cache, Answer(body=body, length=None if is_told else 10_001))
    assert kinds(feed.problems) == ["too-large"]
    assert list((tmp_path / "feeds").iterdir()) == []


def test_a_body_that_trickles_meets_the_deadline(shop: Shop, tmp_path: Path) -> None:
    cache = FeedCache(tmp_path / "feeds", timeout=5, deadline=0.3, allow_private=True)
    is_over = threading.Event()
    started = time.perf_counter()
    feed = load(shop, cache, Answer(body=b" " * 100_000, wait=lambda: is_over.wait(0.01)))
    is_over.set()
    assert time.perf_counter() - started < 3
    assert kinds(feed.problems) == ["download-failed"]
    assert "too long" in feed.problems[0].text


def test_a_silent_server_meets_the_timeout(shop: Shop, tmp_path: Path) -> None:
    cache = FeedCache(tmp_path / "feeds", timeout=0.2, allow_private=True)
    is_over = threading.Event()
    feed = load(shop, cache, Answer(body=b"  ", wait=lambda: is_over.wait(3)))
    is_over.set()
    assert kinds(feed.problems) == ["download-failed"]


def test_a_redirect_is_followed(shop: Shop, cache: FeedCache) -> None:
    shop.pages["/old.xml"] = Answer(301, headers={"Location": "/feed.xml"})
    shop.pages["/feed.xml"] = Answer(body=yml(offers(2)))
    assert len(load(shop, cache, path="/old.xml").offers) == 2


def test_a_redirect_to_a_refused_peer_sends_nothing(shop: Shop, tmp_path: Path) -> None:
    cache = FeedCache(tmp_path / "feeds", allow_private=True, peers=lambda address, _: address == "127.0.0.1")
    with serving("127.0.0.2") as inside:
        inside.pages["/feed.xml"] = Answer(body=yml(offers(2)))
        feed = load(shop, cache, Answer(302, headers={"Location": inside.url + "/feed.xml"}))
        assert kinds(feed.problems) == ["forbidden-url"]
        assert inside.requests == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0.0.0.0"])  # noqa: S104 - spellings of loopback
def test_by_default_no_spelling_of_a_private_address_is_talked_to(shop: Shop, tmp_path: Path, host: str) -> None:
    cache = FeedCache(tmp_path / "feeds", timeout=5)
    port = shop.url.rpartition(":")[2]
    shop.pages["/feed.xml"] = Answer(body=yml(offers(2)))
    secure = load_source(f"https://{host}:{port}/feed.xml", cache=cache)
    plain = load_source(f"http://{host}:{port}/feed.xml", cache=cache)
    assert (secure.offers, plain.offers, shop.requests) == ({}, {}, [])
    assert kinds(plain.problems) == ["forbidden-url"]
    assert kinds(secure.problems) in (["forbidden-url"], ["download-failed"])


def test_proxies_of_the_environment_are_not_used(shop: Shop, cache: FeedCache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert len(load(shop, cache, Answer(body=yml(offers(2)))).offers) == 2


def test_a_login_in_the_url_is_sent_and_never_shown(shop: Shop, cache: FeedCache) -> None:
    url = shop.url.replace("http://", "http://login:hidden@") + "/feed.xml?key=hidden"
    missing = load_source(url, cache=cache)
    assert shop.requests[0]["Authorization"].startswith("Basic ")
    assert has_errors(missing.problems)
    assert "hidden" not in repr(missing)
    assert "login" not in repr(missing)


def test_a_shrunk_feed_leaves_the_old_one_in_force(shop: Shop, cache: FeedCache, tmp_path: Path) -> None:
    load(shop, cache, Answer(body=yml(offers(100))))
    feed = load(shop, FeedCache(tmp_path / "feeds", allow_private=True), Answer(body=yml(offers(49))))
    assert len(feed.offers) == 100
    assert kinds(feed.problems) == ["feed-shrunk"]
    assert {"49", "100"} <= set(feed.problems[0].text.split())
    assert len(load(shop, cache, Answer(body=yml(offers(60)))).offers) == 60


@pytest.mark.parametrize("bad", [b"<html>maintenance</html>", yml(offers(90))[:-3000], yml("")])
def test_a_bad_new_copy_leaves_the_old_one_in_force(shop: Shop, cache: FeedCache, bad: bytes, tmp_path: Path) -> None:
    load(shop, cache, Answer(body=yml(offers(90))))
    feed = load(shop, cache, Answer(body=bad))
    assert len(feed.offers) == 90
    assert not has_errors(feed.problems)
    assert feed.problems[0].kind in {"feed-shrunk", "feed-refused"}
    assert len(list((tmp_path / "feeds").iterdir())) == 2


@pytest.mark.parametrize("damage", ["", "{}", "[]", '{"file": "../../etc/hostname", "offers": 1}', "\x00"])
def test_a_damaged_note_is_as_good_as_none(shop: Shop, cache: FeedCache, tmp_path: Path, damage: str) -> None:
    load(shop, cache, Answer(body=yml(offers(4))))
    (note,) = (tmp_path / "feeds").glob("*.json")
    note.write_text(damage, encoding="utf-8")
    assert len(load(shop, cache).offers) == 4


def test_a_directory_that_cannot_be_made_is_told(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    feed = load(shop, FeedCache(tmp_path / "file" / "feeds", allow_private=True), Answer(body=yml(offers(4))))
    assert kinds(feed.problems) == ["download-failed"]


def test_a_file_is_a_source_too(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(yml(offers(2)))
    assert len(load_source(path).offers) == 2
    assert len(load_source(str(path), label="catalogue/feed.xml").offers) == 2


def test_a_source_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    assert kinds(load_source(tmp_path / "none.xml").problems) == ["no-file"]
    assert kinds(load_source("https://shop.example/feed.xml").problems) == ["no-download"]
