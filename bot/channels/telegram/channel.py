"""TelegramChannel: takes messages out by aiogram's Bot, and updates in by an intake of our own."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from aiohttp import ClientSession, ClientTimeout, web

from bot.channels.telegram import attached, topics
from bot.channels.telegram.api import Api, CallError
from bot.channels.telegram.errors import SERVER_ERRORS
from bot.channels.telegram.fit import fit
from bot.channels.telegram.identity import Identity
from bot.channels.telegram.inline import InlineAnswers, Suggest
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.library import Bot
from bot.channels.telegram.menu import show_menu
from bot.channels.telegram.options import API_PER_SECOND, Menu, TelegramOptions
from bot.channels.telegram.parse import TELEGRAM
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.presses import PressAnswers
from bot.channels.telegram.render import place
from bot.channels.telegram.sender import Sender
from bot.channels.telegram.session import CarefulSession
from bot.channels.telegram.webhook import Webhook
from bot.domain.errors import ConfigurationError
from bot.domain.ids import ChannelName
from bot.domain.messages import Address
from bot.domain.replies import OutgoingMessage, QueuedMessage
from bot.services.channel import Accept, Meter, Pace, SendResult, Trouble
from bot.services.ports import Clock


class TelegramChannel:
    """A bot of Telegram, both ways."""

    def __init__(
        self,
        *,
        sender: Sender,
        api: Api,
        presses: PressAnswers,
        inline: InlineAnswers,
        receiver: Polling | Webhook,
        trouble: Trouble,
        pace: Pace,
        menu: Menu,
    ) -> None:
        self._sender = sender
        self._api = api
        self._presses = presses
        self._inline = inline
        self._receiver = receiver
        self._pace = pace
        self._trouble = trouble
        self._menu = menu

    @property
    def name(self) -> ChannelName:
        """``telegram``."""
        return TELEGRAM

    @property
    def pace(self) -> Pace | None:
        """Below Telegram's own limits."""
        return self._pace

    @property
    def shares_contacts(self) -> bool:
        """By a key in the place of the phone's keyboard."""
        return True

    @property
    def knows_repeats(self) -> bool:
        """The Bot API has no key by which it would know a message sent twice."""
        return False

    @property
    def trouble(self) -> str:
        """What keeps updates from coming in; empty when they come."""
        return self._trouble.text

    @property
    def routes(self) -> Sequence[web.RouteDef]:
        """What a web server has to answer; nothing with long polling."""
        return self._receiver.routes() if isinstance(self._receiver, Webhook) else ()

    def fit(self, message: OutgoingMessage) -> Sequence[OutgoingMessage]:
        """Divide `message` into what goes in one call each."""
        return fit(message)

    async def receive(self, accept: Accept) -> None:
        """Take updates in until cancelled, and answer presses beside that.

        Raises:
            ConfigurationError: the token is not valid, or Telegram refuses the webhook.
        """
        fault: ConfigurationError | None = None
        async with asyncio.TaskGroup() as tasks:
            answers = [tasks.create_task(each.work()) for each in (self._presses, self._inline)]
            tasks.create_task(show_menu(self._api, self._menu))
            try:
                await self._receiver.receive(accept)
            except ConfigurationError as error:
                fault = error  # raised outside: a group would wrap it
            for each in answers:
                each.cancel()
        if fault is not None:
            raise fault

    async def send(self, messages: Sequence[QueuedMessage]) -> Sequence[SendResult]:
        """Deliver them, one call each; the reference of a message is its number in its chat."""
        return [await self._sender.send(item.message) for item in messages]

    async def is_up(self) -> bool:
        """Ask who we are."""
        try:
            await self._api.call("getMe")
        except CallError as error:
            return 0 < error.status < SERVER_ERRORS
        return True

    async def fetch(self, reference: str) -> bytes:
        """Return what was attached; `reference` is a file_id.

        Raises:
            PictureGoneError: Telegram does not have it any more, or does not give out so much.
            TryLaterError: Telegram does not answer now.
        """
        return await attached.fetch(self._api, reference)

    async def open_topic(self, chat_id: str, title: str) -> str:
        """Open a topic in a forum; return the chat that it is, ``chat/topic``.

        Raises:
            NoTopicsError: the group is no forum.
            RefusedError: we may not.
            TryLaterError: Telegram does not answer now.
        """
        return await topics.open_topic(self._api, chat_id, title)

    async def rename_topic(self, chat_id: str, title: str) -> None:
        """Change the title of a topic.

        Raises:
            RefusedError: it is gone, or we may not.
            TryLaterError: Telegram does not answer now.
        """
        await topics.rename_topic(self._api, chat_id, title)

    async def show_typing(self, to: Address) -> None:
        """Show it for some seconds."""
        at = place(self._sender.current(to).chat_id)
        parameters = {"action": "typing", **{name: value for name, value in at.items() if value is not None}}
        with suppress(CallError):
            await self._api.call("sendChatAction", parameters)


@asynccontextmanager
async def open_telegram(
    options: TelegramOptions, *, meter: Meter, clock: Clock, suggest: Suggest | None = None
) -> AsyncIterator[TelegramChannel]:
    """Open the channel; nothing is asked of the network yet. `suggest` tells what is offered in inline mode.

    Raises:
        ConfigurationError: an option is wrong; the message names the variable.
    """
    options.check()
    timeout = ClientTimeout(total=options.timeout_seconds, connect=options.connect_seconds)
    async with ClientSession() as http, CarefulSession(api_url=options.api_url, timeout=timeout) as session:
        api = Api(http, api_url=options.api_url, token=options.token, timeout=timeout)
        trouble = Trouble()
        identity, presses = Identity(api), PressAnswers(api)
        inline = InlineAnswers(api, suggest)
        intake = Intake(meter=meter, clock=clock, presses=presses, inline=inline)
        yield TelegramChannel(
            sender=Sender(Bot(options.token, session=session), identity),
            api=api,
            presses=presses,
            inline=inline,
            receiver=_receiver(options, api, identity, intake, trouble),
            trouble=trouble,
            pace=Pace(
                per_second=options.per_second,
                chat_seconds=options.chat_seconds,
                group_per_minute=options.group_per_minute,
                most_in_doubt=max(1, round(options.per_second / API_PER_SECOND)),
            ),
            menu=options.menu,
        )


def _receiver(
    options: TelegramOptions, api: Api, identity: Identity, intake: Intake, trouble: Trouble
) -> Polling | Webhook:
    if options.webhook_url:
        return Webhook(
            api=api,
            identity=identity,
            intake=intake,
            pauses=options.pauses,
            trouble=trouble,
            url=options.webhook_url,
            secret=options.secret,
        )
    return Polling(
        api=api,
        identity=identity,
        intake=intake,
        pauses=options.pauses,
        trouble=trouble,
        poll_seconds=options.poll_seconds,
    )
