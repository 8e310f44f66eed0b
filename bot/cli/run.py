"""`klubok run`: the bot on its platforms."""

import asyncio

from bot.cli.progress import progress_bars
from bot.knowing import open_knowledge
from bot.live import run_live
from bot.log import configure_logging
from bot.settings import load_settings


def run_bot() -> None:
    """Run until SIGTERM or Ctrl-C.

    Raises:
        ConfigurationError, StorageError: it cannot start; the message says what to do.
    """
    settings = load_settings()
    configure_logging(settings.log_level)
    with progress_bars() as progress:
        knowledge = open_knowledge(settings, progress=progress)
    asyncio.run(run_live(settings, knowledge))
