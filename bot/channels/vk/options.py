"""VkOptions: everything about one community that its integrator may set."""

import hashlib
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.domain.errors import ConfigurationError
from bot.domain.ids import ChannelName
from bot.domain.links import host_of

VK = ChannelName("vk")
API_URL = "https://api.vk.ru/"
API_VERSION = "5.199"
LONGEST_SECRET = 50
FIRST_PAUSE = 0.2
"""Seconds before the second try with a network or a VK that failed."""
_PATH = re.compile(r"/[^{}\s]*")
_SECRET = re.compile(r"[A-Za-z0-9_]{1,50}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class VkOptions:
    """Secrets are not shown by `repr`. Times are in seconds.

    With `callback_url` events are brought to us by VK (Callback API), otherwise they are asked for (Bots Long Poll).
    `confirmation` is the string VK asks for; it is fetched when empty. `flood_seconds` is how long to leave a person
    or a method alone after errors 9 and 29; `slow_seconds` between tries while VK refuses the token. Pictures
    come from the public internet by https; with `private_pictures` also from our own network.
    """

    token: str = field(repr=False)
    group_id: int
    api_url: str = API_URL
    api_version: str = API_VERSION
    callback_url: str = ""
    secret: str = field(default="", repr=False)
    confirmation: str = field(default="", repr=False)
    requests_per_second: float = 18.0  # VK takes 20 from a community; the rest is a margin
    threads: int = 8
    connect_timeout: float = 5.0
    read_timeout: float = 20.0
    poll_wait: int = 25  # VK recommends 25, takes 90 at most
    longest_pause: float = 30.0
    flood_seconds: float = 60.0
    slow_seconds: float = 60.0
    picture_timeout: float = 10.0
    picture_bytes: int = 20_000_000
    private_pictures: bool = False

    @property
    def secret_key(self) -> str:
        """What proves that an event was brought by VK: as set, else one that follows from the token."""
        return self.secret or hashlib.sha256(f"callback:{self.token}".encode()).hexdigest()[:LONGEST_SECRET]

    @property
    def callback_path(self) -> str:
        """Where on our web server VK's events come in."""
        return urlsplit(self.callback_url).path or "/"

    def check(self) -> None:
        """Check what can be checked without the network.

        Raises:
            ConfigurationError: the message names the variable, never the value.
        """
        if not self.token or not self.token.isascii() or not self.token.isprintable() or " " in self.token:
            raise ConfigurationError("KLUBOK_VK__TOKEN: expected a key of the community, such as vk1.a.…")
        if self.group_id <= 0:
            raise ConfigurationError("KLUBOK_VK__GROUP_ID: expected the number of the community, such as 123456")
        if not host_of(self.api_url):
            raise ConfigurationError(f"KLUBOK_VK__API_URL: expected an address such as {API_URL}")
        if self.callback_url and not (host_of(self.callback_url) and _PATH.fullmatch(self.callback_path)):
            raise ConfigurationError("KLUBOK_VK__CALLBACK_URL: expected https://your.host/some/path")
        if not _SECRET.fullmatch(self.secret_key):
            raise ConfigurationError("KLUBOK_VK__SECRET: expected 1-50 characters of A-Z, a-z, 0-9 and _")
