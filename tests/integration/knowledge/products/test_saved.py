"""What was arranged of a pack's goods is kept for the next start, and made anew when it no longer holds."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.pack import Pack
from bot.knowledge.products.build import build_products
from bot.knowledge.products.products import Products
from bot.knowledge.products.saved import opening
from bot.knowledge.products.saved.opening import open_products
from tests.unit.knowledge.products.kettles import kettle_pack
from tests.unit.knowledge.products.wheels import wheel_pack

_ASKED = (
    "сколько весит K-200?",
    "чайник до 3000 с подсветкой",
    "фильтр для K-200",
    "чем отличается K-200 от GL-5",
    "чайниик чёрный",
    "ботинки тайга 43 белые",
    "покрышка для Скала 700",
    "багажник на скалу 500",
    "кожаные ботинки",
)


@pytest.fixture(params=[kettle_pack, wheel_pack], ids=["kettles", "wheels"])
def pack(request: pytest.FixtureRequest) -> Pack:
    made: Pack = request.param()
    return made


def test_what_was_saved_answers_as_what_was_arranged(pack: Pack, tmp_path: Path) -> None:
    built = build_products(pack)
    fresh = [built.answer(text) for text in _ASKED]
    first, second = open_products(pack, tmp_path), open_products(pack, tmp_path)
    assert [first.answer(text) for text in _ASKED] == fresh
    assert [second.answer(text) for text in _ASKED] == fresh
    assert any(fresh)


def test_the_second_start_arranges_nothing(pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_products(pack, tmp_path)
    monkeypatch.delattr(opening, "arrange")
    assert isinstance(open_products(pack, tmp_path), Products)


def test_prices_of_today_are_told_though_the_rest_was_saved(tmp_path: Path) -> None:
    pack = kettle_pack()
    open_products(pack, tmp_path)
    offers = {id_: replace(offer, price_kopecks=12_300) for id_, offer in pack.catalogue.offers.items()}
    cheap = replace(pack, catalogue=Catalogue(categories=pack.catalogue.categories, offers=offers))
    answer = open_products(cheap, tmp_path).answer("чайник до 200 рублей")
    assert answer is not None
    assert answer.meta.sources


def test_a_changed_pack_is_arranged_anew(tmp_path: Path) -> None:
    pack = kettle_pack()
    open_products(pack, tmp_path)
    offers = {id_: offer for id_, offer in pack.catalogue.offers.items() if id_ != "gl5"}
    fewer = replace(pack, catalogue=Catalogue(categories=pack.catalogue.categories, offers=offers))
    answer = open_products(fewer, tmp_path).answer("сколько весит GL-5")
    assert answer is None or "offer:gl5" not in answer.meta.sources


@pytest.mark.parametrize(
    ("name", "content"),
    [("goods.hashes.npy", b""), ("lexicon.book.phrases.txt", b"x\ny"), ("links.owners.npy", b"\x00"), ("seal", b"")],
)
def test_a_damaged_file_is_made_anew(name: str, content: bytes, tmp_path: Path) -> None:
    pack = kettle_pack()
    expected = open_products(pack, tmp_path).answer(_ASKED[0])
    (folder,) = tmp_path.iterdir()
    (folder / name).write_bytes(content)
    assert open_products(pack, tmp_path).answer(_ASKED[0]) == expected
    assert (folder / name).read_bytes() != content


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.write_text("a file, where a folder is wanted")
    assert open_products(kettle_pack(), closed).answer(_ASKED[0]) is not None
