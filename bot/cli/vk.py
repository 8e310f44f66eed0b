"""`klubok vk`: a community's settings in VK."""

import asyncio

import typer

from bot.channels.vk.api import Api
from bot.channels.vk.options import VkOptions
from bot.channels.vk.setup import set_up
from bot.cli.errors import EXIT_PROBLEMS
from bot.platforms import vk_options
from bot.runtime.clock import SystemClock
from bot.settings import load_settings


def set_up_community() -> None:
    """Switch on what the key may; exit code 1 when something is left to do by hand."""
    options = vk_options(load_settings())
    options.check()
    if asyncio.run(_set_up(options)):
        raise typer.Exit(EXIT_PROBLEMS)


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
