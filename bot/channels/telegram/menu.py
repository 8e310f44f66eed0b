"""The menu of commands in Telegram, in every language the bot speaks."""

import logging

from bot.channels.telegram.api import Api, CallError
from bot.channels.telegram.options import Menu

logger = logging.getLogger(__name__)


async def show_menu(api: Api, menu: Menu) -> None:
    """Show it; the first language is for everybody whose own we do not speak. Best effort."""
    scopes = [(language, commands) for language, commands in menu.items() if commands]
    for number, (language, commands) in enumerate(scopes):
        listed = [{"command": command, "description": description} for command, description in commands]
        try:
            if not number:
                await api.call("setMyCommands", {"commands": listed})
            await api.call("setMyCommands", {"commands": listed, "language_code": language})
        except CallError as error:
            logger.info("telegram.no_menu error=%s", error)
            return
