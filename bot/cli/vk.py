"""`klubok vk`: a community's settings in VK."""

import asyncio

import typer

from bot.channels.vk.api import Api
from bot.channels.vk.options import VkOptions
from bot.channels.vk.setup import set_up
from bot.cli.errors import EXIT_PROBLEMS
from bot.runtime.clock import SystemClock
from bot.settings import VkSettings, load_settings


def set_up_community() -> None:
    """Switch on what the key may; exit code 1 when something is left to do by hand."""
    options = vk_options(load_settings().vk)
    options.check()
    if asyncio.run(_set_up(options)):
        raise typer.Exit(EXIT_PROBLEMS)


def vk_options(settings: VkSettings) -> VkOptions:
    """Hand the settings to the channel."""
    return VkOptions(
        token=settings.token.get_secret_value(),
        group_id=settings.group_id,
        api_url=settings.api_url,
        api_version=settings.api_version,
        callback_url=settings.callback_url,
        secret=settings.secret.get_secret_value(),
        confirmation=settings.confirmation.get_secret_value(),
        requests_per_second=settings.requests_per_second,
    )


async def _set_up(options: VkOptions) -> bool:
    """Print each step; return whether something is left."""
    is_left = False
    api = Api(options, ticks=SystemClock().ticks)
    try:
        async for step in set_up(api, options):
            typer.echo(str(step))
            is_left = is_left or step.is_left
    finally:
        api.close()
    return is_left
