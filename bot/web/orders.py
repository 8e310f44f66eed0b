"""Orders by HTTP: a store tells what it sold and took back, signed, as often as it likes."""

import hashlib
import hmac
import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.domain.errors import ConflictError, StorageError
from bot.domain.purchases.order import Order
from bot.services.ports import Clock
from bot.services.purchases.intake import Heard, Told, Totals
from bot.services.purchases.orders import TakenIn

logger = logging.getLogger(__name__)

PATH = "/orders"
STAMP, SIGNATURE = "X-Klubok-Timestamp", "X-Klubok-Signature"
FRESH_SECONDS = 300
"""How far the stamp may be from our clock: a request that was overheard is of no use later."""
_STAMP = re.compile(r"\d{1,12}", re.ASCII)
_OK, _BAD_REQUEST, _UNAUTHORIZED, _UNREADABLE, _AWAY = 200, 400, 401, 422, 503
_MOST_TOLD = 100


def sign(secret: str, stamp: str, body: bytes) -> str:
    """Sign a body sent at `stamp` (seconds since 1970), as the header has it."""
    digest = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"sha256={digest}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersPage:
    """Takes orders in. What was told before changes nothing, so that a request may be sent again."""

    secret: str
    read: Callable[[bytes], Heard]
    take: Callable[[Sequence[Told]], Awaitable[Totals]]
    clock: Clock

    def routes(self) -> Sequence[web.RouteDef]:
        """Where it is."""
        return (web.post(PATH, self.receive),)

    async def receive(self, request: web.Request) -> web.Response:
        """Answer with what became of each order; with 4xx where nothing was taken in."""
        body = await request.read()
        reason = self._fault(request.headers, body)
        if reason:
            return _refusal(_UNAUTHORIZED, reason)
        if not body.strip():
            return _refusal(_BAD_REQUEST, "the body is empty: send orders as JSON or CSV")
        heard = self.read(body)
        if not heard.told:
            return _answer(_UNREADABLE, {"error": "nothing could be read", "problems": _problems(heard)})
        try:
            totals = await self.take([what for _, what in heard.told])
        except (StorageError, ConflictError):
            logger.exception("orders.not_stored")
            return _refusal(_AWAY, "nothing more can be stored now: send all of it again")
        logger.info("orders.taken told=%d problems=%d", len(heard.told), len(heard.problems))
        results = _results(heard, totals.taken)
        return _answer(_OK, {**_counted(totals), "results": results, "problems": _problems(heard)})

    def _fault(self, headers: Mapping[str, str], body: bytes) -> str:
        """Say what is wrong with the signature; no more than whoever has the secret needs."""
        stamp, given = headers.get(STAMP, ""), headers.get(SIGNATURE, "")
        if _STAMP.fullmatch(stamp) is None:
            return f"{STAMP} must be the seconds since 1970"
        if not hmac.compare_digest(sign(self.secret, stamp, body).encode(), given.encode(errors="surrogateescape")):
            return f"{SIGNATURE} must be sha256=HMAC of the stamp, a dot and the body"
        if abs(self.clock.now().timestamp() - int(stamp)) > FRESH_SECONDS:
            return f"{STAMP} is more than {FRESH_SECONDS} s from our clock"
        return ""


def _counted(totals: Totals) -> dict[str, object]:
    return {
        "orders": {str(how): count for how, count in totals.orders.items()},
        "returns": {str(how): count for how, count in totals.returns.items()},
        "receipts_settled": totals.settled,
    }


def _results(heard: Heard, taken: Sequence[TakenIn]) -> list[object]:
    """Tell of each what became of it, at most the first hundred that are not simply new or known."""
    found = [
        {"number": what.key.number, "kind": "order" if isinstance(what, Order) else "return", "result": str(how)}
        for (_, what), how in zip(heard.told, taken, strict=True)
        if how not in {TakenIn.NEW, TakenIn.KNOWN}
    ]
    return list(found[:_MOST_TOLD])


def _problems(heard: Heard) -> list[object]:
    return [{"line": line, "problem": text} for line, text in heard.problems[:_MOST_TOLD]]


def _refusal(status: int, reason: str) -> web.Response:
    return _answer(status, {"error": reason})


def _answer(status: int, body: Mapping[str, object]) -> web.Response:
    return web.json_response(body, status=status, dumps=lambda value: json.dumps(value, ensure_ascii=False))
