"""Migrations make exactly the tables that the code describes, and can be undone."""

import re
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.domain.errors import SchemaError, StorageError
from bot.storage import schema
from bot.storage.database import Database, open_database
from bot.storage.tables import metadata


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _climb_the_stairs(connection: Connection) -> None:
    config = _config(connection)
    for revision in schema.revisions():
        command.upgrade(config, revision)
        command.downgrade(config, "-1")
        command.upgrade(config, revision)
    command.downgrade(config, "base")


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def _describe(connection: Connection) -> set[str]:
    """Collect all that makes the tables what they are, as the database itself writes it."""
    if connection.dialect.name == "sqlite":
        statements = ["SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'alembic%'"]
    else:
        statements = [
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE 'alembic%'",
            "SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE conname NOT LIKE 'alembic%'",
        ]
    rows = (row for statement in statements for (row,) in connection.execute(text(statement)))
    return {_sorted_lines(row) for row in rows}


def _sorted_lines(definition: str) -> str:
    """Constraints may be written in any order; SQLite quotes the name of a table that was renamed."""
    plain = definition.replace("transcript.", "").replace('"', "")
    lines = (re.sub(r"[\s,]+", " ", line).strip() for line in plain.splitlines())
    return "\n".join(sorted(lines))


async def test_every_step_can_be_undone_and_done_again(bare: Database) -> None:
    async with bare.connection() as connection:
        await connection.run_sync(_climb_the_stairs)
        assert await connection.run_sync(_tables) == {"alembic_version"}


async def test_migrations_make_the_tables_of_the_code(database: Database) -> None:
    async with database.connection() as connection:
        differences = await connection.run_sync(
            lambda migrated: compare_metadata(MigrationContext.configure(migrated), metadata)
        )
    assert differences == []


async def test_constraints_and_indexes_are_those_of_the_code(database: Database) -> None:
    async with database.connection() as connection:
        migrated = await connection.run_sync(_describe)
        await connection.run_sync(metadata.drop_all)
        await connection.run_sync(metadata.create_all)
        assert await connection.run_sync(_describe) == migrated


async def test_revisions_are_read_from_file_names_in_the_order_of_alembic() -> None:
    script = ScriptDirectory.from_config(_config())
    assert tuple(step.revision for step in reversed(list(script.walk_revisions()))) == schema.revisions()


async def test_an_upgrade_brings_an_empty_database_to_the_head(bare: Database) -> None:
    before = await schema.check(bare)
    assert (before.current, before.is_current, before.is_newer) == (None, False, False)
    after = await schema.upgrade(bare)
    assert after.is_current
    assert await schema.upgrade(bare) == after


async def test_looking_at_a_database_that_is_not_there_does_not_create_it(sqlite_path: Path) -> None:
    for url in (f"sqlite:///{sqlite_path}", f"sqlite:///file:{sqlite_path}?cache=private"):
        async with open_database(url) as database:
            state = await schema.check(database)
        assert (state.current, state.is_current, state.is_newer) == (None, False, False)
        assert list(sqlite_path.parent.iterdir()) == []
    async with open_database(f"sqlite:///{sqlite_path}") as database:
        assert (await schema.prepare(database)).is_current
        assert (await schema.check(database)).is_current


async def test_an_upgrade_works_in_memory() -> None:
    async with open_database("sqlite+aiosqlite:///:memory:") as database:
        assert (await schema.prepare(database)).is_current


async def test_sqlite_is_upgraded_at_start_and_postgresql_is_not(bare: Database) -> None:
    if bare.is_sqlite:
        assert (await schema.prepare(bare)).is_current
        return
    with pytest.raises(SchemaError, match="klubok db upgrade"):
        await schema.prepare(bare)
    await schema.upgrade(bare)
    assert (await schema.prepare(bare)).is_current


async def test_a_database_of_a_newer_program_is_left_alone(database: Database) -> None:
    async with database.connection() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        await connection.commit()
    assert (await schema.check(database)).is_newer
    for start in (schema.upgrade, schema.prepare):
        with pytest.raises(SchemaError, match=r"newer Klubok \(revision 9999\): upgrade the program"):
            await start(database)


async def test_a_failed_upgrade_leaves_nothing_behind(bare: Database) -> None:
    async with bare.connection() as connection:
        await connection.execute(text("CREATE TABLE timers (mine INTEGER)"))
        await connection.commit()
    with pytest.raises(StorageError, match=r"timers.* already exists"):
        await schema.upgrade(bare)
    async with bare.connection() as connection:
        assert await connection.run_sync(_tables) == {"timers"}
