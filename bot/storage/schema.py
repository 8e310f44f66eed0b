"""Schema: whether the tables fit this version of the code, and making them fit."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.domain.errors import SchemaError
from bot.storage.database import Database
from bot.storage.failures import settled

MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 7_095_118_236_457
"""Key of the advisory lock that PostgreSQL programs upgrade under; any number that nobody else uses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaState:
    """`current` is None where no table of ours was ever made. `head` is what this version of the code wants."""

    current: str | None
    head: str
    is_newer: bool = False

    @property
    def is_current(self) -> bool:
        """Whether there is nothing to do."""
        return self.current == self.head


async def check(database: Database) -> SchemaState:
    """Compare the tables with the code. Creates nothing, a file that is not there included.

    Raises:
        StorageError: the database cannot be read.
    """
    if database.is_absent:
        return SchemaState(current=None, head=revisions()[-1])
    async with database.connection(is_reading=True) as connection:
        return await settled(connection.run_sync(_state))


async def upgrade(database: Database) -> SchemaState:
    """Bring the tables up to date, all steps in one transaction. Quick when there is nothing to do.

    Raises:
        SchemaError: a newer version of the program made the tables.
        StorageError: the database did not take it; nothing was changed.
    """
    state = await check(database)
    _refuse_newer(state)
    if state.is_current:
        return state
    async with database.connection() as connection:
        await settled(connection.run_sync(_migrate))
        await settled(connection.commit())
    return await check(database)


async def prepare(database: Database) -> SchemaState:
    """Make a database ready at start: SQLite is upgraded; PostgreSQL, which others share, must have been.

    Raises:
        SchemaError: the tables do not fit; the message says what to do.
        StorageError: the database did not take part.
    """
    if database.is_sqlite:
        return await upgrade(database)
    state = await check(database)
    _refuse_newer(state)
    if not state.is_current:
        raise SchemaError(f"the tables are at revision {state.current}, not {state.head}: run `klubok db upgrade`")
    return state


def revisions() -> tuple[str, ...]:
    """List the revisions that this version of the code knows, oldest first. Read from file names: Alembic is slow."""
    files = (MIGRATIONS / "versions").glob("[0-9]*.py")
    return tuple(sorted(file.stem.partition("_")[0] for file in files))


def _state(connection: Connection) -> SchemaState:
    known = revisions()
    current = None
    if inspect(connection).has_table("alembic_version"):
        current = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return SchemaState(current=current, head=known[-1], is_newer=current is not None and current not in known)


def _refuse_newer(state: SchemaState) -> None:
    if state.is_newer:
        raise SchemaError(f"the database was made by a newer Klubok (revision {state.current}): upgrade the program")


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - slow to import, and seldom needed
    from alembic.config import Config  # noqa: PLC0415

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
