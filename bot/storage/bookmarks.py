"""Bookmarks as rows."""

from sqlalchemy import bindparam, select

from bot.storage.codec import storable
from bot.storage.statements import insert_or_update
from bot.storage.tables import bookmarks
from bot.storage.transaction import Transaction

_READ = select(bookmarks.c.value).where(bookmarks.c.key == bindparam("noted_as"))
_WRITE = insert_or_update(bookmarks, unique=("key",), update=("value",))


class SqlBookmarkBook:
    """`BookmarkBook` in a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def read(self, key: str) -> str | None:
        """Return what was noted under `key`."""
        rows = await self._transaction.fetch(_READ, {"noted_as": storable(key)})
        return rows[0].value if rows else None

    async def write(self, key: str, value: str) -> None:
        """Note `value` in the place of what was there."""
        await self._transaction.touch()
        await self._transaction.write(_WRITE, {"key": storable(key), "value": storable(value)})
