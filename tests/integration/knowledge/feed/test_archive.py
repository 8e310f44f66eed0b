"""Packed feeds are read as they are, and bombs are refused."""

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.errors import PackError
from bot.domain.problems import has_errors
from bot.knowledge.feed.archive import UnpackLimits, opened
from bot.knowledge.feed.feed import Feed
from bot.knowledge.feed.parse import read_feed
from tests.integration.knowledge.feed.samples import OFFER, offers, yml

_FEED = yml(offers(5))


def zipped(*members: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def read(directory: Path, content: bytes, name: str = "feed.xml") -> Feed:
    path = directory / name
    path.write_bytes(content)
    return read_feed(path, label=name)


def refusal(directory: Path, content: bytes, limits: UnpackLimits) -> str:
    """Read everything in a file; return the kind of the problem that stops it."""
    path = directory / "feed"
    path.write_bytes(content)
    with pytest.raises(PackError) as caught:
        drain(path, limits)
    (problem,) = caught.value.problems
    return problem.kind


def drain(path: Path, limits: UnpackLimits) -> None:
    with opened(path, label=path.name, limits=limits) as sources:
        for source in sources:
            while source.read(1 << 16):
                continue


@pytest.mark.parametrize("name", ["feed.xml", "feed.gz", "feed.zip", "feed"])
@pytest.mark.parametrize(
    "content",
    [_FEED, gzip.compress(_FEED), zipped(("a.xml", _FEED)), gzip.compress(_FEED[:99]) + gzip.compress(_FEED[99:])],
    ids=["plain", "gzip", "zip", "gzip of two parts"],
)
def test_the_content_decides_not_the_name(tmp_path: Path, content: bytes, name: str) -> None:
    feed = read(tmp_path, content, name)
    assert (len(feed.offers), feed.problems) == (5, ())


def test_all_feeds_of_a_zip_are_read_and_nothing_else(tmp_path: Path) -> None:
    other = yml(OFFER.format(id="z").replace("<categoryId>2<", "<categoryId>9<"), categories="")
    members = [("../../a.xml", _FEED), ("readme.txt", b"<x>"), ("__MACOSX/._a.xml", b"\0"), ("dir/b.YML", other)]
    feed = read(tmp_path, zipped(*members), "feed.zip")
    assert list(feed.offers) == ["1", "2", "3", "4", "5", "z"]
    assert [(problem.file, problem.kind) for problem in feed.problems] == [("feed.zip/dir/b.YML", "unknown-category")]
    assert [path.name for path in tmp_path.iterdir()] == ["feed.zip"]


@pytest.mark.parametrize("size", [12_000_000, 100_000_000])
@pytest.mark.parametrize("pack", [gzip.compress, lambda content: zipped(("a.xml", content))], ids=["gzip", "zip"])
def test_a_bomb_is_refused(tmp_path: Path, pack: Callable[[bytes], bytes], size: int) -> None:
    feed = read(tmp_path, pack(_FEED.partition(b"</offers>")[0] + b"<x/>" * (size // 4)))
    assert "zip-bomb" in feed.counts
    assert has_errors(feed.problems)


def test_members_share_one_budget(tmp_path: Path) -> None:
    content = yml(offers(3000))
    members = [(f"{number}.xml", content) for number in range(5)]
    assert refusal(tmp_path, zipped(*members), UnpackLimits(max_bytes=len(content) * 2)) == "too-large"


def test_a_plain_file_has_a_limit_too(tmp_path: Path) -> None:
    assert refusal(tmp_path, _FEED, UnpackLimits(max_bytes=500)) == "too-large"


@pytest.mark.parametrize(
    "content",
    [gzip.compress(gzip.compress(_FEED)), gzip.compress(zipped(("a.xml", _FEED))), zipped(("a.xml", zipped()))],
)
def test_an_archive_inside_an_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    assert read(tmp_path, content).counts == {"nested-archive": 1}


def test_an_encrypted_zip_is_told(tmp_path: Path) -> None:
    content = bytearray(zipped(("a.xml", _FEED)))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert read(tmp_path, bytes(content)).counts == {"encrypted-archive": 1}


def test_a_zip_without_feeds_is_told(tmp_path: Path) -> None:
    assert read(tmp_path, zipped(("a.txt", _FEED))).counts == {"not-a-feed": 1}


def test_a_zip_of_thousands_of_files_is_refused(tmp_path: Path) -> None:
    assert read(tmp_path, zipped(*((f"{n}.xml", b"") for n in range(1500)))).counts == {"too-large": 1}


def test_a_gzip_cut_in_the_middle_keeps_what_it_has(tmp_path: Path) -> None:
    packed = gzip.compress(yml(offers(2000)))
    feed = read(tmp_path, packed[: len(packed) // 2])
    assert 100 < len(feed.offers) < 2000
    assert feed.counts == {"truncated": 1}


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert read_feed(tmp_path / "none.xml", label="none.xml").counts == {"no-file": 1}


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), packed=st.sampled_from([gzip.compress(_FEED, mtime=0), zipped(("a.xml", _FEED))]))
def test_no_damage_to_an_archive_raises(tmp_path: Path, data: st.DataObject, packed: bytes) -> None:
    content = bytearray(packed)
    for _ in range(data.draw(st.integers(min_value=1, max_value=4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    feed = read(tmp_path, bytes(content[: data.draw(st.integers(0, len(content)))]))
    assert len(feed.offers) <= 5
