"""Sender: one message by aiogram's Bot, however it can be said."""

import asyncio
import logging
from dataclasses import replace
from pathlib import Path
from typing import cast

from bot.channels.telegram.errors import MigratedError, NoTextError, UnchangedError, translate
from bot.channels.telegram.identity import Identity
from bot.channels.telegram.keyboard import leads_to_private
from bot.channels.telegram.library import Bot, MessageId, TelegramAPIError, TelegramMethod
from bot.channels.telegram.parse import CAPTIONED
from bot.channels.telegram.render import Edit, Send, delete_call, edit_call, is_ours, place, send_call
from bot.domain.errors import ChannelError, RefusedError, UnknownOutcomeError
from bot.domain.messages import Address
from bot.domain.replies import Link, MarkKind, OutgoingMessage
from bot.services.channel import SendResult

logger = logging.getLogger(__name__)


class Sender:
    """Sends and edits. Groups that became supergroups are followed."""

    def __init__(self, bot: Bot, identity: Identity) -> None:
        self._bot = bot
        self._identity = identity
        self._moved: dict[int, int] = {}

    def current(self, to: Address) -> Address:
        """Follow a group that became a supergroup."""
        chat_id = self._moved.get(place(to.chat_id)["chat_id"]) if self._moved else None
        return to if chat_id is None else replace(to, chat_id=str(chat_id))

    async def send(self, message: OutgoingMessage) -> SendResult:
        """Send one message, and return its number in its chat, or why it did not arrive."""
        try:
            return await self._deliver(message)
        except MigratedError as error:
            self._moved[place(message.to.chat_id)["chat_id"]] = error.chat_id
            logger.info("telegram.migrated to=%d", error.chat_id)
        except ChannelError as error:
            return error
        try:
            return await self._deliver(message)
        except ChannelError as error:
            return error

    async def _deliver(self, message: OutgoingMessage) -> str:
        to = self.current(message.to)
        # a supergroup numbers its messages anew: the old number would name another one
        current = message if to == message.to else replace(message, to=to, replaces="")
        username = (await self._identity.get()).username if leads_to_private(message) else ""
        edit = edit_call(current, username=username)
        if edit is not None and await self._change(current, edit, username):
            return message.replaces
        return await self._send(current, username)

    async def _change(self, message: OutgoingMessage, call: Edit, username: str) -> bool:
        """Change a message; False where the new one has to be sent.

        A file stays where it is, under new words, unless it is taken back: then it goes.

        Raises:
            ChannelError: as `_edit` says.
        """
        try:
            return await self._edit(call)
        except NoTextError:
            if message.takes_back:
                await self._edit(delete_call(message))
                return False
        caption = edit_call(replace(message, client=(*message.client, CAPTIONED)), username=username)
        return caption is not None and await self._edit(caption)

    async def _edit(self, call: Edit) -> bool:
        """Change a message; False where it cannot be changed, being too old or gone.

        Raises:
            NoTextError: it shows a file.
            ChannelError: it may be tried again, even where nobody knows what came of it: twice is as good as once.
        """
        try:
            await self._call(call)
        except UnchangedError:
            return True
        except NoTextError:
            raise
        except RefusedError as error:
            logger.info("telegram.not_edited error=%s", error)
            return False
        except UnknownOutcomeError as error:
            raise ChannelError(str(error)) from error
        return True

    async def _send(self, message: OutgoingMessage, username: str) -> str:
        """Send as new. A picture that Telegram cannot get, a button that it refuses, must not cost the answer.

        Raises:
            ChannelError: it did not arrive.
        """
        while True:
            try:
                await _check_files(message)
                return await self._call(send_call(message, username=username))
            except RefusedError as error:
                plainer = _plainer(message)
                if plainer is None:
                    raise
                logger.warning("telegram.plainer error=%s", error)
                message = plainer

    async def _call(self, call: Send | Edit) -> str:
        """Make one call, and return the number of the message, the first one of an album.

        Raises:
            ChannelError: it did not arrive, or nobody knows.
        """
        try:
            return _reference(await self._bot(cast("TelegramMethod[object]", call)))
        except TelegramAPIError as error:
            raise translate(error) from error


def _reference(result: object) -> str:
    message = result[0] if isinstance(result, list) else result
    return str(message.message_id) if isinstance(message, MessageId) else ""


def _plainer(message: OutgoingMessage) -> OutgoingMessage | None:
    """Leave out what the message can do without: its files, then what opens pages, then all that is no text."""
    if message.attachments:
        return replace(message, attachments=()) if message.text.strip() or message.buttons else None
    marks = tuple(mark for mark in message.marks if mark.kind is not MarkKind.LINK)
    rows = (tuple(button for button in row if not isinstance(button.target, Link)) for row in message.buttons)
    unlinked = replace(message, marks=marks, buttons=tuple(row for row in rows if row))
    if unlinked != message:
        return unlinked
    bare = replace(message, marks=(), buttons=())
    return bare if bare != message and message.text.strip() else None


async def _check_files(message: OutgoingMessage) -> None:
    paths = [Path(item.source) for item in message.attachments if is_ours(item)]
    if paths and not await asyncio.to_thread(lambda: all(path.is_file() for path in paths)):
        raise RefusedError("a file to send is not there")
