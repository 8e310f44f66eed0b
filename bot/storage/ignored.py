"""Ignored questions as rows."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from bot.storage.codec import storable
from bot.storage.statements import insert_new
from bot.storage.tables import ignored_questions
from bot.storage.transaction import Transaction

_ADD = insert_new(ignored_questions, unique=("text",), returning=(ignored_questions.c.text,))
_ALL = select(ignored_questions.c.text)


class SqlIgnoredBook:
    """`IgnoredBook` in a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, texts: Sequence[str], *, at: datetime) -> None:
        """Store those that are not there yet."""
        await self._transaction.touch()
        rows = [{"text": text, "ignored_at": at} for text in dict.fromkeys(map(storable, texts))]
        await self._transaction.fetch(_ADD, rows)

    async def all(self) -> Sequence[str]:
        """Return them all, sorted by the letter, whatever the database's language."""
        await self._transaction.touch()
        return sorted(row.text for row in await self._transaction.fetch(_ALL, {}))
