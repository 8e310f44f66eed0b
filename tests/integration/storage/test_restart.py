"""A program that is started again goes on where it stopped."""

from pathlib import Path

from sqlalchemy import text

from bot.domain.messages import ContactShared
from bot.storage import schema
from bot.storage.database import Database, open_database
from tests.contract.samples import ANN, BOB, CONSOLE, NOON, accept, answer_all, counts, said, unsent_texts, waiting_ids

PHONE = "79120000000"
CONTACT = ContactShared(id="phone", sender=ANN, at=NOON, name="Ann Lee", language="ru", phone=f"+{PHONE}")


async def test_what_waited_still_waits(sqlite_path: Path) -> None:
    url = f"sqlite:///{sqlite_path}"
    async with open_database(url) as database:
        await schema.prepare(database)
        await accept(database.unit_of_work, said("1"))
        await answer_all(database.unit_of_work)
        await accept(database.unit_of_work, said("2"), said("3", BOB))
    async with open_database(url) as database:
        await schema.prepare(database)
        assert await waiting_ids(database.unit_of_work) == ["2", "3"]
        assert await unsent_texts(database.unit_of_work) == [("c1", "hi 0")]
        assert await accept(database.unit_of_work, said("1")) == [False]


async def test_a_file_is_kept_safe_against_loss_of_power(sqlite: Database) -> None:
    async with sqlite.connection() as connection:
        for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            assert await connection.scalar(text(f"PRAGMA {pragma}")) == value


async def test_the_log_says_who_what_when_and_how(database: Database) -> None:
    await accept(database.unit_of_work, said("1", name="Ann"))
    await answer_all(database.unit_of_work)
    async with database.unit_of_work() as uow:
        (queued,) = await uow.transcript.unsent([CONSOLE], now=NOON, limit=1)
        await uow.transcript.mark_sent({queued.id: "m17"}, at=NOON)
        await uow.commit()
    async with database.connection() as connection:
        heard, answered = (await connection.execute(text("SELECT * FROM transcript ORDER BY id"))).mappings()
    assert (heard["direction"], heard["update_id"], heard["kind"], heard["text"]) == ("in", "1", "said", "hello")
    assert (heard["skill"], heard["outcome"], heard["took_ms"]) == ("questions", "answered", 3)
    assert (answered["direction"], answered["kind"], answered["skill"]) == ("out", "faq", "questions")
    assert (answered["answers_id"], answered["number"]) == (heard["id"], 0)
    assert (answered["confidence"], answered["sources"]) == (0.93, '["faq:delivery","offer:12"]')
    assert (answered["status"], answered["platform_ref"], answered["attempts"]) == ("sent", "m17", 1)


async def test_the_log_does_not_say_who_it_was(database: Database) -> None:
    await accept(database.unit_of_work, said("1", name="Ann Lee"), CONTACT)
    for _ in range(2):
        await answer_all(database.unit_of_work)
    assert await counts(database.unit_of_work) == {"in:handled": 2, "out:queued": 2}
    written = await _log(database)
    assert "Ann Lee" not in written
    assert ANN.user_id not in written.split()
    assert ANN.chat_id not in written
    assert PHONE not in written


async def test_the_log_does_not_keep_the_phone_of_an_event_that_could_not_be_read(database: Database) -> None:
    await accept(database.unit_of_work, CONTACT)
    async with database.connection() as connection:
        await connection.execute(text("UPDATE transcript SET body = body || '}'"))
        await connection.commit()
    await answer_all(database.unit_of_work)
    assert await counts(database.unit_of_work) == {"in:failed": 1}
    assert PHONE not in await _log(database)


async def test_a_phone_is_not_lost_before_its_turn(url: str) -> None:
    async with open_database(url) as database:
        await schema.upgrade(database)
        await accept(database.unit_of_work, CONTACT)
    async with open_database(url) as database, database.unit_of_work() as uow:
        assert [stored.event for stored in await uow.transcript.waiting(1)] == [CONTACT]


async def _log(database: Database) -> str:
    async with database.connection() as connection:
        rows = (await connection.execute(text("SELECT * FROM transcript"))).all()
    return " ".join(str(value) for row in rows for value in row)


async def test_couriers_on_one_postgresql_share_the_queue_and_keep_the_order_of_chats(postgresql: Database) -> None:
    await accept(postgresql.unit_of_work, said("1"), said("2", BOB))
    await answer_all(postgresql.unit_of_work, replies=2)
    async with postgresql.unit_of_work() as mine:
        assert [item.message.number for item in await mine.transcript.unsent([CONSOLE], now=NOON, limit=1)] == [0]
        assert await unsent_texts(postgresql.unit_of_work) == [("c2", "hi 0"), ("c2", "hi 1")]
    assert len(await unsent_texts(postgresql.unit_of_work)) == 4


async def test_couriers_on_one_postgresql_keep_the_order_of_the_answers_to_an_event(postgresql: Database) -> None:
    await accept(postgresql.unit_of_work, said("1"), said("2"))
    await answer_all(postgresql.unit_of_work, replies=2)
    await answer_all(postgresql.unit_of_work, replies=2)
    async with postgresql.unit_of_work() as uow:
        event = await uow.transcript.find(CONSOLE, "2")
    async with postgresql.unit_of_work() as mine, postgresql.unit_of_work() as theirs:
        found = await mine.transcript.unsent([CONSOLE], now=NOON, limit=1, answers=event)
        assert [item.message.number for item in found] == [0]
        assert await theirs.transcript.unsent([CONSOLE], now=NOON, limit=9, answers=event) == []


async def test_processes_on_one_postgresql_share_the_work_without_waiting(postgresql: Database) -> None:
    await accept(postgresql.unit_of_work, said("1"), said("2"), said("3", BOB))
    async with postgresql.unit_of_work() as mine:
        assert [stored.event.id for stored in await mine.transcript.waiting(1)] == ["1"]
        assert await waiting_ids(postgresql.unit_of_work) == ["3"]
    assert await waiting_ids(postgresql.unit_of_work) == ["1", "3"]
    assert await counts(postgresql.unit_of_work) == {"in:waiting": 3}
