"""Where the texts are, and reading them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from bot.domain.errors import ConfigurationError
from bot.domain.problems import error
from bot.texts.syntax import TextFile, parse_texts, unreadable

Fingerprint: TypeAlias = tuple[tuple[str, int, int], ...]
"""Path, time of change in nanoseconds and size of every file: differs when any of them was touched."""

_PACKAGE = Path(__file__).resolve().parent.parent


def locales_directory(package: Path = _PACKAGE) -> Path:
    """Find the texts we ship: inside the installed package, beside it in a checkout.

    Raises:
        ConfigurationError: when neither place has any.
    """
    places = (package / "locales", package.parent / "locales")
    for place in places:
        if any(place.glob("*/*.ftl")):
            return place
    looked = " and ".join(str(place) for place in places)
    raise ConfigurationError(f"the bot's texts (locales/<language>/*.ftl) are in neither of {looked}: install it again")


def read_texts(directory: Path) -> Mapping[str, tuple[TextFile, ...]]:
    """Read every ``<language>/*.ftl``, by language, files sorted; empty when there is no such directory.

    Never raises on what is in the files: mistakes are in `TextFile.problems`. Names are relative to the directory's
    parent.
    """
    texts: dict[str, list[TextFile]] = {}
    for path in _text_files(directory):
        texts.setdefault(path.parent.name, []).append(_read_file(path, relative_name(path, directory)))
    return {language: tuple(files) for language, files in texts.items()}


def misplaced_files(directory: Path) -> list[Path]:
    """List the text files below `directory` that `read_texts` passes by, sorted."""
    return sorted({*directory.rglob("*.ftl")} - {*_text_files(directory)})


def relative_name(path: Path, directory: Path) -> str:
    """Name a file or folder of `directory` for people: ``locales/ru/welcome.ftl``."""
    return path.relative_to(directory.parent).as_posix()


def take_fingerprint(*directories: Path) -> Fingerprint:
    """Note the state of every text file, without reading any."""
    return tuple(mark for directory in directories for path in _text_files(directory) for mark in _marks(path))


def _text_files(directory: Path) -> list[Path]:
    return sorted(path for path in directory.glob("*/*.ftl") if not path.parent.name.startswith("."))


def _read_file(path: Path, name: str) -> TextFile:
    try:
        return parse_texts(path.read_text(encoding="utf-8-sig"), name=name)
    except UnicodeDecodeError:
        return unreadable(name, error("text-encoding", "is not UTF-8: save it in this encoding", file=name))
    except OSError as failure:
        return unreadable(name, error("text-unreadable", f"cannot be opened: {failure.strerror}", file=name))


def _marks(path: Path) -> Iterator[tuple[str, int, int]]:
    try:
        state = path.stat()
    except OSError:  # gone since it was listed: the next look will see
        return
    yield str(path), state.st_mtime_ns, state.st_size
