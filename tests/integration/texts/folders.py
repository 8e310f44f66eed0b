"""Folders of texts, written for a test."""

from collections.abc import Mapping
from pathlib import Path

RUSSIAN = """\
-brand = Клубок
welcome-text = Привет, { $name }! Это { -brand }.
club-points = { $points ->
    [one] У вас { $points } балл.
    [few] У вас { $points } балла.
    [many] У вас { $points } баллов.
   *[other] У вас { $points } балла.
}
command-help = помощь, Ещё  раз, /help
error-text = Не нахожу слов.
"""

ENGLISH = """\
-brand = Klubok
welcome-text = Hello, { $name }! This is { -brand }.
club-points = { $points ->
    [one] You have { $points } point.
   *[other] You have { $points } points.
}
command-help = help, once more,
error-text = I am lost for words.
"""


def write_texts(directory: Path, texts: Mapping[str, str]) -> Path:
    """Write files by their names inside `directory`; return it."""
    for name, content in texts.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return directory


def write_both(directory: Path, *, russian: str = "", english: str = "") -> Path:
    """Write the usual texts of both languages, with something added."""
    return write_texts(directory, {"ru/club.ftl": RUSSIAN + russian, "en/club.ftl": ENGLISH + english})
