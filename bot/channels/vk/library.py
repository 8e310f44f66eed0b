"""vk_api, the one place where the untyped library is touched. Blocking."""

import threading
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
import vk_api
from jconfig import MemoryConfig  # type: ignore[import-untyped]
from requests.adapters import HTTPAdapter

from bot.channels.vk.errors import CallError
from bot.channels.vk.fields import Fields

HARD_CODED = "https://api.vk.ru/"
"""Where vk_api sends everything, whatever one wishes."""


class Redirect(HTTPAdapter):
    """Sends to another host, with the time-outs that vk_api forgets."""

    def __init__(self, target: str, *, connect: float, read: float) -> None:
        self._target = urlsplit(target)
        self._timeouts = (connect, read)
        super().__init__()

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send there."""
        parts = urlsplit(str(request.url))
        path = self._target.path.rstrip("/") + str(parts.path)
        request.url = urlunsplit((self._target.scheme, self._target.netloc, path, str(parts.query), ""))
        return super().send(request, *args, **(kwargs | {"timeout": self._timeouts}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Where to call, and as whom."""

    url: str
    version: str
    token: str
    connect_timeout: float
    read_timeout: float


class Library:
    """A session a thread: the library holds a lock while it waits for an answer."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._own = threading.local()

    def call(self, method: str, params: dict[str, str]) -> Fields:
        """Call a method; return the whole answer, which has a ``response``.

        Raises:
            CallError: refused, or not understood.
        """
        try:
            answer = self._session().method(method, params, raw=True)
        except vk_api.ApiError as error:
            refusal = Fields.of(error.error)
            raise CallError(refusal.text("error_msg"), refusal.integer("error_code") or 0) from None
        except vk_api.ApiHttpError as error:
            raise CallError(f"HTTP {error.response.status_code} for {method}") from None
        except (requests.RequestException, vk_api.VkApiError, ValueError, KeyError, TypeError) as error:
            raise CallError(f"{type(error).__name__} for {method}") from None
        fields = Fields.of(answer)
        if "response" not in fields.values:
            raise CallError(f"no response for {method}")
        return fields

    def leave(self) -> None:
        """Close what this thread has open."""
        session = getattr(self._own, "session", None)
        if session is not None:
            session.http.close()
            self._own.session = None

    def _session(self) -> Any:
        session = getattr(self._own, "session", None)
        if session is None:
            session = self._own.session = self._open()
        return session

    def _open(self) -> Any:
        access = self._access
        http = requests.Session()
        http.trust_env = False
        http.mount(HARD_CODED, Redirect(access.url, connect=access.connect_timeout, read=access.read_timeout))
        session = vk_api.VkApi(token=access.token, session=http, api_version=access.version, config=MemoryConfig)
        session.RPS_DELAY = 0  # Pacing is for all threads together
        session.error_handlers.clear()  # they sleep, call again without end, and ask for captchas
        return session
