"""What platforms call people: sealed where there is a key, whenever it was written."""

from pathlib import Path

from sqlalchemy import text

from bot.domain.messages import Address
from bot.storage import schema
from bot.storage.database import Database, open_database
from bot.storage.vault.opening import make_vault
from tests.contract.samples import ANN, BOB, said

KEY, OTHER = "1:" + "A" * 43 + "=", "2:" + "B" * 42 + "A="


async def _write(database: Database, number: str, sender: Address, name: str | None) -> None:
    async with database.unit_of_work() as uow:
        await uow.transcript.accept([said(number, sender, name=name)])
        await uow.commit()


async def _names(database: Database) -> list[str | None]:
    async with database.unit_of_work() as uow:
        names = [stored.event.name for stored in await uow.transcript.waiting(9)]
        assert await uow.people.name(ANN) == (names[0] or "")
        return names


async def _raw(database: Database) -> list[str]:
    async with database.engine.connect() as connection:
        rows = await connection.execute(text("SELECT display_name FROM contacts ORDER BY id"))
        return [row.display_name for row in rows]


async def test_a_name_is_sealed_kept_while_its_key_is_away_and_sealed_anew(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/klubok.db"
    async with open_database(url) as database:
        await schema.upgrade(database)
        await _write(database, "1", ANN, "Анна")
        assert await _raw(database) == ["Анна"]
    async with open_database(url, vault=make_vault(KEY)) as database:
        assert await _names(database) == ["Анна"]
        await _write(database, "2", ANN, None)
        await _write(database, "3", BOB, "Боб")
        sealed = await _raw(database)
        assert [name[:3] for name in sealed] == ["v1.", "v1."]
        await _write(database, "4", BOB, "Боб")
        assert await _raw(database) == sealed
        assert await _names(database) == ["Анна", "Боб"]
    async with open_database(url, vault=make_vault(OTHER)) as database:
        assert await _names(database) == [None, None]
        await _write(database, "5", ANN, None)
        assert await _raw(database) == sealed
        await _write(database, "6", BOB, "Борис")
    async with open_database(url, vault=make_vault(f"{OTHER},{KEY}")) as database:
        assert await _names(database) == ["Анна", "Борис"]
