"""What a former run saved is opened, unless the pack changed or the disk did."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.domain.pack import Pack
from bot.knowledge.search.index.contents import Contents
from bot.knowledge.search.index.saved import is_saved, load
from bot.knowledge.search.opening import Opener
from tests.unit.knowledge.search.packs import bicycles, kettles

QUESTIONS = ("вернуть чайник", "k200 чёрный", "уксус от накипи", "гарнтия", "что-нибудь")


class Watcher:
    """Sees what is built."""

    def __init__(self) -> None:
        self.stages: list[str] = []

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        self.stages.append(stage)


def found(cache: Path | None, pack: Pack, *, close_up_to: int) -> tuple[list[list[tuple[int, float]]], bool]:
    """Ask everything; tell the matches, and whether the index had to be built."""
    watcher = Watcher()
    engine = Opener(cache=cache, close_up_to=close_up_to, progress=watcher).open(pack)
    matches = [[(match.number, round(match.rank, 3)) for match in engine.search(text).matches] for text in QUESTIONS]
    return matches, bool(watcher.stages)


def index_of(cache: Path) -> Path:
    return next(path for path in cache.iterdir() if path.name.startswith("index-"))


@pytest.mark.parametrize("close_up_to", [5_000, 0], ids=["full fusion", "two stages"])
def test_a_saved_index_answers_like_a_new_one(tmp_path: Path, close_up_to: int) -> None:
    fresh = found(None, kettles(), close_up_to=close_up_to)
    assert found(tmp_path, kettles(), close_up_to=close_up_to) == fresh == (fresh[0], True)
    assert found(tmp_path, kettles(), close_up_to=close_up_to) == (fresh[0], False)


def test_a_changed_pack_is_indexed_again_and_a_changed_price_is_no_change(tmp_path: Path) -> None:
    pack = kettles()
    found(tmp_path, pack, close_up_to=0)
    offers = {id_: replace(offer, price_kopecks=1) for id_, offer in pack.catalogue.offers.items()}
    cheaper = replace(pack, catalogue=replace(pack.catalogue, offers=offers))
    assert not found(tmp_path, cheaper, close_up_to=0)[1]
    assert found(tmp_path, replace(pack, synonyms=()), close_up_to=0)[1]


def test_two_brands_share_a_cache(tmp_path: Path) -> None:
    found(tmp_path, kettles(), close_up_to=0)
    found(tmp_path, bicycles(), close_up_to=0)
    assert not found(tmp_path, kettles(), close_up_to=0)[1]


@pytest.mark.parametrize("damage", ["emptied", "removed", "cut", "unmarked"])
def test_a_damaged_index_is_built_again(tmp_path: Path, damage: str) -> None:
    fresh, _ = found(tmp_path, kettles(), close_up_to=0)
    folder = index_of(tmp_path)
    match damage:
        case "emptied":
            (folder / "texts.weights.npy").write_bytes(b"")
        case "removed":
            (folder / "kinds.npy").unlink()
        case "cut":
            (folder / "sequences.values.npy").write_bytes((folder / "sequences.values.npy").read_bytes()[:100])
        case _:
            (folder / "saved.json").write_text("{")
    assert found(tmp_path, kettles(), close_up_to=0) == (fresh, True)
    assert found(tmp_path, kettles(), close_up_to=0) == (fresh, False)


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    fresh = found(None, kettles(), close_up_to=0)
    assert found(tmp_path / "file", kettles(), close_up_to=0) == fresh


def test_arrays_stay_on_the_disk(tmp_path: Path) -> None:
    found(tmp_path, kettles(), close_up_to=0)
    contents = load(Contents, index_of(tmp_path))
    assert isinstance(contents.texts.rows.values.base, np.memmap)
    assert contents.closely is None
    assert not is_saved(index_of(tmp_path), key="another")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
