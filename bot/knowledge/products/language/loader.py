"""Loading of the data files, each read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """An attribute that goods of many kinds have: its names, the questions for it, words for more and less of it."""

    id: str
    kind: str = ""
    is_of_whole: bool = False
    names: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def concepts() -> tuple[Concept, ...]:
    """All attributes that people know by name."""
    lists = ("names", "ask", "more", "less")
    return tuple(
        Concept(
            id=entry["id"],
            kind=entry.get("kind", ""),
            is_of_whole=entry.get("whole", False),
            **{name: tuple(map(str, entry.get(name, ()))) for name in lists},
        )
        for entry in _read("concepts")
    )


@lru_cache(maxsize=1)
def signs() -> Mapping[str, tuple[str, ...]]:
    """Phrases by the sign that they give."""
    return {str(name): _texts(phrases) for name, phrases in _read("signs").items()}


@lru_cache(maxsize=1)
def kinds() -> tuple[tuple[str, ...], ...]:
    """Kinds of goods by all that people call them, the proper name first."""
    return tuple(_texts(group) for group in _read("kinds"))


@lru_cache(maxsize=1)
def series() -> Mapping[str, str]:
    """Words that models of one series are told apart by, by their spellings in the other script."""
    return {spelling: word for word, spellings in _read("series").items() for spelling in _texts(spellings)}


@lru_cache(maxsize=1)
def letters() -> Mapping[str, tuple[str, ...]]:
    """How each Latin letter is read aloud in Russian."""
    return {_text(letter): _texts(names) for letter, names in _read("letters").items()}


@lru_cache(maxsize=1)
def brands() -> tuple[tuple[str, ...], ...]:
    """Makers whose names are known, with their spellings."""
    return tuple(_texts(group) for group in _read("brands"))


@lru_cache(maxsize=1)
def values() -> Mapping[str, Any]:
    """``yes`` and ``no`` are lists of words, ``same`` is a list of groups of words."""
    read: Mapping[str, Any] = _read("values")
    by_text = {_text(name): group for name, group in read.items()}
    return {"yes": _texts(by_text["yes"]), "no": _texts(by_text["no"]), "same": tuple(map(_texts, by_text["same"]))}


@lru_cache(maxsize=1)
def grammar() -> Mapping[str, Any]:
    """Small words by which names and params are taken apart."""
    read: Mapping[str, Any] = _read("grammar")
    return read


@lru_cache(maxsize=1)
def numbers() -> Mapping[str, Any]:
    """``words`` and ``scales`` by number, ``money`` is a list, ``halves`` by word."""
    read: Mapping[str, Any] = _read("numbers")
    return read


@lru_cache(maxsize=1)
def units() -> Sequence[Mapping[str, Any]]:
    """Kinds of measure with their units."""
    read: Sequence[Mapping[str, Any]] = _read("units")
    return read


def _read(name: str) -> Any:
    text = files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - both are safe loaders


def _texts(written: Sequence[object]) -> tuple[str, ...]:
    return tuple(map(_text, written))


def _text(value: object) -> str:
    """YAML takes some words for something else: yes, no, y, n."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
