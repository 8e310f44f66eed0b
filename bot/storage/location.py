"""Location: the database URL, read and checked before anything is connected."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.domain.errors import ConfigurationError

SQLITE = "sqlite+aiosqlite"
POSTGRESQL = "postgresql+asyncpg"
_DRIVERS = {
    "sqlite": SQLITE,
    SQLITE: SQLITE,
    "postgres": POSTGRESQL,
    "postgresql": POSTGRESQL,
    POSTGRESQL: POSTGRESQL,
}
_EXPECTED = "expected sqlite+aiosqlite:///path/to/file.db or postgresql+asyncpg://user:password@host/name"
_POSTGRESQL_OPTIONS = {"host", "passfile", "port", "prepared_statement_cache_size", "ssl", "target_session_attrs"}
_URI_OPTIONS = {"cache", "immutable", "mode", "nolock", "psow", "uri", "vfs"}
"""Those of sqlite.org/uri.html, for ``sqlite:///file:/path/to/file.db?mode=ro``; `uri` is SQLAlchemy's."""
_MEMORY = ":memory:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a database is: on a server, or on this machine in a `file`, which is None for one in memory."""

    url: URL
    file: Path | None

    @property
    def is_sqlite(self) -> bool:
        """Whether it is on this machine."""
        return self.url.drivername == SQLITE

    @property
    def is_memory(self) -> bool:
        """Whether it ends with its connection."""
        return self.is_sqlite and self.file is None


def read_location(url: str) -> Location:
    """Read a URL. Looks at the file that it names; connects to nothing.

    Raises:
        ConfigurationError: it is not one of ours, or no database can be there; the message shows no password.
    """
    parsed = _parse(url)
    known = _known_options(parsed)
    for option in sorted(set(parsed.query) - known):
        expected = f"known here: {', '.join(sorted(known))}" if known else "leave it out"
        raise ConfigurationError(f"the database URL has an unknown option {option!r}: {expected}")
    location = Location(url=parsed, file=_file(parsed))
    if location.file is not None:
        _refuse_unusable(location.file)
    return location


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise ConfigurationError(f"the database URL cannot be read: {_EXPECTED}") from error
    if parsed.drivername not in _DRIVERS:
        raise ConfigurationError(f"the database URL begins with {parsed.drivername!r}: {_EXPECTED}")
    parsed = parsed.set(drivername=_DRIVERS[parsed.drivername])
    if parsed.drivername == SQLITE and parsed.host:
        raise ConfigurationError(f"the database URL has too few slashes for a file: {_EXPECTED}")
    return parsed.update_query_dict({"uri": "true"}) if _is_uri(parsed) else parsed


def _known_options(url: URL) -> set[str]:
    if url.drivername == POSTGRESQL:
        return _POSTGRESQL_OPTIONS
    return _URI_OPTIONS if _is_uri(url) else set()


def _is_uri(url: URL) -> bool:
    return url.drivername == SQLITE and (url.database or "").startswith("file:")


def _file(url: URL) -> Path | None:
    if url.drivername != SQLITE or url.query.get("mode") == "memory":
        return None
    path = url.database or _MEMORY
    if _is_uri(url):
        path = unquote(urlsplit(path).path)
    return None if path == _MEMORY else Path(path)


def _refuse_unusable(file: Path) -> None:
    try:
        _look_at(file)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ConfigurationError(f"the database file {str(file)!r} cannot be reached: {reason}") from error


def _look_at(file: Path) -> None:
    if not file.parent.is_dir():
        raise ConfigurationError(f"the directory of the database file {file} does not exist: create it")
    if file.is_dir():
        raise ConfigurationError(f"the database file {file} is a directory: name a file in it")
    if os.access(file, os.F_OK) and not os.access(file, os.R_OK):
        raise ConfigurationError(f"the database file {file} may not be read: give the program the right to")
