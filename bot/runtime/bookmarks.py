"""StoredBookmarks: small notes, each in a transaction of its own."""

from bot.services.ports import UnitOfWorkFactory


class StoredBookmarks:
    """`Bookmarks` over the store."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    async def read(self, key: str) -> str | None:
        """Return what was noted under `key`; None when nothing was.

        Raises:
            StorageError: the database does not take part.
        """
        async with self._uow() as uow:
            return await uow.bookmarks.read(key)

    async def write(self, key: str, value: str) -> None:
        """Note `value` under `key`, durably.

        Raises:
            StorageError: nothing was noted.
        """
        async with self._uow() as uow:
            await uow.bookmarks.write(key, value)
            await uow.commit()
