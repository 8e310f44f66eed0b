"""From a message that fits to the call that sends it, or that changes one sent before. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias, TypedDict

from bot.channels.telegram.fit import LONGEST_CAPTION
from bot.channels.telegram.keyboard import asks_contact, contact_keyboard, keyboard
from bot.channels.telegram.library import (
    DeleteMessage,
    EditMessageCaption,
    EditMessageMedia,
    EditMessageText,
    FSInputFile,
    InlineKeyboardMarkup,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    MediaUnion,
    SendAudio,
    SendDocument,
    SendLocation,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendSticker,
    SendVideo,
    SendVoice,
)
from bot.channels.telegram.markup import to_html
from bot.channels.telegram.parse import CAPTIONED
from bot.domain.fitting import ELLIPSIS, utf16_length
from bot.domain.messages import AttachmentKind
from bot.domain.replies import Attachment, MarkKind, OutgoingMessage

Edit: TypeAlias = EditMessageText | EditMessageCaption | EditMessageMedia | DeleteMessage
Send: TypeAlias = (
    SendMessage
    | SendPhoto
    | SendDocument
    | SendVideo
    | SendAudio
    | SendVoice
    | SendSticker
    | SendLocation
    | SendMediaGroup
)
Media: TypeAlias = InputMediaPhoto | InputMediaVideo | InputMediaDocument | InputMediaAudio

HTML = "HTML"
_URL = re.compile(r"https?://\S+")


class _Place(TypedDict):
    chat_id: int
    message_thread_id: int | None


class _Caption(TypedDict):
    caption: str | None
    parse_mode: str
    reply_markup: InlineKeyboardMarkup | None


def send_call(message: OutgoingMessage, *, username: str) -> Send:
    """Write the call that sends `message`, which fits; `username` is our own."""
    if not message.attachments:
        return SendMessage(
            **place(message.to.chat_id),
            text=_html(message),
            parse_mode=HTML,
            link_preview_options=_preview(message),
            reply_markup=contact_keyboard(message) if asks_contact(message) else keyboard(message, username=username),
        )
    if len(message.attachments) > 1:
        first, *others = message.attachments
        media: list[MediaUnion] = [_media(first, message), *(_media(item, None) for item in others)]
        return SendMediaGroup(**place(message.to.chat_id), media=media)
    return _send_file(message, keyboard(message, username=username))


def edit_call(message: OutgoingMessage, *, username: str) -> Edit | None:
    """Write the call that puts `message` in the place of another; None where it can only be sent anew."""
    ref = int(message.replaces) if message.replaces.isdecimal() else 0
    if not ref or len(message.attachments) > 1 or asks_contact(message):
        return None
    chat_id = place(message.to.chat_id)["chat_id"]
    buttons = keyboard(message, username=username)
    if message.attachments:
        if message.attachments[0].kind not in _MEDIA:
            return None
        media = _media(message.attachments[0], message)
        return EditMessageMedia(chat_id=chat_id, message_id=ref, media=media, reply_markup=buttons)
    text = _html(message)
    if CAPTIONED not in message.client:
        options = _preview(message)
        return EditMessageText(
            chat_id=chat_id,
            message_id=ref,
            text=text,
            parse_mode=HTML,
            link_preview_options=options,
            reply_markup=buttons,
        )
    if utf16_length(message.text) > LONGEST_CAPTION:
        return None
    return EditMessageCaption(chat_id=chat_id, message_id=ref, caption=text, parse_mode=HTML, reply_markup=buttons)


def delete_call(message: OutgoingMessage) -> DeleteMessage:
    """Write the call that takes away what `message` is put in the place of."""
    return DeleteMessage(chat_id=place(message.to.chat_id)["chat_id"], message_id=int(message.replaces))


def place(chat_id: str) -> _Place:
    """Take an address apart into the chat and, in a forum, its topic."""
    chat, _, thread = chat_id.partition("/")
    return _Place(chat_id=int(chat), message_thread_id=int(thread) if thread else None)


def is_ours(attachment: Attachment) -> bool:
    """Whether it is a file of ours: no address, and no file_id, which has letters, digits, - and _ only."""
    source = attachment.source
    is_file = attachment.kind is not AttachmentKind.LOCATION and not _URL.match(source)
    return is_file and any(character in source for character in "./\\")


def _html(message: OutgoingMessage) -> str:
    """Telegram takes no empty text."""
    return to_html(message.text, message.marks) if message.text.strip() else ELLIPSIS


def _preview(message: OutgoingMessage) -> LinkPreviewOptions:
    """A page is shown under a card only: a title, its lines, and the address of the page last."""
    is_titled = bool(message.marks) and message.marks[0].start == 0 and message.marks[0].kind is MarkKind.BOLD
    addresses = _URL.findall(message.text)
    is_card = is_titled and len(addresses) == 1 and message.text.endswith(addresses[0])
    return LinkPreviewOptions(is_disabled=not is_card)


def _caption(message: OutgoingMessage, buttons: InlineKeyboardMarkup | None) -> _Caption:
    caption = to_html(message.text, message.marks) if message.text.strip() else None
    return _Caption(caption=caption, parse_mode=HTML, reply_markup=buttons)


def _file(attachment: Attachment) -> str | FSInputFile:
    """An address or a file_id goes as it is, our own file is uploaded."""
    source = attachment.source
    return FSInputFile(source, filename=attachment.name or None) if is_ours(attachment) else source


_MEDIA: Mapping[AttachmentKind, Callable[..., Media]] = {
    AttachmentKind.PHOTO: InputMediaPhoto,
    AttachmentKind.VIDEO: InputMediaVideo,
    AttachmentKind.FILE: InputMediaDocument,
    AttachmentKind.AUDIO: InputMediaAudio,
}


def _media(attachment: Attachment, message: OutgoingMessage | None) -> Media:
    """One file of an album; the text of the message stands under the first."""
    make, file = _MEDIA[attachment.kind], _file(attachment)
    if message is None or not message.text.strip():
        return make(media=file)
    return make(media=file, caption=to_html(message.text, message.marks), parse_mode=HTML)


_SEND: Mapping[AttachmentKind, tuple[Callable[..., Send], str]] = {
    AttachmentKind.PHOTO: (SendPhoto, "photo"),
    AttachmentKind.VIDEO: (SendVideo, "video"),
    AttachmentKind.AUDIO: (SendAudio, "audio"),
    AttachmentKind.VOICE: (SendVoice, "voice"),
    AttachmentKind.FILE: (SendDocument, "document"),
}


def _send_file(message: OutgoingMessage, buttons: InlineKeyboardMarkup | None) -> Send:
    attachment, at = message.attachments[0], place(message.to.chat_id)
    if attachment.kind is AttachmentKind.LOCATION:
        latitude, _, longitude = attachment.source.partition(",")
        return SendLocation(**at, latitude=float(latitude), longitude=float(longitude), reply_markup=buttons)
    if attachment.kind is AttachmentKind.STICKER:
        return SendSticker(**at, sticker=_file(attachment), reply_markup=buttons)
    make, name = _SEND[attachment.kind]
    return make(**at, **{name: _file(attachment)}, **_caption(message, buttons))
