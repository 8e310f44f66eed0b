"""Receipts by HTTP: `ReceiptVerifier` over any service that answers a request about a receipt."""

import hashlib
import logging
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp

from bot.domain.errors import ConfigurationError
from bot.domain.purchases.verification import Verdict, Verification
from bot.domain.receipts.receipt import Receipt
from bot.gateways.session import open_session, read_answer
from bot.gateways.templates import fill, in_address, in_body

logger = logging.getLogger(__name__)

NAMES = ("t", "s", "fn", "i", "fp", "n", "kopecks", "code")
"""What a template may have in braces: the fields as in the code, the total in kopecks, the whole code."""

_ANSWER_BYTES = 262_144
_PLACE = re.compile(r"\{([a-z_]+)\}")
_FORM = "application/x-www-form-urlencoded"
_OK, _REDIRECT, _NOT_FOUND, _TOO_MANY, _SERVER = 200, 300, 404, 429, 500
_ORDER = (Verdict.PENDING, Verdict.MISMATCH, Verdict.NOT_OURS, Verdict.NOT_FOUND, Verdict.CONFIRMED)
"""In which order an answer is searched: whoever says two things is believed in the more careful one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptService:
    """How to ask a service. Templates have places by `NAMES`. `answers` are regular expressions, by verdict, that the
    service's answer has somewhere; an answer that fits none of them decides nothing.
    """

    name: str = "http"
    url: str = field(repr=False)
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: str = field(default="", repr=False)
    answers: Mapping[Verdict, str] = field(default_factory=dict)
    timeout_seconds: float = 10.0


class HttpReceiptVerifier:
    """Asks by one request for each receipt. Make it with `open_receipt_verifier`."""

    def __init__(self, service: ReceiptService, session: aiohttp.ClientSession) -> None:
        self._service = service
        self._session = session
        self._answers = {verdict: re.compile(words) for verdict, words in service.answers.items() if words}
        self._type = next((value for name, value in service.headers.items() if name.lower() == "content-type"), _FORM)

    @property
    def name(self) -> str:
        """How the checks call it."""
        return self._service.name

    async def verify(self, receipt: Receipt) -> Verification:
        """Ask, within seconds. Never raises on purpose: who is away says so by its verdict."""
        try:
            status, content = await self._ask(receipt)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            logger.warning("receipts.service_away error=%s", type(error).__name__)
            return Verification(provider=self.name, verdict=Verdict.RETRY_LATER)
        digest = hashlib.sha256(content).hexdigest()
        return Verification(provider=self.name, verdict=self._verdict(status, content), digest=digest)

    async def _ask(self, receipt: Receipt) -> tuple[int, bytes]:
        service, values = self._service, fields_of(receipt)
        headers = {name: fill(value, values, in_address) for name, value in service.headers.items()}
        body = fill(service.body, values, in_body(self._type)).encode()
        if body and "content-type" not in {name.lower() for name in headers}:
            headers["Content-Type"] = self._type
        request = self._session.request(
            service.method,
            fill(service.url, values, in_address),
            headers=headers,
            data=body or None,
            allow_redirects=False,  # to nowhere else with what the headers have in them
            timeout=aiohttp.ClientTimeout(total=service.timeout_seconds),
        )
        async with request as response:
            return response.status, await read_answer(response, most=_ANSWER_BYTES)

    def _verdict(self, status: int, content: bytes) -> Verdict:
        if status == _TOO_MANY or status >= _SERVER:
            return Verdict.RETRY_LATER
        text = content.decode(errors="replace")
        for verdict in _ORDER:
            if verdict in self._answers and self._answers[verdict].search(text):
                return verdict if _OK <= status < _REDIRECT or verdict is not Verdict.CONFIRMED else Verdict.UNSUPPORTED
        return Verdict.NOT_FOUND if status == _NOT_FOUND else Verdict.UNSUPPORTED


def fields_of(receipt: Receipt) -> dict[str, str]:
    """Write a receipt's fields as its code has them."""
    clock = f"{receipt.clock:%H%M}" if receipt.clock else "0000"
    roubles, kopecks = divmod(receipt.total_kopecks, 100)
    values = {
        "t": f"{receipt.day:%Y%m%d}T{clock}",
        "s": f"{roubles}.{kopecks:02}",
        "fn": receipt.drive,
        "i": str(receipt.document),
        "fp": str(receipt.sign),
        "n": str(int(receipt.operation)),
    }
    code = "&".join(f"{name}={value}" for name, value in values.items())
    return {**values, "kopecks": str(receipt.total_kopecks), "code": code}


@asynccontextmanager
async def open_receipt_verifier(service: ReceiptService) -> AsyncIterator[HttpReceiptVerifier]:
    """Have a verifier while the block lasts.

    Raises:
        ConfigurationError: the service's settings cannot be; the message names the setting, never shows it.
    """
    demand_service(service)
    async with open_session() as session:
        yield HttpReceiptVerifier(service, session)


def demand_service(service: ReceiptService) -> None:
    """Check a service before the first receipt comes.

    Raises:
        ConfigurationError: as above.
    """
    if not service.url.startswith(("https://", "http://")):
        raise ConfigurationError("KLUBOK_RECEIPTS__URL: expected a web address")
    templates = {"URL": service.url, "BODY": service.body, **{f"HEADERS ({k})": v for k, v in service.headers.items()}}
    for setting, template in templates.items():
        if unknown := sorted(set(_PLACE.findall(template)) - set(NAMES)):
            known = ", ".join(f"{{{name}}}" for name in NAMES)
            raise ConfigurationError(f"KLUBOK_RECEIPTS__{setting}: there is no {{{unknown[0]}}}, only {known}")
    if not service.answers.get(Verdict.CONFIRMED):
        raise ConfigurationError("KLUBOK_RECEIPTS__CONFIRMED: say by a regular expression what a good answer has in it")
    for verdict, words in service.answers.items():
        try:
            re.compile(words)
        except re.error as error:
            raise ConfigurationError(f"KLUBOK_RECEIPTS__{verdict.name}: no regular expression: {error.msg}") from None
