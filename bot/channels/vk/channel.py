"""VkChannel: a community of VK, to the core a channel like any other."""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import certifi
from aiohttp import web

from bot.channels.vk.api import Api
from bot.channels.vk.callback import Callback
from bot.channels.vk.check import Finding, check
from bot.channels.vk.errors import CallError
from bot.channels.vk.longpoll import LongPoll
from bot.channels.vk.options import FIRST_PAUSE, VK, VkOptions
from bot.channels.vk.pictures import Pictures
from bot.channels.vk.presses import WORKERS, Presses
from bot.channels.vk.render import fit_message
from bot.channels.vk.sending import MOST_PEERS, Sender
from bot.channels.vk.signatures import IsOurs, Signatures
from bot.channels.vk.storing import Storing
from bot.channels.vk.uploads import Uploads
from bot.channels.vk.web import Web
from bot.domain.errors import ConfigurationError
from bot.domain.ids import ChannelName
from bot.domain.messages import Address
from bot.domain.replies import OutgoingMessage, QueuedMessage
from bot.services.back_off import BackOff
from bot.services.channel import Accept, Bookmarks, Meter, Pace, SendResult
from bot.services.club.pictures import PictureFault
from bot.services.ports import Clock
from bot.services.purchases.reading import PictureGoneError

logger = logging.getLogger(__name__)


class VkChannel:
    """Channel and intake of one community. Make it with `open_vk`."""

    def __init__(
        self,
        *,
        api: Api,
        web: Web,
        uploads: Uploads,
        pictures: Pictures,
        signatures: Signatures,
        options: VkOptions,
        bookmarks: Bookmarks,
        meter: Meter,
        clock: Clock,
    ) -> None:
        self._api = api
        self._pictures = pictures
        self._options = options
        self._club = f"club{options.group_id}"
        self._sender = Sender(api, uploads, signatures, options, club=self._club)
        self._presses = Presses(api, clock.ticks)
        self._storing = Storing(
            group_id=options.group_id, clock=clock, meter=meter, signatures=signatures, presses=self._presses
        )
        self._callback = Callback(api, self._storing, options)
        self._long_poll = LongPoll(
            api=api, web=web, storing=self._storing, bookmarks=bookmarks, options=options, clock=clock
        )

    @property
    def name(self) -> ChannelName:
        """``vk``."""
        return VK

    @property
    def pace(self) -> Pace | None:
        """One request takes a hundred messages of one content, or twenty-five of any."""
        return Pace(per_second=self._options.requests_per_second, batch=MOST_PEERS)

    @property
    def shares_contacts(self) -> bool:
        """VK has no such button in chats."""
        return False

    @property
    def knows_repeats(self) -> bool:
        """A second try has the number of the first."""
        return True

    def fit(self, message: OutgoingMessage) -> Sequence[OutgoingMessage]:
        """Divide long texts and many attachments."""
        return fit_message(message, club=self._club)

    async def send(self, messages: Sequence[QueuedMessage]) -> Sequence[SendResult]:
        """Send; a result's text is the number of the message in its chat."""
        return await self._sender.send(messages)

    async def is_up(self) -> bool:
        """VK knows repeats: a message is as good as a question."""
        return True

    async def show_typing(self, to: Address) -> None:
        """Show it, unless answers wait for their turn."""
        try:
            await self._api.call_if_free("messages.setActivity", peer_id=to.chat_id, type="typing")
        except CallError as error:
            logger.debug("vk.no_typing error=%s", error)

    @property
    def trouble(self) -> str:
        """What keeps events from coming in; empty when they come."""
        return self._storing.trouble.text

    @property
    def routes(self) -> Sequence[web.RouteDef]:
        """Where our web server takes VK's events in; nothing with long polling."""
        return self._callback.routes()

    async def findings(self) -> Sequence[Finding]:
        """Look through the community's settings.

        Raises:
            CallError: VK could not be asked.
        """
        return await check(self._api, self._options)

    async def fetch(self, reference: str) -> bytes:
        """Return what was attached, from the address that its `reference` ends with.

        Raises:
            PictureGoneError: it is not there, or too big.
        """
        _, _, address = reference.partition(" ")
        try:
            return await self._pictures.fetch(address)
        except CallError as error:
            raise PictureGoneError(PictureFault.FAILED) from error

    async def receive(self, accept: Accept) -> None:
        """Take updates in until cancelled, by long poll or, with a callback URL, through `routes`.

        Raises:
            ConfigurationError: the token or the community is wrong.
        """
        self._storing.accept = accept
        try:
            await self._look_around()
            if self._options.callback_url:
                self._storing.trouble.end()
            async with asyncio.TaskGroup() as group:
                for _ in range(WORKERS):
                    group.create_task(self._presses.run())
                await (asyncio.Event().wait() if self._options.callback_url else self._long_poll.run())
        finally:
            self._storing.accept = None

    async def _look_around(self) -> None:
        """Say what is wrong with the settings, as soon as VK can be asked."""
        back_off = BackOff(first=FIRST_PAUSE, longest=self._options.longest_pause)
        while True:
            try:
                findings = await self.findings()
                break
            except CallError as error:
                self._storing.trouble.begin(str(error))
                if back_off.is_first:
                    logger.warning("vk.not_checked error=%s: trying until it works", error)
                await back_off.wait()
        for finding in findings:
            if finding.is_fatal:
                raise ConfigurationError(f"VK: {finding.says}")
            logger.warning("vk.settings %s", finding.says)


@asynccontextmanager
async def open_vk(
    options: VkOptions, *, meter: Meter, bookmarks: Bookmarks, is_ours: IsOurs, clock: Clock
) -> AsyncIterator[VkChannel]:
    """Open the channel; nothing is asked of VK yet.

    Raises:
        ConfigurationError: an option is wrong; the message names the variable.
        StorageError: the bookmarks cannot be read.
    """
    options.check()
    signatures = await Signatures.open(bookmarks, is_ours)
    api = Api(options, ticks=clock.ticks)
    context = ssl.create_default_context(cafile=certifi.where())
    try:
        async with (
            Web(context, connect_timeout=options.connect_timeout) as fetching,
            Pictures(options, context) as pictures,
        ):
            yield VkChannel(
                api=api,
                web=fetching,
                pictures=pictures,
                uploads=Uploads(api, fetching, pictures, options, ticks=clock.ticks),
                signatures=signatures,
                options=options,
                bookmarks=bookmarks,
                meter=meter,
                clock=clock,
            )
    finally:
        api.close()
