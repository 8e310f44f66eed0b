"""Platforms: the channels that settings have a token for, opened beside the database."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Protocol

from aiohttp import web

from bot.channels.vk.options import VkOptions
from bot.domain.errors import ConfigurationError
from bot.domain.ids import TranscriptId
from bot.domain.messages import Address
from bot.knowing import Knowledge
from bot.runtime.bookmarks import StoredBookmarks
from bot.runtime.clock import SystemClock
from bot.services.channel import Channel, Intake
from bot.services.desk.suggesting import suggested
from bot.settings import Settings
from bot.skills.menu import menu_of
from bot.storage.database import Database
from bot.web.metrics import PrometheusMeter


class Platform(Channel, Intake, Protocol):
    """A platform both ways; `routes` is what the web server has to answer for it."""

    @property
    def shares_contacts(self) -> bool:
        """Whether people can send their own number by a button, so that it is known to be theirs."""
        ...

    @property
    def routes(self) -> Sequence[web.RouteDef]: ...

    @property
    def trouble(self) -> str:
        """What keeps updates from coming in; empty when they come."""
        ...


@asynccontextmanager
async def open_platforms(
    settings: Settings, knowledge: Knowledge, database: Database, meter: PrometheusMeter
) -> AsyncIterator[Sequence[Platform]]:
    """Open the channels that have a token.

    Raises:
        ConfigurationError: none has one, or a setting of one is wrong.
    """
    platforms: list[Platform] = []
    async with AsyncExitStack() as opened:
        if settings.telegram.token.get_secret_value():
            platforms.append(await opened.enter_async_context(_open_telegram(settings, knowledge, database, meter)))
        if settings.vk.token.get_secret_value():
            platforms.append(await opened.enter_async_context(_open_vk(settings, database, meter)))
        if not platforms:
            raise ConfigurationError(
                "no platform to run on: set KLUBOK_TELEGRAM__TOKEN, or KLUBOK_VK__TOKEN with KLUBOK_VK__GROUP_ID,"
                " in the environment or in .env (`klubok chat` needs none)"
            )
        yield platforms


@asynccontextmanager
async def _open_telegram(
    settings: Settings, knowledge: Knowledge, database: Database, meter: PrometheusMeter
) -> AsyncIterator[Platform]:
    # imported here: aiogram takes seconds and 100 MB, which nobody should pay who does not use it
    from bot.channels.telegram.channel import open_telegram  # noqa: PLC0415
    from bot.channels.telegram.inline import InlineQuery, Suggestion  # noqa: PLC0415
    from bot.channels.telegram.options import Pauses, TelegramOptions  # noqa: PLC0415

    given = settings.telegram
    options = TelegramOptions(
        token=given.token.get_secret_value(),
        api_url=given.api_url,
        webhook_url=given.webhook_url,
        webhook_secret=given.webhook_secret.get_secret_value(),
        per_second=given.per_second,
        chat_seconds=given.chat_seconds,
        group_per_minute=given.group_per_minute,
        menu={language: _menu(knowledge, language) for language in knowledge.answers.brand.languages},
        poll_seconds=given.poll_seconds,
        timeout_seconds=given.timeout_seconds,
        pauses=Pauses(conflict=given.conflict_seconds),
    )

    async def suggest(query: InlineQuery) -> Sequence[Suggestion]:
        async with database.unit_of_work(is_reading=True) as uow:
            found = await suggested(uow, query.text, by=query.sender)
        return [Suggestion(each.name, each.text) for each in found]

    async with open_telegram(options, meter=meter, clock=SystemClock(), suggest=suggest) as telegram:
        yield telegram


@asynccontextmanager
async def _open_vk(settings: Settings, database: Database, meter: PrometheusMeter) -> AsyncIterator[Platform]:
    from bot.channels.vk.channel import open_vk  # noqa: PLC0415 - as above

    async def is_ours(row: TranscriptId, to: Address) -> bool:
        async with database.unit_of_work() as uow:
            return await uow.transcript.is_message(row, to)

    bookmarks = StoredBookmarks(database.unit_of_work)
    async with open_vk(
        vk_options(settings), meter=meter, bookmarks=bookmarks, is_ours=is_ours, clock=SystemClock()
    ) as vk:
        yield vk


def vk_options(settings: Settings) -> VkOptions:
    """Hand the community's settings to its channel. Pictures may come from where feeds may."""
    given = settings.vk
    return VkOptions(
        token=given.token.get_secret_value(),
        group_id=given.group_id,
        api_url=given.api_url,
        api_version=given.api_version,
        callback_url=given.callback_url,
        secret=given.secret.get_secret_value(),
        confirmation=given.confirmation.get_secret_value(),
        requests_per_second=given.requests_per_second,
        private_pictures=settings.feeds.allow_private,
        poll_wait=given.poll_seconds,
        read_timeout=given.timeout_seconds,
        flood_seconds=given.pause_seconds,
        slow_seconds=given.pause_seconds,
    )


def _menu(knowledge: Knowledge, language: str) -> Sequence[tuple[str, str]]:
    menu = menu_of(has_club=knowledge.program is not None)
    return [(command, knowledge.translator.text(phrase, language)) for command, phrase in menu]
