"""Packs loaded from folders."""

import gzip
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bot.demo
from bot.domain.actions import LONGEST_PAYLOAD, Action
from bot.domain.catalogue import Offer
from bot.domain.problems import Problem, count_by_kind, error, has_errors, warning
from bot.knowledge.feed.download import FeedCache
from bot.knowledge.feed.feed import Feed
from bot.knowledge.feed.source import load_source
from bot.knowledge.pack.catalogue import ReadFeed
from bot.knowledge.pack.loader import load_pack
from bot.knowledge.pack.report import SHOWN_OF_A_KIND, format_report
from bot.knowledge.progress import Progress, no_progress
from tests.integration.knowledge.pack.folders import BRAND, FAQ, feed, noted, write

FILES = ("brand.toml", "faq.yaml", "articles/a.md", "synonyms.yaml", "club.toml", "catalogue.xml", "catalogue/a.zip")

WITH_SECRETS = (
    "https://jack:opensesame@127.0.0.1/feed.xml?key=k3y",
    "https://127.0.0.1/feed.xml?login=jack&password=opensesame#k3y",
    "http://jack:opensesame@127.0.0.1/feed.xml?key=k3y",
    "ftp://jack:opensesame@127.0.0.1/feed.xml",
    "jack:opensesame@127.0.0.1/feed.xml?key=k3y",
    "//jack:opensesame@127.0.0.1/feed.xml?key=k3y",
    "https:/jack:opensesame@127.0.0.1/feed.xml",
    "https:jack:opensesame@127.0.0.1/feed.xml",
    "https://jack:open/sesame/opensesame@127.0.0.1/feed.xml",
    "https://jack:12/opensesame@127.0.0.1/feed.xml",
    "https://jack:12?opensesame@127.0.0.1/feed.xml",
    "https://jack:12#opensesame@127.0.0.1/feed.xml",
    "https://jack:12%2Fopensesame%40127.0.0.1/feed.xml",
    "https://jack%3Aopensesame%40127.0.0.1/feed.xml",
    "https://[jack:opensesame@127.0.0.1/feed.xml",
)
"""Addresses with a login, a password or a key in them, most of them mistyped."""


def test_a_brand_and_an_faq_are_a_pack(tmp_path: Path) -> None:
    loaded = load_pack(write(tmp_path, {"brand.toml": BRAND, "faq.yaml": FAQ}))
    assert loaded.problems == ()
    assert loaded.pack is not None
    assert list(loaded.pack.faq) == ["delivery"]


def test_a_brand_and_a_feed_are_a_pack(tmp_path: Path) -> None:
    loaded = load_pack(write(tmp_path, {"brand.toml": BRAND, "catalogue.xml": feed(["1", "2"])}))
    assert loaded.problems == ()
    assert loaded.pack is not None
    assert list(loaded.pack.catalogue.offers) == ["1", "2"]


