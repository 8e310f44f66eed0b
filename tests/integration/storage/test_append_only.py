"""What the database itself refuses to change or delete, and what it holds of people."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.domain.ids import ChannelName
from bot.domain.loyalty.card import card_number
from bot.domain.members.consent import ConsentChange, ConsentEvent, ConsentText
from bot.domain.members.profile import ProfileField
from bot.domain.messages import Address
from bot.storage.database import Database
from tests.contract.samples import enrol

ANN = Address(ChannelName("console"), "c1", "u1")
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
TEXT = ConsentText(title="Согласие", text="Я согласен")


async def _agree(database: Database) -> None:
    async with database.unit_of_work() as uow:
        await uow.membership.consents.keep_text("ads", "1", "ru", TEXT)
        await uow.membership.consents.add(
            ConsentEvent(
                document="ads",
                version="1",
                digest=TEXT.digest,
                language="ru",
                change=ConsentChange.GIVEN,
                by=ANN,
                shown_ref="",
                event_id="e1",
                at=NOON,
            )
        )
        await uow.commit()


@pytest.mark.parametrize("table", ["consent_texts", "consent_events"])
@pytest.mark.parametrize("words", ["UPDATE {} SET version = '2'", "DELETE FROM {}"])
async def test_a_line_of_the_consent_log_stays_as_it_is(database: Database, table: str, words: str) -> None:
    await _agree(database)
    async with database.engine.connect() as connection:
        with pytest.raises(DBAPIError, match="only added to"):
            await connection.execute(text(words.format(table)))


async def test_a_name_stands_in_no_table_but_the_vault(database: Database) -> None:
    async with database.unit_of_work() as uow:
        member = await enrol(uow, ANN, card=card_number("27", 5))
        await uow.membership.profiles.put(member.id, {ProfileField.NAME: "Анна", ProfileField.PHONE: "+79123456789"})
        await uow.commit()
    async with database.engine.connect() as connection:
        rows = (await connection.execute(text("SELECT field, lookup FROM profiles ORDER BY field"))).all()
    assert [(row.field, bool(row.lookup)) for row in rows] == [("name", False), ("phone", True)]
