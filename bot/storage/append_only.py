"""Tables whose rows are never changed and never removed: the database itself refuses."""

from collections.abc import Sequence

from sqlalchemy import DDL, Table, event

_SQLITE = """CREATE TRIGGER tr_{table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
_FUNCTION = """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"""
_POSTGRESQL = """CREATE TRIGGER tr_{table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()"""


def append_only(table: Table) -> Table:
    """Let the database refuse to change or delete a row of `table`."""
    for dialect in ("sqlite", "postgresql"):
        for statement in refusals(table.name, dialect):
            words = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", words.execute_if(dialect=dialect))
    return table


def refusals(table: str, dialect: str) -> Sequence[str]:
    """Return the statements that make it so, in the words of a database."""
    verbs = ("update", "delete")
    if dialect == "sqlite":
        return [_SQLITE.format(table=table, verb=verb) for verb in verbs]
    return [_FUNCTION, *(_POSTGRESQL.format(table=table, verb=verb) for verb in verbs)]