def test_everything_of_a_pack_is_loaded(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "brand.toml": b"\xef\xbb\xbf" + f'{BRAND}[[lines]]\nid = "x"\nname = "X"\ncategories = ["1"]\n'.encode(),
        "faq.yaml": FAQ.replace("\n", "\r\n"),
        "catalogue.xml": feed(["1"]),
        "catalogue/more.xml.gz": gzip.compress(feed(["2"]).encode()),
        "articles/b.md": "---\napplies_to: [1]\n---\n# B\nText",
        "articles/a.md": "# A\nText",
        "synonyms.yaml": "- [a, b]",
        "club.toml": "[referral]\ninviter = 5\n",
        "README.md": "how we keep this pack",
        ".git/config": "x",
    }
    loaded = load_pack(write(tmp_path, files))
    assert loaded.problems == ()
    assert loaded.pack is not None
    assert list(loaded.pack.catalogue.offers) == ["1", "2"]
    assert list(loaded.pack.articles) == ["a", "b"]
    assert loaded.pack.synonyms == (("a", "b"),)
    assert loaded.pack.club == {"referral": {"inviter": 5}}


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({}, "brand.toml:None error no-brand"),
        ({"brand.toml": BRAND}, "brand.toml:None error nothing-to-answer"),
        ({"brand.toml": BRAND, "faq.yaml": ""}, "brand.toml:None error nothing-to-answer"),
        ({"brand.toml": BRAND, "faq.yml": FAQ}, "faq.yml:None warning unknown-file"),
        ({"brand.toml": BRAND, "FAQ.yaml": FAQ}, "FAQ.yaml:None warning unknown-file"),
        ({"brand.toml": BRAND, "faq.yaml": "- id: \xff".encode("latin-1")}, "faq.yaml:1 error not-utf-8"),
        ({"brand.toml": 'name = "x"\n# \xe9'.encode("latin-1")}, "brand.toml:2 error not-utf-8"),
        ({"brand.toml": b"x" * 1_000_001}, "brand.toml:None error too-large"),
        ({"brand.toml": BRAND, "faq.yaml/x": "y"}, "faq.yaml:None error not-a-file"),
        ({"brand.toml": BRAND, "articles": "y"}, "articles:None error not-a-folder"),
        ({"brand.toml": BRAND, "faq.yaml": FAQ, "locales": "y"}, "locales:None error not-a-folder"),
        ({"brand.toml": BRAND, "articles/a.txt": "y"}, "articles/a.txt:None warning unknown-file"),
        ({"brand.toml": BRAND, "articles/a.md/b": "y"}, "articles/a.md:None error not-a-file"),
        ({"brand.toml": BRAND, "catalogue/a.csv": "y"}, "catalogue/a.csv:None warning unknown-file"),
        ({"brand.toml": BRAND, "catalogue/a.xml": "no xml"}, "catalogue/a.xml:None error not-a-feed"),
        (
            {"brand.toml": BRAND, "articles/Уход.md": "# A\nb", "articles/uhod.md": "# A\nb"},
            "articles/Уход.md:None error repeated-id",
        ),
        (
            {"brand.toml": BRAND, "catalogue.xml": feed(["1"]), "catalogue/b.xml": feed(["1", "2"])},
            "catalogue/b.xml:None warning offer-in-two-feeds",
        ),
        (
            {
                "brand.toml": f'{BRAND}[[lines]]\nid = "a"\nname = "b"\ncategories = ["9"]',
                "catalogue.xml": feed(["1"]),
            },
            "brand.toml:5 warning unknown-category",
        ),
        (
            {
                "brand.toml": BRAND,
                "catalogue.xml": feed(["1"]),
                "articles/a.md": "---\napplies_to: [9]\n---\n# A\nb",
            },
            "articles/a.md:2 warning unknown-id",
        ),
    ],
)
def test_a_problem_has_its_place(tmp_path: Path, files: dict[str, str | bytes], problem: str) -> None:
    loaded = load_pack(write(tmp_path, files))
    assert problem in noted(loaded.problems)
    assert loaded.pack is not None or has_errors(loaded.problems)


def test_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "brand.toml": 'site = "x"',
        "faq.yaml": "- id: [",
        "articles/a.md": "---\n# A",
        "synonyms.yaml": "text",
        "club.toml": "[[tiers]]",
        "catalogue.xml": "<a/>",
    }
    loaded = load_pack(write(tmp_path, files))
    assert {problem.file for problem in loaded.problems if problem.severity == "error"} == files.keys()
    assert count_by_kind(loaded.problems)["missing"] == 4


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    loaded = load_pack(tmp_path / "none")
    assert noted(loaded.problems) == [f"{tmp_path / 'none'}:None error no-folder"]


