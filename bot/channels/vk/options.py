"""VkOptions: everything about one community that its integrator may set."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.domain.ids import ChannelName

VK = ChannelName("vk")
API_URL = "https://api.vk.ru/"
API_VERSION = "5.199"


@dataclass(frozen=True, slots=True, kw_only=True)
class VkOptions:
    """Secrets are not shown by `repr`. Times are in seconds.

    With `callback_url` events are brought to us by VK (Callback API), otherwise they are asked for (Bots Long Poll).
    `confirmation` is the string VK asks for; it is fetched when empty. `flood_seconds` is how long to leave a person
    or a method alone after errors 9 and 29; `slow_seconds` between tries while VK refuses the token.
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

    @property
    def callback_path(self) -> str:
        """Where on our web server VK's events come in."""
        return urlsplit(self.callback_url).path or "/"
