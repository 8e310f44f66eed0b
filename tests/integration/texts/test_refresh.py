"""Reloading without a restart."""

import logging
import os
from pathlib import Path

import pytest

from bot.domain.replies import Phrase
from bot.texts.fluent import FluentTranslator
from tests.integration.texts.folders import write_both, write_texts

_SORRY = Phrase("error-text")


class _Desk:
    """A translator and the files it reads, with a steady hand: each edit has its own time."""

    def __init__(self, directory: Path) -> None:
        self.ours = write_both(directory / "locales")
        self.pack = directory / "pack" / "locales"
        self.translator = FluentTranslator(directory=self.ours, overrides=self.pack)
        self._edits = 0

    def edit(self, folder: Path, name: str, content: str) -> None:
        write_texts(folder, {name: content})
        self._edits += 1
        os.utime(folder / name, ns=(0, self._edits))

    def sorry(self) -> str:
        return self.translator.text(_SORRY, "ru")


@pytest.fixture
def desk(tmp_path: Path) -> _Desk:
    return _Desk(tmp_path)


def test_nothing_is_done_while_no_file_changes(desk: _Desk) -> None:
    assert not desk.translator.refresh()
    assert desk.sorry() == "Не нахожу слов."


def test_a_pack_can_add_change_and_remove_overrides(desk: _Desk) -> None:
    said = [desk.sorry()]
    for text in ("Ой", "Ай"):  # of one size
        desk.edit(desk.pack, "ru/own.ftl", f"error-text = {text}\ncommand-help = {text}\n")
        assert desk.translator.refresh()
        said.append(desk.sorry())
        assert text.lower() in desk.translator.words("command-help")
    (desk.pack / "ru" / "own.ftl").unlink()
    assert desk.translator.refresh()
    assert [*said, desk.sorry()] == ["Не нахожу слов.", "Ой", "Ай", "Не нахожу слов."]


def test_our_own_texts_are_reloaded_too(desk: _Desk) -> None:
    desk.edit(desk.ours, "ru/club.ftl", "error-text = Ой\n")
    assert desk.translator.refresh()
    assert desk.sorry() == "Ой"


@pytest.mark.parametrize(
    ("folder", "mistake"),
    [
        ("ours", "sorry = { $b"),
        ("ours", "sorry = { sorry }"),
        ("pack", "error-text = { $b"),
        ("pack", "error-text = { $b }"),
        ("pack", "error-text = { error-text }"),
    ],
)
def test_a_mistake_keeps_the_old_texts_and_is_logged_once(
    desk: _Desk, folder: str, mistake: str, caplog: pytest.LogCaptureFixture
) -> None:
    desk.edit(desk.pack if folder == "pack" else desk.ours, "ru/own.ftl", f"\n{mistake}\n")
    assert [desk.translator.refresh() for _ in range(3)] == [False] * 3
    assert desk.sorry() == "Не нахожу слов."
    told = [record for record in caplog.records if record.getMessage().startswith("texts.kept")]
    assert [record.levelno for record in told] == [logging.WARNING]
    assert "locales/ru/own.ftl:2: error: " in told[0].getMessage()
    desk.edit(desk.pack if folder == "pack" else desk.ours, "ru/own.ftl", "-mended = Готово\n")
    assert desk.translator.refresh()


def test_losing_every_file_keeps_the_old_texts(desk: _Desk, caplog: pytest.LogCaptureFixture) -> None:
    for path in [*desk.ours.glob("*/*.ftl")]:
        path.unlink()
    assert not desk.translator.refresh()
    assert desk.sorry() == "Не нахожу слов."
    assert "texts.kept" in caplog.text


def test_a_complaint_is_made_again_about_new_texts(desk: _Desk, caplog: pytest.LogCaptureFixture) -> None:
    for text in ("Ой", "Ай"):
        desk.edit(desk.pack, "ru/own.ftl", f"error-text = {text}\n")
        desk.translator.refresh()
        assert [desk.translator.text(Phrase("unheard-of"), "ru") for _ in range(2)] == [text] * 2
    assert caplog.text.count("texts.missing key=unheard-of language=ru") == 2
