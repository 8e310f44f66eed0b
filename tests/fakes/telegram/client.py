"""aiogram's own Bot, pointed at the fake. Not imported with the package: aiogram takes seconds to import."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram import Bot, methods, types
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from tests.fakes.telegram.server import FakeTelegram

for _each in [*vars(types).values(), *vars(methods).values()]:
    if hasattr(_each, "model_rebuild"):  # the product may have imported aiogram, and builds only what it uses
        _each.model_rebuild(_types_namespace=vars(types))


@asynccontextmanager
async def client(fake: FakeTelegram, *, token: str | None = None, timeout_s: float = 5.0) -> AsyncIterator[Bot]:
    """Open a Bot that talks to the fake, and close its session."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(fake.base_url), timeout=timeout_s)
    try:
        yield Bot(token or fake.token, session=session)
    finally:
        await session.close()
