"""Saved: trees of dataclasses of arrays and words, written to a folder and opened without being read."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from tempfile import mkdtemp
from types import NoneType
from typing import Any, TypeVar, get_args, get_type_hints

import numpy as np

VERSION = 2
"""Goes up whenever what is saved changes its meaning: folders of another version are not opened."""

_MARK = "saved.json"
_SEPARATOR = "\n"

Tree = TypeVar("Tree")


def save(tree: Tree, directory: Path, *, key: str, also: Callable[[Tree, Path], None]) -> None:
    """Write a tree beside `directory` and put it in its place in one move; `key` names what it was made from.

    `also` writes what else belongs to the tree into the folder it is given.

    Raises:
        OSError: the disk is full, or the folder may not be written.
    """
    directory.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(dir=directory.parent, prefix=f".{directory.name}-"))
    try:
        also(tree, beside)
        write(tree, beside, key=key)
        shutil.rmtree(directory, ignore_errors=True)
        beside.chmod(0o755)
        beside.rename(directory)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def write(tree: object, directory: Path, *, key: str) -> None:
    """Write every array and list of words of a tree into an existing folder, the mark of completeness last."""
    numbers: dict[str, object] = {}
    for path, leaf in _leaves(tree, ""):
        if isinstance(leaf, np.ndarray):
            np.save(directory / f"{path}.npy", leaf)
        elif isinstance(leaf, int):
            numbers[path] = leaf
        elif leaf is not None:
            (directory / f"{path}.txt").write_text(_SEPARATOR.join(leaf), encoding="utf-8")
    mark = {"version": VERSION, "key": key, "numbers": numbers}
    (directory / _MARK).write_text(json.dumps(mark), encoding="utf-8")


def is_saved(directory: Path, *, key: str) -> bool:
    """Tell whether a complete tree made from `key` is in the folder."""
    mark = _mark(directory)
    return mark.get("version") == VERSION and mark.get("key") == key


def load(kind: type[Tree], directory: Path) -> Tree:
    """Open a tree of this kind; its arrays are read from the disk when they are needed.

    Raises:
        OSError, ValueError, KeyError: a file is missing or damaged.
    """
    loaded: Tree = _load(kind, directory, "", _mark(directory)["numbers"])
    return loaded


def _mark(directory: Path) -> Mapping[str, Any]:
    try:
        mark = json.loads((directory / _MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return mark if isinstance(mark, dict) else {}


def _leaves(tree: object, path: str) -> Iterator[tuple[str, Sequence[str] | int | np.ndarray[Any, Any] | None]]:
    for field in fields(tree):  # type: ignore[arg-type]
        value = getattr(tree, field.name)
        inner = f"{path}{field.name}"
        if is_dataclass(value):
            yield from _leaves(value, f"{inner}.")
        else:
            yield inner, value


def _load(kind: Any, directory: Path, path: str, numbers: Mapping[str, int]) -> Any:
    hints = get_type_hints(kind)
    values = {
        field.name: _load_leaf(hints[field.name], directory, f"{path}{field.name}", numbers) for field in fields(kind)
    }
    return kind(**values)


def _load_leaf(hint: Any, directory: Path, path: str, numbers: Mapping[str, int]) -> Any:
    kind = next((each for each in get_args(hint) if is_dataclass(each)), hint)
    if is_dataclass(kind):
        is_absent = NoneType in get_args(hint) and not any(directory.glob(f"{path}.*"))
        return None if is_absent else _load(kind, directory, f"{path}.", numbers)
    if path in numbers:
        return numbers[path]
    if (directory / f"{path}.npy").exists():
        return _load_array(directory / f"{path}.npy")
    text = (directory / f"{path}.txt").read_text(encoding="utf-8")
    return text.split(_SEPARATOR) if text else []


def _load_array(path: Path) -> np.ndarray[Any, Any]:
    """Map an array; as a plain one, for each look into a `memmap` costs as much as ten looks into an array."""
    try:
        array: np.ndarray[Any, Any] = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    except EOFError as fault:
        raise ValueError(f"{path.name} is empty") from fault
    return array
