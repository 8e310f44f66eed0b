"""Append-only tables: the database refuses to change or delete their rows."""

from typing import Any

from sqlalchemy import DDL, Table, event

FUNCTION = """
CREATE OR REPLACE FUNCTION club_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""
"""PostgreSQL's triggers call it. The error is one of integrity: trying again does not help."""


def sqlite_triggers(table: str) -> tuple[str, ...]:
    """Write SQLite's triggers for `table`."""
    return tuple(
        f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
        for action in ("UPDATE", "DELETE")
    )


def postgresql_triggers(table: str) -> tuple[str, ...]:
    """Write PostgreSQL's trigger for `table`."""
    words = f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
    return (f"{words} FOR EACH ROW EXECUTE FUNCTION club_refuse_change()",)


def keep(table: Table) -> None:
    """Have the triggers made together with `table`."""
    for words in sqlite_triggers(table.name):
        _after_create(table, words, dialect="sqlite")
    for words in (FUNCTION.replace("%", "%%"), *postgresql_triggers(table.name)):
        _after_create(table, words, dialect="postgresql")


def _after_create(table: Table, words: str, *, dialect: str) -> None:
    statement: Any = DDL(words)  # type: ignore[no-untyped-call]
    event.listen(table, "after_create", statement.execute_if(dialect=dialect))
