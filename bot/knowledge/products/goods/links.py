"""Links: which goods name which others, by models in their params, in lists of what they fit, in their own names."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bot.domain.text import fold
from bot.knowledge.products.goods.columns import Column
from bot.knowledge.products.goods.goods import Goods, Rows
from bot.knowledge.products.goods.models import readings, runs
from bot.knowledge.products.language.loader import grammar
from bot.knowledge.products.language.tokens import phrase_of, tokens_of

_COMPATIBLE = re.compile("|".join(grammar()["compatible"]))
"""Params that list what a thing fits."""
_FOR = re.compile(rf"\s(?:{'|'.join(grammar()['for'])})\s(.+)", re.IGNORECASE)
_PIECES = re.compile(r"[,;/\n]")
_MOUNT = re.compile("|".join(grammar()["joints"]["any"]))
_JOINT = re.compile("|".join(grammar()["joints"]["stems"]))
_JOINT_NOUNS = frozenset(phrase_of(" ".join(grammar()["joints"]["nouns"])))
_LONGEST = 300


class Called(NamedTuple):
    """What a text names: goods, or else the kinds and the words of names that goods have together."""

    rows: tuple[int, ...] = ()
    scope: tuple[str, str] | None = None


@dataclass(frozen=True)
class Links:
    """`others` are rows that those of `owners`, sorted, name or are named by. `scopes` are rows that are for all goods
    of a scope. `joints` and `mounts` are columns whose equal values fit, those of mounts on any two shelves."""

    owners: Rows
    others: Rows
    scopes: Mapping[tuple[str, str], Rows]
    joints: Sequence[str]
    mounts: frozenset[str]

    def of(self, row: int) -> Sequence[int]:
        """Return the rows that `row` names or is named by."""
        start, end = np.searchsorted(self.owners, row, "left"), np.searchsorted(self.owners, row, "right")
        return [int(other) for other in self.others[start:end]]


def is_list(name: str) -> bool:
    """Whether a param lists what a thing fits."""
    return bool(_COMPATIBLE.search(fold(name)))


def build_links(goods: Goods, called: Callable[[str], Called]) -> Links:
    """Look for what goods say of others; `called` reads the names in a text."""
    pairs: dict[tuple[int, int], None] = {}
    scopes: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for row, found in _said(goods, called):
        for named in found.rows:
            for variant in goods.variants(named) if named != row else ():
                pairs[row, variant] = None
                pairs[variant, row] = None
        if found.scope is not None and not found.rows:
            scopes[found.scope].append(row)
    ordered = np.array(sorted(pairs), np.int32).reshape(-1, 2)
    return Links(
        owners=ordered[:, 0],
        others=ordered[:, 1],
        scopes={scope: np.array(sorted(set(rows)), np.int32) for scope, rows in scopes.items()},
        joints=[column.key for column in goods.columns.values() if _is_joint(column)],
        mounts=frozenset(key for key in goods.columns if _MOUNT.search(key)),
    )


def _said(goods: Goods, called: Callable[[str], Called]) -> Iterator[tuple[int, Called]]:
    for column in goods.columns.values():
        by_code = [_in_param(goods, text, called, is_compatible=is_list(column.key)) for text in column.texts]
        for at in np.flatnonzero(np.array([bool(found) for found in by_code], np.bool_)[column.codes]):
            for found in by_code[int(column.codes[at])]:
                yield int(column.rows[at]), found
    for row, offer in enumerate(goods.offers):
        behind = _FOR.search(f" {offer.name}")
        if behind:
            yield row, called(behind[1])


def _in_param(goods: Goods, text: str, called: Callable[[str], Called], *, is_compatible: bool) -> list[Called]:
    """Return what a value names: any goods in a list of what fits, else goods by their codes."""
    found: list[Called] = []
    if _has_code(text) and len(text) <= _LONGEST:
        rows = tuple(dict.fromkeys(_rows_in(goods, text)))
        found += [Called(rows)] if rows else []
    if is_compatible and len(text) <= _LONGEST:
        found += [each for piece in _PIECES.split(text) if (each := called(piece.strip())) != Called()]
    return found


def _rows_in(goods: Goods, text: str) -> Iterator[int]:
    tokens = tokens_of(text)
    at = 0
    while at < len(tokens):
        found = next(
            (
                (end, rows)
                for end in runs(tokens, at)
                if end - at > 1
                for reading in readings(tokens[at:end])[:1]
                if (rows := goods.models.find(reading)[1])
            ),
            None,
        )
        if found is None:
            at += 1
            continue
        at = found[0]
        yield from found[1]


def _has_code(text: str) -> bool:
    return any(letter.isdigit() for letter in text) and any(letter.isalpha() for letter in text)


def _is_joint(column: Column) -> bool:
    """Whether equal values of a param fit each other: "Байонет", "Диаметр колёс", "Тип мешка", but no "Тип"."""
    if column.is_yes_no or is_list(column.key):
        return False
    words = phrase_of(column.key)
    is_noun = len(words) > 1 and not _JOINT_NOUNS.isdisjoint(words)
    return is_noun or bool(_MOUNT.search(column.key) or _JOINT.search(column.key))
