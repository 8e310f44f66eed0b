"""Session: how every gateway is spoken to: with the certificates of the world, and without cookies."""

import ssl

import aiohttp
import certifi


def open_session() -> aiohttp.ClientSession:
    """Make a session, to be closed by `async with`; needs a running loop."""
    connector = aiohttp.TCPConnector(ssl=ssl.create_default_context(cafile=certifi.where()))
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
