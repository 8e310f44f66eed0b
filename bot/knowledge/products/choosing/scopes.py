"""Scopes: which offers the words of kinds, brands and names leave."""

from collections.abc import Iterable, Sequence

import numpy as np

from bot.knowledge.products.goods.goods import Rows
from bot.knowledge.products.language.lexicon import Lexicon


def any_of(lexicon: Lexicon, kinds: Sequence[Sequence[str]]) -> list[int]:
    """Return the rows that all of these words leave, goods that go with others included."""
    parts = [union(lexicon.kinds.rows(key) for key in keys) for keys in kinds]
    return sorted(set(parts[0].tolist()).intersection(*(rows.tolist() for rows in parts[1:]))) if parts else []


def scope_of(
    lexicon: Lexicon, kinds: Sequence[Sequence[str]], brands: Sequence[str], names: Sequence[str]
) -> Rows | None:
    """Return the rows that all of these leave; None where there are none of these."""
    parts = [union(lexicon.kinds.rows(key) for key in keys) for keys in kinds]
    parts += [lexicon.brands[key] for key in brands if key in lexicon.brands]
    parts += [lexicon.names[key] for key in names if key in lexicon.names]
    if not parts:
        return None
    scope = parts[0]
    for rows in parts[1:]:
        scope = np.intersect1d(scope, rows, assume_unique=True)
    return _without_additions(lexicon, scope) if kinds else scope


def is_among(rows: Rows, row: int) -> bool:
    """Whether `row` is one of `rows`."""
    at = int(np.searchsorted(rows, row))
    return at < len(rows) and int(rows[at]) == row


def union(all_rows: Iterable[Rows]) -> Rows:
    """Return the rows that are in any of these."""
    rows = list(all_rows)
    return rows[0] if len(rows) == 1 else np.unique(np.concatenate(rows)) if rows else np.empty(0, np.int32)


def _without_additions(lexicon: Lexicon, rows: Rows) -> Rows:
    """Leave out goods that only go with others, where there are any of those others."""
    proper = rows[~lexicon.kinds.additions[rows]]
    return proper if len(proper) else rows