def test_a_file_instead_of_a_folder_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, {"brand.toml": BRAND}) / "brand.toml"
    assert noted(load_pack(path).problems) == [f"{path}:None error no-folder"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("name", ["", "articles", "faq.yaml", "catalogue"])
def test_what_may_not_be_read_is_told(tmp_path: Path, name: str) -> None:
    files: dict[str, str | bytes] = {
        "brand.toml": BRAND,
        "faq.yaml": FAQ,
        "articles/a.md": "# A",
        "catalogue/a.xml": "",
    }
    path = write(tmp_path, files) / name
    path.chmod(0)
    try:
        assert "unreadable" in count_by_kind(load_pack(tmp_path).problems)
    finally:
        path.chmod(0o700)


def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(write(tmp_path, {"brand.toml": BRAND}) / "faq.yaml")
    assert "faq.yaml:None error not-a-file" in noted(load_pack(tmp_path).problems)


def test_a_link_to_nowhere_is_told(tmp_path: Path) -> None:
    (write(tmp_path, {"brand.toml": BRAND}) / "faq.yaml").symlink_to("nowhere")
    assert "faq.yaml:None error not-a-file" in noted(load_pack(tmp_path).problems)


class FakeFeeds:
    """Feeds by address; an address that is not there cannot be read."""

    def __init__(self, feeds: dict[str, Feed]) -> None:
        self._feeds = feeds

    def __call__(self, source: str | Path, *, label: str, progress: Progress) -> Feed:
        absent = Feed(problems=(error("download-failed", "no answer", file=label),))
        progress("feed", 1, 1)
        return self._feeds.get(str(source), absent)


def test_feeds_are_read_from_the_addresses_of_the_brand(tmp_path: Path) -> None:
    url = "https://store.example/feed.xml"
    many = warning("no-url", "offers without a url: 700", file=url, count=700)
    feeds = FakeFeeds({url: Feed(offers={"1": Offer(id="1", name="x")}, problems=(many,))})
    loaded = load_pack(write(tmp_path, {"brand.toml": f'{BRAND}catalogue = ["{url}"]'}), read_feed=feeds)
    assert loaded.pack is not None
    assert list(loaded.pack.catalogue.offers) == ["1"]
    assert count_by_kind(loaded.problems) == {"no-url": 700}


def test_an_address_that_fails_does_not_stop_the_rest(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"brand.toml": f'{BRAND}catalogue = ["https://a.example/f.xml"]', "faq.yaml": FAQ}
    loaded = load_pack(write(tmp_path, files), read_feed=FakeFeeds({}))
    assert loaded.pack is not None
    assert noted(loaded.problems) == ["https://a.example/f.xml:None warning download-failed"]


def test_an_address_that_fails_leaves_nothing_to_answer_from(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"brand.toml": f'{BRAND}catalogue = ["https://a.example/f.xml"]'}
    loaded = load_pack(write(tmp_path, files), read_feed=FakeFeeds({}))
    assert [problem.kind for problem in loaded.problems] == ["download-failed", "nothing-to-answer"]


@pytest.mark.parametrize("url", WITH_SECRETS)
def test_secrets_of_an_address_are_never_told(tmp_path: Path, url: str) -> None:
    files: dict[str, str | bytes] = {"brand.toml": f'{BRAND}catalogue = ["{url}"]', "catalogue.xml": feed(["1"])}
    twice = FakeFeeds({url: Feed(offers={"1": Offer(id="1", name="x")})})
    readers: tuple[ReadFeed, ...] = (load_source, partial(load_source, cache=FeedCache(tmp_path / "cache")), twice)
    for read_feed in readers:
        loaded = load_pack(write(tmp_path / "pack", files), read_feed=read_feed)
        told = " ".join(str(problem) for problem in loaded.problems).lower()
        assert loaded.problems
        assert not any(secret in told for secret in ("jack", "opensesame", "k3y"))


def test_the_checker_of_sentences_has_its_say(tmp_path: Path) -> None:
    def check(directory: Path) -> Sequence[Problem]:
        return [warning("text-unknown", "is never said", file=f"{directory.name}/ru/a.ftl", line=1)]

    write(tmp_path, {"brand.toml": BRAND, "faq.yaml": FAQ, "locales/ru/a.ftl": "a = b"})
    assert noted(load_pack(tmp_path, check_locales=check).problems) == ["locales/ru/a.ftl:1 warning text-unknown"]


def test_the_report_counts_a_bad_feed_exactly(tmp_path: Path) -> None:
    offers = "".join(f'<offer id="{number}"><name>n</name></offer>\n' for number in range(150))
    xml = f"<yml_catalog><shop><offers>\n{offers}</offers></shop></yml_catalog>"
    loaded = load_pack(write(tmp_path, {"brand.toml": BRAND, "catalogue.xml": xml}))
    lines = format_report(loaded).splitlines()
    hidden = 150 - SHOWN_OF_A_KIND
    assert [line for line in lines if line.startswith("…")] == [f"… and {hidden} more of unknown-category"]
    counts = count_by_kind(loaded.problems)
    assert counts["unknown-category"] == counts["no-url"] == 150


def test_offers_of_two_feeds_are_counted_exactly(tmp_path: Path) -> None:
    xml = feed(map(str, range(250)))
    loaded = load_pack(write(tmp_path, {"brand.toml": BRAND, "catalogue.xml": xml, "catalogue/b.xml": xml}))
    assert count_by_kind(loaded.problems) == {"offer-in-two-feeds": 250}
    assert len(loaded.problems) < 250


def test_progress_reaches_its_end(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int | None]] = []
    write(tmp_path, {"brand.toml": BRAND, "faq.yaml": FAQ})
    load_pack(tmp_path, progress=lambda stage, done, total: seen.append((stage, done, total)))
    assert seen[-1] == ("pack", 12, 12)


