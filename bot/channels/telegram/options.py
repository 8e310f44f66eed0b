"""How to reach Telegram, and how fast."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import urlsplit

from bot.domain.errors import ConfigurationError
from bot.domain.links import host_of

API_URL = "https://api.telegram.org"
API_PER_SECOND = 30.0
"""Messages that Telegram takes of a bot. Source: https://core.telegram.org/bots/faq"""
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_PATH = re.compile(r"/[^{}\s]+")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """How long to wait before the next try, in seconds: at first, at most, and while somebody else polls."""

    first: float = 1.0
    longest: float = 60.0
    conflict: float = 30.0


Menu: TypeAlias = Mapping[str, Sequence[tuple[str, str]]]
"""By language: commands without their slash, each with what it does. The first language is for all others too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramOptions:
    """What an integrator may set. With `webhook_url` updates come by webhook, else by long polling.

    The rates are Telegram's own with a margin. Source: https://core.telegram.org/bots/faq
    """

    token: str = field(repr=False)
    api_url: str = API_URL
    webhook_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    per_second: float = 29.0
    chat_seconds: float = 1.0
    group_per_minute: int = 20
    poll_seconds: int = 30
    connect_seconds: float = 10.0
    timeout_seconds: float = 30.0
    pauses: Pauses = Pauses()
    menu: Menu = field(default_factory=dict)

    def check(self) -> None:
        """Check what can be checked without the network.

        Raises:
            ConfigurationError: the message names the variable, never the value.
        """
        if not _TOKEN.fullmatch(self.token):
            raise ConfigurationError("KLUBOK_TELEGRAM__TOKEN: expected a token of @BotFather, such as 123456:ABC-DEF")
        if not host_of(self.api_url):
            raise ConfigurationError(f"KLUBOK_TELEGRAM__API_URL: expected an address such as {API_URL}")
        if self.webhook_url and not (host_of(self.webhook_url) and _PATH.fullmatch(urlsplit(self.webhook_url).path)):
            raise ConfigurationError("KLUBOK_TELEGRAM__WEBHOOK_URL: expected https://your.host/some/path")
        if not _SECRET.fullmatch(self.secret):
            raise ConfigurationError("KLUBOK_TELEGRAM__WEBHOOK_SECRET: 1-256 characters of A-Z, a-z, 0-9, _ and -")

    @property
    def secret(self) -> str:
        """What proves that a webhook call is Telegram's: as set, else one that follows from the token."""
        return self.webhook_secret or hashlib.sha256(f"webhook:{self.token}".encode()).hexdigest()
