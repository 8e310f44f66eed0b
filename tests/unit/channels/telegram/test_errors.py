"""Refusals of the platform, and failures on the way, as our own errors."""

import ssl

import pytest
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage
from aiohttp import ClientConnectorError, ClientPayloadError, ConnectionTimeoutError, ServerDisconnectedError
from aiohttp.client_reqrep import ConnectionKey

from bot.channels.telegram.errors import (
    MigratedError,
    UnchangedError,
    network_error,
    server_error,
    throttled,
    translate,
    unreadable,
)
from bot.domain.errors import ChannelError, RefusedError, ThrottledError, UnknownOutcomeError, UnreachableError

CALL = SendMessage(chat_id=1, text="да")
KEY = ConnectionKey(
    "api.telegram.org", 443, is_ssl=True, ssl=True, proxy=None, proxy_auth=None, proxy_headers_hash=None
)


@pytest.mark.parametrize(
    ("description", "error"),
    [
        ("Bad Request: chat not found", UnreachableError),
        ("Bad Request: PEER_ID_INVALID", UnreachableError),
        ("Bad Request: message thread not found", UnreachableError),
        ("Bad Request: TOPIC_CLOSED", UnreachableError),
        ("Bad Request: not enough rights to send text messages to the chat", UnreachableError),
        ("Bad Request: not enough rights to send photos to the chat", RefusedError),
        ("Bad Request: message is not modified: specified new message content…", UnchangedError),
        ("Bad Request: message to edit not found", RefusedError),
        ("Bad Request: failed to get HTTP URL content", RefusedError),
        ("Bad Request: can't parse entities", RefusedError),
    ],
)
def test_refusal_is_about_the_chat_or_about_the_message(description: str, error: type[ChannelError]) -> None:
    assert type(translate(TelegramBadRequest(CALL, description))) is error


@pytest.mark.parametrize(
    ("raised", "error"),
    [
        (TelegramForbiddenError(CALL, "Forbidden: bot was blocked by the user"), UnreachableError),
        (TelegramEntityTooLarge(CALL, "Request Entity Too Large"), RefusedError),
        (TelegramUnauthorizedError(CALL, "Unauthorized"), ChannelError),
        (TelegramConflictError(CALL, "Conflict"), ChannelError),
        (TelegramAPIError(CALL, "I am a teapot"), ChannelError),
    ],
)
def test_what_is_not_about_the_message_may_be_tried_again(raised: TelegramAPIError, error: type[ChannelError]) -> None:
    assert type(translate(raised)) is error


def test_throttle_and_migration_carry_their_values() -> None:
    slow = translate(TelegramRetryAfter(CALL, "Too Many Requests", retry_after=7))
    moved = translate(TelegramMigrateToChat(CALL, "upgraded", migrate_to_chat_id=-100))
    assert isinstance(slow, ThrottledError)
    assert isinstance(moved, MigratedError)
    assert (slow.retry_after, moved.chat_id, throttled().retry_after) == (7.0, -100, 1.0)


@pytest.mark.parametrize(
    ("raised", "error"),
    [
        (ClientConnectorError(KEY, ConnectionRefusedError(111, "refused")), ChannelError),
        (ClientConnectorError(KEY, ssl.SSLError(1, "bad handshake")), ChannelError),
        (ConnectionTimeoutError("connecting took too long"), ChannelError),
        (TimeoutError(), UnknownOutcomeError),
        (ServerDisconnectedError(), UnknownOutcomeError),
        (ClientPayloadError("cut"), UnknownOutcomeError),
        (ConnectionResetError(), UnknownOutcomeError),
    ],
)
def test_only_what_did_not_go_out_is_sure_not_to_have_arrived(raised: Exception, error: type[ChannelError]) -> None:
    assert type(network_error(raised)) is error


@pytest.mark.parametrize(
    ("result", "error"),
    [
        (server_error(500), UnknownOutcomeError),
        (server_error(502), UnknownOutcomeError),
        (server_error(503), ChannelError),
        (server_error(504), UnknownOutcomeError),
        (unreadable(200), UnknownOutcomeError),
        (unreadable(403), ChannelError),
        (unreadable(413), RefusedError),
    ],
)
def test_status_tells_whether_the_call_went_through(result: ChannelError, error: type[ChannelError]) -> None:
    assert type(result) is error
