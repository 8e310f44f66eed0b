"""Cards drawn: what tills and people read on them, drawn once, kept to ourselves."""

import asyncio
import io
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from bot.domain.loyalty.card import card_number
from bot.pictures.card import DrawnCardPictures
from bot.pictures.drawing import SIZE, draw_card, typeface
from bot.pictures.workers import open_workers
from bot.services.club.pictures import CardFace, described

FACE = CardFace(club="Клуб Lumenika", name="Анна Ёлкина", tier="Знаток", number=card_number("27", 1_234_567_890))
BROKEN = (sys.executable, "-I", "-c", "")


def drawn(face: CardFace) -> Image.Image:
    return Image.open(io.BytesIO(draw_card(face)))


def names(folder: Path) -> set[str]:
    return {str(path) for path in folder.iterdir()}


def mode(path: Path | str) -> int:
    return stat.S_IMODE(Path(path).stat().st_mode)


@pytest.mark.parametrize("accent", ["#1f3a5f", "#ffffff", "#000000", "#f7d117"])
def test_tills_read_the_number_in_both_codes_whatever_the_colour(accent: str) -> None:
    card = drawn(replace(FACE, accent=accent))
    assert card.size == SIZE
    codes = {(code.format, code.text) for code in zxingcpp.read_barcodes(card.convert("L").resize((506, 319)))}
    assert codes == {(zxingcpp.BarcodeFormat.Code128, FACE.number), (zxingcpp.BarcodeFormat.QRCode, FACE.number)}


@pytest.mark.parametrize("name", ["Я", "Анна " * 40, "Ж" * 60, "Әсел Қайратқызы", "O’Neil-Ōta"])
def test_every_name_fits(name: str) -> None:
    card = drawn(replace(FACE, name=name, tier=name, club=name)).convert("L")
    assert card.crop((SIZE[0] - 40, 0, SIZE[0], 250)).getextrema()[0] == card.getpixel((SIZE[0] - 1, 0))
    assert len(set(card.crop((56, 128, 500, 190)).tobytes())) > 2


def test_every_letter_of_russia_and_its_neighbours_can_be_drawn() -> None:
    font = typeface(40, "Bold")
    missing = bytes(font.getmask("\uffff"))
    letters = "".join(map(chr, range(0x400, 0x52F))) + "ŁłçßñÇĞşāčęğıőřšțžʼ’-«»№₽"
    assert [letter for letter in letters if bytes(font.getmask(letter)) == missing] == ["ʼ"]


def test_the_words_for_a_card_say_all_that_is_on_it() -> None:
    phrase = described(FACE)
    assert phrase.key == "card-described"
    assert phrase.params == {"club": FACE.club, "name": FACE.name, "tier": FACE.tier, "number": "27 1234 5678 905"}


def test_a_card_of_a_club_without_levels_names_none() -> None:
    phrase = described(replace(FACE, tier=""))
    assert (phrase.key, "tier" in phrase.params) == ("card-plain", False)


async def test_a_card_is_drawn_once_and_again_when_it_changes(tmp_path: Path) -> None:
    async with open_workers() as workers:
        pictures = DrawnCardPictures(workers, tmp_path / "cards")
        first = await pictures.picture(FACE)
        raised = await pictures.picture(replace(FACE, tier="Амбассадор"))
    async with open_workers(command=BROKEN) as nobody:
        again = await DrawnCardPictures(nobody, tmp_path / "cards").picture(FACE)
    assert first == again != raised
    assert first is not None
    assert zxingcpp.read_barcodes(Image.open(first))
    assert "12345678" not in Path(first).name


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX")
async def test_cards_are_readable_by_nobody_else(tmp_path: Path) -> None:
    async with open_workers() as workers:
        path = await DrawnCardPictures(workers, tmp_path / "cards").picture(FACE)
    assert path is not None
    assert mode(path) == 0o600
    assert mode(tmp_path / "cards") == 0o700


async def test_a_card_that_cannot_be_drawn_leaves_no_file(tmp_path: Path) -> None:
    async with open_workers(command=BROKEN) as workers:
        assert await DrawnCardPictures(workers, tmp_path).picture(FACE) is None
    assert names(tmp_path) == set()


async def test_a_folder_that_cannot_be_written_costs_the_picture_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    async with open_workers() as workers:
        assert await DrawnCardPictures(workers, tmp_path / "file" / "cards").picture(FACE) is None


async def test_a_forgotten_card_is_gone(tmp_path: Path) -> None:
    async with open_workers() as workers:
        pictures = DrawnCardPictures(workers, tmp_path)
        await pictures.picture(FACE)
        await pictures.picture(replace(FACE, name="Другое имя"))
        await pictures.forget(FACE.number)
        await pictures.forget(FACE.number)
    assert names(tmp_path) == set()


async def test_no_more_cards_are_kept_than_allowed(tmp_path: Path) -> None:
    faces = [replace(FACE, number=card_number("27", serial)) for serial in range(4)]
    async with open_workers() as workers:
        pictures = DrawnCardPictures(workers, tmp_path, most_files=2)
        paths = [await pictures.picture(face) for face in faces[:2]]
        await asyncio.to_thread(os.utime, str(paths[0]), (1, 1))
        paths += [await pictures.picture(face) for face in faces[2:]]
    kept = names(tmp_path)
    assert len(kept) == 2
    assert paths[3] in kept
    assert paths[0] not in kept
