"""Session: how every gateway is spoken to: with the certificates of the world, and without cookies."""

import ssl

import aiohttp
import certifi


def open_session() -> aiohttp.ClientSession:
    """Make a session, to be closed by `async with`; needs a running loop."""
    connector = aiohttp.TCPConnector(ssl=ssl.create_default_context(cafile=certifi.where()))
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())


async def read_answer(response: aiohttp.ClientResponse, *, most: int) -> bytes:
    """Return an answer, at most so many bytes of it; one reading gives no more than has arrived by then."""
    read = bytearray()
    while len(read) < most and (part := await response.content.read(most - len(read))):
        read += part
    return bytes(read)
