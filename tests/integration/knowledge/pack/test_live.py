"""A pack that changes while the bot runs."""

import logging
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.domain.errors import PackError
from bot.domain.pack import Pack
from bot.knowledge.pack.live import LivePack, PackSource, take_fingerprint
from bot.knowledge.pack.loader import LoadedPack, load_pack
from tests.integration.knowledge.pack.folders import BRAND, FAQ, feed, write


def count_offers(pack: Pack) -> int:
    return len(pack.catalogue.offers)


def open_pack(directory: Path) -> LivePack[int]:
    return LivePack(PackSource(directory=directory, load=load_pack, build=count_offers))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "pack", {"brand.toml": BRAND, "faq.yaml": FAQ, "catalogue.xml": feed("1234")})


def test_a_pack_that_did_not_change_is_not_read_again(folder: Path) -> None:
    assert open_pack(folder).refresh() is None


def test_a_changed_pack_comes_into_force(folder: Path) -> None:
    live = open_pack(folder)
    write(folder, {"brand.toml": 'name = "Another"\n', "catalogue.xml": feed("12345")})
    refresh = live.refresh()
    assert refresh is not None
    assert refresh.is_swapped
    assert (live.in_force.pack.brand.name, live.in_force.built) == ("Another", 5)
    assert live.refresh() is None


def test_a_new_file_and_a_removed_one_are_changes(folder: Path) -> None:
    live = open_pack(folder)
    write(folder, {"articles/a.md": "# A\ntext"})
    assert live.refresh() is not None
    (folder / "articles" / "a.md").unlink()
    assert live.refresh() is not None
    assert live.in_force.pack.articles == {}


def test_a_broken_pack_leaves_the_old_one(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    live = open_pack(folder)
    before = live.in_force
    write(folder, {"faq.yaml": "- id: ["})
    with caplog.at_level(logging.WARNING):
        refresh = live.refresh()
    assert refresh is not None
    assert not refresh.is_swapped
    assert [problem.kind for problem in refresh.problems] == ["bad-yaml"]
    assert live.in_force is before
    assert caplog.messages[0].startswith("pack.kept_old errors=1 first=faq.yaml:1: error: ")


def test_a_broken_pack_is_not_tried_again_until_it_changes(folder: Path) -> None:
    live = open_pack(folder)
    write(folder, {"faq.yaml": "- id: ["})
    assert live.refresh() is not None
    assert live.refresh() is None
    write(folder, {"faq.yaml": FAQ.replace("Free", "Paid")})
    refresh = live.refresh()
    assert refresh is not None
    assert refresh.is_swapped
    assert live.in_force.pack.faq["delivery"].answer("ru") == "Paid"


@pytest.mark.parametrize(("left", "is_swapped"), [("12", True), ("1", False)])
def test_a_feed_that_lost_most_of_its_offers_is_refused(folder: Path, left: str, is_swapped: bool) -> None:
    live = open_pack(folder)
    write(folder, {"catalogue.xml": feed(left)})
    refresh = live.refresh()
    assert refresh is not None
    assert refresh.is_swapped is is_swapped
    assert ("feed-shrunk" in {problem.kind for problem in refresh.problems}) is not is_swapped
    assert live.in_force.built == (2 if is_swapped else 4)


def test_a_catalogue_that_is_gone_is_refused(folder: Path) -> None:
    live = open_pack(folder)
    (folder / "catalogue.xml").unlink()
    refresh = live.refresh()
    assert refresh is not None
    assert not refresh.is_swapped
    assert live.in_force.built == 4


def test_a_folder_that_is_gone_leaves_the_old_pack(folder: Path) -> None:
    live = open_pack(folder)
    shutil.rmtree(folder)
    refresh = live.refresh()
    assert refresh is not None
    assert [problem.kind for problem in refresh.problems] == ["no-folder"]
    assert live.in_force.built == 4


def test_what_cannot_be_built_leaves_the_old_pack(folder: Path) -> None:
    def build(pack: Pack) -> int:
        if pack.brand.name == "Unlucky":
            raise PackError("no index")
        return 1

    live = LivePack(PackSource(directory=folder, load=load_pack, build=build))
    write(folder, {"brand.toml": 'name = "Unlucky"'})
    refresh = live.refresh()
    assert refresh is not None
    assert not refresh.is_swapped
    assert live.in_force.pack.brand.name == "Lumenika"


def test_a_file_edited_while_loading_is_read_at_the_next_refresh(folder: Path) -> None:
    edits = ["Second", "First"]

    def load(directory: Path) -> LoadedPack:
        loaded = load_pack(directory)
        if edits:
            write(directory, {"brand.toml": f'name = "{edits.pop()}"'})
        return loaded

    live = LivePack(PackSource(directory=folder, load=load, build=count_offers))
    names = [live.in_force.pack.brand.name]
    while live.refresh() is not None:
        names.append(live.in_force.pack.brand.name)
    assert names == ["Lumenika", "First", "Second"]


def test_a_forced_refresh_needs_no_change(folder: Path) -> None:
    live = open_pack(folder)
    refresh = live.refresh(force=True)
    assert refresh is not None
    assert refresh.is_swapped


def test_a_broken_pack_does_not_open(folder: Path) -> None:
    write(folder, {"brand.toml": "name = "})
    with pytest.raises(PackError, match=r"brand\.toml:1: error: .*TOML") as caught:
        open_pack(folder)
    assert caught.value.problems


def test_readers_never_see_half_a_swap(folder: Path) -> None:
    live = open_pack(folder)

    def read() -> bool:
        found = [live.in_force for _ in range(2000)]
        return all(in_force.built == len(in_force.pack.catalogue.offers) for in_force in found)

    with ThreadPoolExecutor(4) as threads:
        readers = [threads.submit(read) for _ in range(8)]
        for number in range(5, 15):
            write(folder, {"catalogue.xml": feed(map(str, range(number)))})
            live.refresh()
        assert all(reader.result() for reader in readers)
    assert live.in_force.built == 14


def test_hidden_files_and_those_of_editors_do_not_count(folder: Path) -> None:
    before = take_fingerprint(folder)
    write(folder, {".git/index": "x", "faq.yaml~": "x", ".faq.yaml.swp": "x"})
    assert take_fingerprint(folder) == before


def test_a_touched_file_counts_as_changed(folder: Path) -> None:
    before = take_fingerprint(folder)
    os.utime(folder / "faq.yaml", (1, 1))
    assert take_fingerprint(folder) != before


def test_a_loop_of_links_ends(folder: Path) -> None:
    (folder / "locales").symlink_to(folder)
    assert take_fingerprint(folder)
