"""The real vk_api, pointed at the fake: the one place where the untyped library is touched."""

import importlib
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter

from tests.fakes.vk.server import FakeVk
from tests.fakes.vk.wire import JsonObject

vk_api: Any = importlib.import_module("vk_api")
bot_longpoll: Any = importlib.import_module("vk_api.bot_longpoll")
requests_pool: Any = importlib.import_module("vk_api.requests_pool")


class Redirect(HTTPAdapter):
    """Sends what goes to the mounted prefix to another host, with a timeout that vk_api forgets."""

    def __init__(self, target: str, seconds: float) -> None:
        self._target = urlsplit(target)
        self._seconds = seconds
        super().__init__()

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send there."""
        parts = urlsplit(request.url or "")
        target = (self._target.scheme, self._target.netloc, str(parts.path), str(parts.query), "")
        request.url = urlunsplit(target)
        kwargs["timeout"] = self._seconds
        return super().send(request, *args, **kwargs)


class Client:
    """vk_api without its own pacing and retries, so that every answer of the fake comes through."""

    def __init__(self, fake: FakeVk, *, seconds: float = 5.0) -> None:
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.mount("https://api.vk.ru/", Redirect(fake.base_url, seconds))
        self.vk = vk_api.VkApi(token=fake.token, session=self.session, api_version="5.199")
        self.vk.RPS_DELAY = 0
        self.vk.error_handlers.clear()
        self._polls: list[Any] = []

    def call(self, name: str, /, **params: object) -> Any:
        """Call a method; gives back its `response`."""
        return self.vk.method(name, params)

    def whole(self, name: str, /, **params: object) -> JsonObject:
        """Call a method; gives back the whole answer."""
        answer: JsonObject = self.vk.method(name, params, raw=True)
        return answer

    def code_of(self, name: str, /, **params: object) -> int:
        """Call a method that is refused; gives back the code, 0 when it was not."""
        try:
            self.vk.method(name, params)
        except vk_api.ApiError as error:
            return int(error.code)
        return 0

    def poll(self, group_id: int, *, wait: int = 1) -> Any:
        """Open the library's own long poll."""
        poll = bot_longpoll.VkBotLongPoll(self.vk, group_id, wait=wait)
        self._polls.append(poll)
        return poll

    def upload(self) -> Any:
        """Open the library's own uploads."""
        upload = vk_api.VkUpload(self.vk)
        self._polls.append(upload)
        return upload

    def pool(self, calls: list[tuple[str, JsonObject]]) -> list[Any]:
        """Send several calls in one `execute`."""
        with requests_pool.VkRequestsPool(self.vk) as pool:
            results = [pool.method(name, params) for name, params in calls]
        return [result.error or result.result for result in results]

    def close(self) -> None:
        """Close all connections."""
        self.session.close()
        for each in self._polls:
            (each.session if hasattr(each, "session") else each.http).close()