def test_the_demonstration_pack_has_no_problems() -> None:
    directory = Path(bot.demo.__path__[0])
    loaded = load_pack(directory, progress=no_progress)
    assert noted(loaded.problems) == []
    assert loaded.pack is not None


def test_a_button_can_open_everything_of_the_demonstration_pack() -> None:
    pack = load_pack(Path(bot.demo.__path__[0])).pack
    assert pack is not None
    passages = [passage for article in pack.articles.values() for passage in article.passages]
    actions = [
        *(Action("ask.article", (passage.article_id, passage.section_id)) for passage in passages),
        *(Action("ask.faq", (entry_id,)) for entry_id in pack.faq),
        *(Action("ask.offer", (offer_id,)) for offer_id in pack.catalogue.offers),
    ]
    assert [action for action in actions if len(action.encode().encode()) > LONGEST_PAYLOAD] == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(FILES), st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_no_bytes_in_a_file_make_the_loader_fail(tmp_path: Path, name: str, content: bytes) -> None:
    write(tmp_path, {"brand.toml": BRAND, "faq.yaml": FAQ})
    write(tmp_path, {name: content})
    loaded = load_pack(tmp_path)
    assert loaded.pack is not None or has_errors(loaded.problems)


def test_a_feed_that_cannot_be_read_is_an_error_and_the_faq_answers_without_it(tmp_path: Path) -> None:
    write(tmp_path, {"brand.toml": BRAND, "faq.yaml": FAQ, "catalogue.xml": "<html>404</html>"})
    loaded = load_pack(tmp_path)
    assert loaded.pack is not None
    assert len(loaded.pack.faq) == 1
    assert has_errors(loaded.problems)


def test_a_feed_that_cannot_be_read_is_nothing_to_answer_from(tmp_path: Path) -> None:
    write(tmp_path, {"brand.toml": BRAND, "catalogue.xml": "<html>404</html>"})
    loaded = load_pack(tmp_path)
    assert loaded.pack is None
    assert loaded.problems[0].file == "catalogue.xml"
