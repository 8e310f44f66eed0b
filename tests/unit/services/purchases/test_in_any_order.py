"""However the news of one purchase comes in, and whatever of it comes twice, its points are the same."""

from itertools import permutations

import pytest

from bot.domain.loyalty.member import Member
from bot.domain.purchases.verification import Verdict
from bot.services.purchases.receipts import ReceiptKnownError
from tests.unit.services.purchases.world import World, make_order, make_return

KEPT = 5 * 20 + 80 + 300
"""What is left of 200, 80 and 300 points when half of the camera came back."""


async def _tell(world: World, ann: Member, news: str) -> None:
    match news:
        case "order":
            await world.take(make_order())
        case "order with its card":
            await world.take(make_order(card=ann.card))
        case "return":
            await world.take(make_return("r1", lines={1: 200_000}))
        case _:
            await _send(world, ann)


async def _send(world: World, ann: Member) -> None:
    """Send the receipt and have it checked, as often as the store knows it."""
    try:
        claim = await world.register(ann)
    except ReceiptKnownError:
        return
    async with world.database.unit_of_work() as uow:
        stored = await uow.purchases.orders.by_receipt(claim.receipt.key) if claim.receipt else None
        if stored is not None:
            await world.receipts.settle(uow, claim.id, Verdict.CONFIRMED, now=world.now)
        await uow.commit()


@pytest.mark.parametrize("news", list(permutations(["order", "order with its card", "receipt", "return"])))
async def test_the_points_are_those_of_what_was_kept(news: tuple[str, ...]) -> None:
    world = World()
    ann = await world.join()
    for each in (*news, *news, "return", "receipt"):
        await _tell(world, ann, each)
    assert (await world.balance(ann)).pending == KEPT
    await world.take(make_return("r2"))
    balance = await world.balance(ann)
    assert (balance.pending, balance.available, balance.debt) == (0, 0, 0)
