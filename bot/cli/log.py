"""The log that reports read: opened for reading, never made, never changed unless a command says so."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from bot.channels.console.parse import LineError, parse_period
from bot.domain.errors import ConfigurationError, SchemaError
from bot.runtime.clock import SystemClock
from bot.settings import Settings, load_settings
from bot.storage.database import Database, open_database
from bot.storage.schema import check


def log_settings(pack: Path | None, database_url: str | None) -> Settings:
    """The environment's settings, with what the command line says instead."""
    settings = load_settings()
    url = settings.database_url if database_url is None else SecretStr(database_url)
    return settings.model_copy(update={"pack": pack or settings.pack, "database_url": url})


@asynccontextmanager
async def open_log(settings: Settings) -> AsyncIterator[Database]:
    """Open the database of the log.

    Raises:
        ConfigurationError, StorageError: there is none, or it does not fit.
    """
    async with open_database(settings.database_url.get_secret_value()) as database:
        state = await check(database)
        if database.is_absent or state.current is None:
            raise ConfigurationError("there is no log yet: name the database by --db or KLUBOK_DATABASE_URL")
        if not state.is_current:
            raise SchemaError(f"the tables are at revision {state.current}, not {state.head}: run `klubok db upgrade`")
        yield database


def read_since(text: str | None) -> datetime | None:
    """Read a date, a time or a period before now; a time without a zone is UTC.

    Raises:
        ConfigurationError: it is none of them.
    """
    if text is None:
        return None
    try:
        if text.startswith("P"):
            return SystemClock().now() - parse_period(text)
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (LineError, ValueError, OverflowError) as error:
        raise ConfigurationError(
            f"--since takes a date such as 2026-11-23 or a period such as P7D, not {text!r}"
        ) from error
