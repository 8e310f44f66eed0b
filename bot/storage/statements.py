"""Inserts that meet rows already there, in the words of each database."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite

PerDialect: TypeAlias = Mapping[str, Executable]
"""A statement by the name of the database that understands it. Built once: a statement built anew is compiled anew."""


def insert_new(table: Table, *, unique: Sequence[str], returning: Sequence[ColumnElement[Any]]) -> PerDialect:
    """Insert rows, skip those whose `unique` columns are there; return columns of the inserted ones, in no order."""
    return {
        "sqlite": sqlite.insert(table).on_conflict_do_nothing(index_elements=unique).returning(*returning),
        "postgresql": postgresql.insert(table).on_conflict_do_nothing(index_elements=unique).returning(*returning),
    }


def insert_or_update(table: Table, *, unique: Sequence[str], update: Sequence[str]) -> PerDialect:
    """Insert rows; where the `unique` columns are there, change the columns `update` instead."""
    for_sqlite, for_postgresql = sqlite.insert(table), postgresql.insert(table)
    return {
        "sqlite": for_sqlite.on_conflict_do_update(
            index_elements=unique, set_={name: for_sqlite.excluded[name] for name in update}
        ),
        "postgresql": for_postgresql.on_conflict_do_update(
            index_elements=unique, set_={name: for_postgresql.excluded[name] for name in update}
        ),
    }
