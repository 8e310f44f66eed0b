"""The page where a store tells of orders, connected."""

from collections.abc import Sequence

from aiohttp import web

from bot.imports.orders import read_orders
from bot.knowing import Knowledge
from bot.purchases import categories_of, make_intake, program_of
from bot.runtime.clock import SystemClock
from bot.services.ports import UnitOfWorkFactory
from bot.services.purchases.intake import Heard
from bot.settings import Settings
from bot.web.orders import OrdersPage


def orders_routes(settings: Settings, knowledge: Knowledge, uow: UnitOfWorkFactory) -> Sequence[web.RouteDef]:
    """Where the store tells of orders: nowhere without a secret, or without a club."""
    secret = settings.orders.secret.get_secret_value()
    if not secret or knowledge.program is None:
        return ()
    program, clock = program_of(knowledge), SystemClock()
    intake = make_intake(uow=uow, program=program, categories=categories_of(knowledge), clock=clock)

    def read(body: bytes) -> Heard:
        return read_orders(body, program().purchases.orders, program().zone)

    return OrdersPage(secret=secret, read=read, take=intake.take, clock=clock).routes()
