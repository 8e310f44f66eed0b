"""Purchases, connected: what takes in all that a store tells."""

from collections.abc import Callable

from bot.domain.loyalty.program import Program, Words
from bot.knowing import Knowledge
from bot.services.club.accruals import Accruals
from bot.services.club.points import Points
from bot.services.club.purchases import Purchases
from bot.services.ports import Clock, UnitOfWorkFactory
from bot.services.purchases.counting import Categories
from bot.services.purchases.intake import Intake
from bot.services.purchases.orders import Orders
from bot.services.purchases.receipts import Receipts

NO_PROGRAM = Program(name=Words(default=""))
"""While a pack without a club takes the place of one that had it, nothing is earned and nothing spent."""


def program_of(knowledge: Knowledge) -> Callable[[], Program]:
    """Tell the programme as it is now."""
    return lambda: knowledge.program or NO_PROGRAM


def make_orders(program: Callable[[], Program], categories: Categories) -> Orders:
    """Connect what takes orders in; rules may be about `categories`."""
    points = Points()
    return Orders(Purchases(points, Accruals(points)), categories, program)


def make_intake(
    *, uow: UnitOfWorkFactory, program: Callable[[], Program], categories: Categories, clock: Clock
) -> Intake:
    """Connect what takes in all that a store tells."""
    orders = make_orders(program, categories)
    return Intake(uow=uow, orders=orders, receipts=Receipts(orders, program), clock=clock)


def categories_of(knowledge: Knowledge) -> Categories:
    """Tell the categories of a product by the catalogue as it is now."""

    def categories(product: str) -> frozenset[str]:
        return knowledge.catalogue.categories_of(product)

    return categories
