"""The baseline: a bot written the usual way, on the same knowledge, the same log row and the same durability.

aiogram's Dispatcher with `F` filters, its FSM in memory, the `Answers` port called in the handler, SQLAlchemy's ORM
with one commit a message. Settings are those of Klubok. Run as ``python -m tests.bench.usual``.
"""

import asyncio
import json
import logging
import time
from datetime import UTC, datetime
from typing import Any

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

from bot.domain.answer import Answer, Question
from bot.domain.knowledge import FaqEntry
from bot.knowing import open_knowledge
from bot.services.ports import Answers
from bot.settings import Settings
from bot.storage.tables import contacts, metadata, transcript

MS = 1000
Sessions = async_sessionmaker[AsyncSession]
router = Router()


class Base(DeclarativeBase):
    """Rows of our own tables."""

    metadata = metadata


class Contact(Base):
    """A person."""

    __table__ = contacts


class LogRow(Base):
    """A question, with what was answered."""

    __table__ = transcript


class Feedback(StatesGroup):
    """A form, which nobody fills in here."""

    rating = State()
    comment = State()


@router.message(CommandStart())
async def start(message: Message) -> None:
    """Greet."""
    await message.answer("Здравствуйте!")


@router.message(Command("feedback"))
async def feedback(message: Message, state: FSMContext) -> None:
    """Open the form."""
    await state.set_state(Feedback.rating)
    await message.answer("Сколько звёзд?")


@router.message(Feedback.rating, F.text)
async def rate(message: Message, state: FSMContext) -> None:
    """Close the form."""
    await state.clear()
    await message.answer("Спасибо!")


@router.message(F.contact)
async def contact(message: Message) -> None:
    """Take a phone."""
    await message.answer("Спасибо!")


@router.message(F.text)
async def ask(message: Message, answers: Answers, sessions: Sessions) -> None:
    """Answer a question, log it, say it."""
    began = time.perf_counter()
    answer = await answers.answer(Question(text=message.text or "", language="ru"))
    async with sessions() as session:
        session.add(
            LogRow(
                contact_id=await find_contact(session, message),
                channel="telegram",
                direction="in",
                status="handled",
                update_id=str(message.message_id),
                kind=answer.meta.kind,
                skill="ask",
                outcome="answered",
                confidence=answer.meta.confidence,
                took_ms=round((time.perf_counter() - began) * MS),
                occurred_at=message.date,
                handled_at=datetime.now(UTC),  # noqa: TID251 - as bots do
                sources=json.dumps(answer.meta.sources),
                text=message.text,
                body=json.dumps({"answer": said(answer)}, ensure_ascii=False),
            )
        )
        await session.commit()
    await message.answer(said(answer), reply_markup=keyboard(answer))


@router.callback_query(F.data.startswith("ask."))
async def press(query: CallbackQuery) -> None:
    """Answer a button."""
    await query.answer()


async def find_contact(session: AsyncSession, message: Message) -> int:
    """Return the number of a person, who is stored when new."""
    person = str(message.chat.id)
    wanted = select(Contact).where(
        contacts.c.channel == "telegram", contacts.c.chat_id == person, contacts.c.user_id == person
    )
    found: Any = (await session.execute(wanted)).scalar_one_or_none()
    if found is None:
        found = Contact(channel="telegram", chat_id=person, user_id=person, first_seen_at=message.date)
        session.add(found)
        await session.flush()
    return int(found.id)


def said(answer: Answer) -> str:
    """What is sent."""
    entry = answer.hits[0] if answer.hits else None
    return entry.answer("ru") if isinstance(entry, FaqEntry) else "Этого я не знаю."


def keyboard(answer: Answer) -> InlineKeyboardMarkup | None:
    """The buttons of an answer, one a row."""
    entry = answer.hits[0] if answer.hits else None
    if not isinstance(entry, FaqEntry) or not entry.buttons:
        return None
    rows = [
        [
            InlineKeyboardButton(text=button.label, url=button.url)
            if button.url
            else InlineKeyboardButton(text=button.label, callback_data=f"ask.follow:{entry.id}:{number}")
        ]
        for number, button in enumerate(entry.buttons)
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def set_pragmas(connection: Any, _: object) -> None:
    """Make commits as durable as Klubok's, and as cheap as SQLite can."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


async def run(settings: Settings) -> None:
    """Run until SIGTERM."""
    url = settings.database_url.get_secret_value()
    # one connection: with several each commit waits for SQLite's lock by sleeping, ten times slower
    engine = create_async_engine(url, pool_size=1, max_overflow=0, pool_timeout=600)
    event.listen(engine.sync_engine, "connect", set_pragmas)
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings.telegram.api_url))
    bot = Bot(settings.telegram.token.get_secret_value(), session=session)
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    await dispatcher.start_polling(bot, answers=open_knowledge(settings).answers, sessions=sessions)
    await engine.dispose()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    asyncio.run(run(Settings()))
