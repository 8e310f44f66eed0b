"""Starter: a small commented pack to begin from."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from bot.domain.errors import ConfigurationError

_TEMPLATE = Path(__file__).parent / "template"


def write_starter(directory: Path) -> Sequence[Path]:
    """Write the starter into `directory`, new or empty; return the files written, sorted. All or nothing.

    Raises:
        ConfigurationError: the folder has something in it already, or cannot be written.
    """
    files = sorted(path.relative_to(_TEMPLATE) for path in _TEMPLATE.rglob("*") if path.is_file())
    made: list[Path] = []
    try:
        _refuse_occupied(directory)
        for file in files:
            _make_folder((directory / file).parent, made)
            made.append(directory / file)
            shutil.copyfile(_TEMPLATE / file, directory / file)
    except OSError as fault:
        _undo(made)
        text = f"{directory}: cannot be written ({fault.strerror}); name a folder that you may write to"
        raise ConfigurationError(text) from fault
    return [directory / file for file in files]


def _refuse_occupied(directory: Path) -> None:
    if directory.exists() and not directory.is_dir():
        raise ConfigurationError(f"{directory} is a file; name a new folder for the pack")
    if directory.exists() and any(not path.name.startswith(".") for path in directory.iterdir()):
        raise ConfigurationError(f"{directory} is not empty; name a new folder for the pack")


def _make_folder(directory: Path, made: list[Path]) -> None:
    if not directory.is_dir():
        _make_folder(directory.parent, made)
        directory.mkdir()
        made.append(directory)


def _undo(made: Sequence[Path]) -> None:
    for path in reversed(made):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
