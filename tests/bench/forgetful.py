"""`klubok run` on Telegram with a store that keeps nothing: what everything but the log costs.

Run as ``python -m tests.bench.forgetful``, for benches only.
"""

import asyncio

from bot.app import make_core
from bot.knowing import open_knowledge
from bot.log import configure_logging
from bot.platforms import open_platforms
from bot.runtime.clock import SystemClock
from bot.runtime.lifecycle import Lifecycle
from bot.settings import Settings
from bot.storage.database import open_database
from bot.web.metrics import PrometheusMeter
from tests.fakes.uow import ForgetfulDatabase


async def run(settings: Settings) -> None:
    """Run until ended."""
    knowledge, meter, store = open_knowledge(settings), PrometheusMeter(), ForgetfulDatabase()
    async with (
        open_database("sqlite+aiosqlite:///:memory:") as unused,
        open_platforms(settings, knowledge, unused, meter) as platforms,
    ):
        app = make_core(
            uow=store.unit_of_work,
            answers=knowledge.answers,
            translator=knowledge.translator,
            channels=platforms,
            clock=SystemClock(),
            batch=settings.batch,
            meter=meter,
        )
        lifecycle = Lifecycle(
            uow=app.uow,
            accept=app.inbox.accept_all,
            intakes=platforms,
            workers=app.workers(),
            courier=app.courier,
            drain_seconds=0,
        )
        await lifecycle.run()


if __name__ == "__main__":
    given = Settings()
    configure_logging(given.log_level)
    asyncio.run(run(given))
