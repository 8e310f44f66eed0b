"""aiogram, imported here only, and no more of it than is used.

While it is imported it has pydantic build validators for all types of the Bot API: two seconds and 110 MB, to use
twenty of them. So that is put off, and done for those.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel


@contextmanager
def _unbuilt() -> Iterator[dict[str, Any]]:
    """Keep pydantic from building while the block lasts; give the names that the types were to be built with."""
    names: dict[str, Any] = {}
    build = vars(BaseModel)["model_rebuild"]

    def put_off(_: type[BaseModel], /, *, _types_namespace: dict[str, Any] | None = None, **__: object) -> None:
        names.update(_types_namespace or {})

    BaseModel.model_rebuild = classmethod(put_off)  # type: ignore[method-assign, assignment]
    try:
        yield names
    finally:
        BaseModel.model_rebuild = build  # type: ignore[method-assign]


with _unbuilt() as _names:
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.exceptions import (
        ClientDecodeError,
        TelegramAPIError,
        TelegramBadRequest,
        TelegramEntityTooLarge,
        TelegramForbiddenError,
        TelegramMigrateToChat,
        TelegramRetryAfter,
    )
    from aiogram.methods import (
        Close,
        DeleteMessage,
        EditMessageCaption,
        EditMessageMedia,
        EditMessageText,
        Response,
        SendAudio,
        SendDocument,
        SendLocation,
        SendMediaGroup,
        SendMessage,
        SendPhoto,
        SendSticker,
        SendVideo,
        SendVoice,
        TelegramMethod,
    )
    from aiogram.methods.base import TelegramType
    from aiogram.types import (
        FSInputFile,
        InlineKeyboardButton,
        InlineKeyboardMarkup,
        InputFile,
        InputMediaAudio,
        InputMediaDocument,
        InputMediaPhoto,
        InputMediaVideo,
        KeyboardButton,
        LinkPreviewOptions,
        MediaUnion,
        MessageId,
        ReplyKeyboardMarkup,
    )

_BUILT: tuple[type[BaseModel], ...] = (
    *(InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup, LinkPreviewOptions, MessageId),
    *(InputMediaAudio, InputMediaDocument, InputMediaPhoto, InputMediaVideo),
    *(SendMessage, SendPhoto, SendDocument, SendVideo, SendAudio, SendVoice, SendSticker, SendLocation, SendMediaGroup),
    *(DeleteMessage, EditMessageCaption, EditMessageMedia, EditMessageText, Close),
)
for _type in _BUILT:
    _type.model_rebuild(_types_namespace=_names)

__all__ = (
    "AiohttpSession",
    "Bot",
    "ClientDecodeError",
    "Close",
    "DeleteMessage",
    "EditMessageCaption",
    "EditMessageMedia",
    "EditMessageText",
    "FSInputFile",
    "InlineKeyboardButton",
    "InlineKeyboardMarkup",
    "InputFile",
    "InputMediaAudio",
    "InputMediaDocument",
    "InputMediaPhoto",
    "InputMediaVideo",
    "KeyboardButton",
    "LinkPreviewOptions",
    "MediaUnion",
    "MessageId",
    "ReplyKeyboardMarkup",
    "Response",
    "SendAudio",
    "SendDocument",
    "SendLocation",
    "SendMediaGroup",
    "SendMessage",
    "SendPhoto",
    "SendSticker",
    "SendVideo",
    "SendVoice",
    "TelegramAPIError",
    "TelegramAPIServer",
    "TelegramBadRequest",
    "TelegramEntityTooLarge",
    "TelegramForbiddenError",
    "TelegramMethod",
    "TelegramMigrateToChat",
    "TelegramRetryAfter",
    "TelegramType",
)
