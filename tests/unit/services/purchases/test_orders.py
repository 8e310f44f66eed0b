"""Orders are counted once, whoever tells of them and however often; what comes back takes its points along."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.purchases.claim import ClaimState
from bot.domain.purchases.terms import OrderColumns
from bot.domain.purchases.verification import Verdict
from bot.imports.orders import read_orders
from bot.imports.values import LONGEST_NUMBER, LONGEST_STORE
from bot.services.purchases.intake import Told
from bot.services.purchases.orders import TakenIn
from tests.unit.services.purchases.world import BOB, PROGRAM, RECEIPT, World, make_order, make_return

CAMERA, LENS, FIRST = 200, 80, 300
"""5 for each hundred of 4000 roubles, 10 for each of 800 full ones, and for the first purchase."""


def returns_told(*rows: str) -> list[Told]:
    """What a file says that came back of the order: goods and amount, without a number."""
    lines = [f"A-1;22.11.2026;online;{row};return" for row in rows]
    text = "\n".join(["number;date;store;product;paid;kind", *lines])
    return [what for _, what in read_orders(text.encode(), OrderColumns(), PROGRAM.zone).told]


async def test_an_order_with_a_card_gives_points_that_wait() -> None:
    world = World()
    ann = await world.join()
    totals = await world.take(make_order(card=ann.card))
    assert totals.orders == {TakenIn.NEW: 1}
    balance = await world.balance(ann)
    assert (balance.pending, balance.available) == (CAMERA + LENS + FIRST, 0)


async def test_an_order_told_again_changes_nothing() -> None:
    world = World()
    ann = await world.join()
    order = make_order(card=ann.card)
    await world.take(order, make_return(lines={1: 100_000}))
    before = await world.balance(ann)
    totals = await world.take(order, make_return(lines={1: 100_000}), order)
    assert totals.orders == {TakenIn.KNOWN: 2}
    assert totals.returns == {TakenIn.KNOWN: 1}
    assert await world.balance(ann) == before


async def test_an_order_told_otherwise_is_reported_and_left_as_it_was() -> None:
    world = World()
    ann = await world.join()
    await world.take(make_order(card=ann.card))
    totals = await world.take(make_order(card=ann.card, prices=(900_000,)))
    assert totals.orders == {TakenIn.CONFLICTING: 1}
    assert (await world.balance(ann)).pending == CAMERA + LENS + FIRST


async def test_a_card_told_later_counts_the_order_then() -> None:
    world = World()
    ann = await world.join()
    await world.take(make_order(receipt=None))
    totals = await world.take(make_order(card=ann.card))
    assert totals.orders == {TakenIn.COMPLETED: 1}
    assert (await world.balance(ann)).pending == CAMERA + LENS + FIRST


async def test_a_card_of_nobody_is_told_until_it_is_corrected() -> None:
    world = World()
    ann = await world.join()
    for _ in range(2):
        totals = await world.take(make_order(card="2700000000000"))
        assert totals.orders == {TakenIn.UNKNOWN_CARD: 1}
    assert (await world.balance(ann)).pending == 0
    totals = await world.take(make_order(card=ann.card), make_order(card=ann.card), make_order())
    assert totals.taken == [TakenIn.COMPLETED, TakenIn.KNOWN, TakenIn.KNOWN]
    assert (await world.balance(ann)).pending == CAMERA + LENS + FIRST


async def test_an_order_that_gave_points_keeps_its_card() -> None:
    world = World()
    ann, bob = await world.join(), await world.join(BOB, 2)
    totals = await world.take(make_order(card=ann.card), make_order(card=bob.card))
    assert totals.taken == [TakenIn.NEW, TakenIn.CONFLICTING]
    assert (await world.balance(bob)).pending == 0


async def test_only_the_first_order_is_the_first() -> None:
    world = World()
    ann = await world.join()
    await world.take(make_order(card=ann.card), make_order("A-2", card=ann.card, receipt=None))
    assert (await world.balance(ann)).pending == 2 * (CAMERA + LENS) + FIRST


async def test_a_return_takes_points_in_proportion_and_in_the_end_all() -> None:
    world = World()
    ann = await world.join()
    await world.take(make_order(card=ann.card), make_return("r1", lines={1: 200_000}))
    assert (await world.balance(ann)).pending == CAMERA // 2 + LENS + FIRST
    await world.take(make_return("r2"))
    balance = await world.balance(ann)
    assert (balance.pending, balance.available, balance.debt) == (0, 0, 0)


async def test_more_than_was_paid_cannot_come_back() -> None:
    world = World()
    ann = await world.join()
    await world.take(
        make_order(card=ann.card), make_return("r1", lines={1: 9_000_000, 7: 5}), make_return("r2", lines={1: 5})
    )
    assert (await world.balance(ann)).pending == LENS + FIRST


async def test_a_return_of_an_order_that_nobody_told_of_is_reported() -> None:
    world = World()
    assert (await world.take(make_return())).returns == {TakenIn.UNKNOWN_ORDER: 1}


async def test_what_came_back_before_the_order_was_counted_gives_nothing() -> None:
    world = World()
    ann = await world.join()
    await world.take(make_order(), make_return(lines={1: 400_000}), make_order(card=ann.card))
    assert (await world.balance(ann)).pending == LENS + FIRST


async def test_a_receipt_of_a_counted_order_gives_nothing_more() -> None:
    world = World()
    ann = await world.join()
    await world.take(make_order(card=ann.card))
    claim = await world.register(ann)
    async with world.database.unit_of_work() as uow:
        done = await world.receipts.order_came(uow, claim, now=world.now)
        await uow.commit()
    assert done is not None
    assert (done.source, done.points) == ("order:online:A-1", 0)
    assert (await world.balance(ann)).pending == CAMERA + LENS + FIRST


async def test_an_order_that_comes_later_settles_the_receipt_that_waits_for_it() -> None:
    world = World()
    ann = await world.join()
    claim = await world.register(ann)
    totals = await world.take(make_order())
    assert totals.settled == 1
    done = await world.claim(claim.id)
    assert (done.state, done.points) == (ClaimState.ACCEPTED, CAMERA + LENS + FIRST)
    async with world.database.unit_of_work() as uow:
        [woken] = await uow.transcript.waiting(9)
    assert woken.event.sender.chat_id == "ann"
    assert (await world.take(make_order())).settled == 0


async def test_an_order_whose_receipt_people_accepted_is_not_counted_again() -> None:
    world = World()
    ann, bob = await world.join(), await world.join(BOB, 2)
    claim = await world.register(ann)
    async with world.database.unit_of_work() as uow:
        await world.receipts.settle(uow, claim.id, Verdict.NOT_FOUND, now=world.now)
        await world.receipts.confirm(uow, claim.id, by=BOB, now=world.now)
        await uow.commit()
    before = await world.balance(ann)
    await world.take(make_order(card=bob.card))
    assert await world.balance(ann) == before
    assert (await world.balance(bob)).pending == 0


async def test_goods_bought_by_a_receipt_that_people_accepted_take_its_points_along() -> None:
    world = World()
    ann = await world.join()
    claim = await world.register(ann)
    async with world.database.unit_of_work() as uow:
        await world.receipts.settle(uow, claim.id, Verdict.NOT_FOUND, now=world.now)
        await world.receipts.confirm(uow, claim.id, by=BOB, now=world.now)
        await uow.commit()
    by_receipt = 3 * 48
    assert (await world.balance(ann)).pending == by_receipt + FIRST
    await world.take(make_order(), make_return("r1", lines={1: 242_500}))
    assert (await world.balance(ann)).pending == by_receipt // 2 + FIRST
    await world.take(make_return("r2"))
    assert (await world.balance(ann)).pending == 0


async def test_a_monthly_cap_holds_over_all_receipts() -> None:
    world = World()
    ann = await world.join()
    for number in range(2):
        receipt = replace(RECEIPT, document=number + 1, sign=number + 1, total_kopecks=500_000)
        claim = await world.register(ann, receipt)
        async with world.database.unit_of_work() as uow:
            await world.receipts.settle(uow, claim.id, Verdict.CONFIRMED, now=world.now)
            await uow.commit()
    assert (await world.balance(ann)).pending == 200 + FIRST


async def test_a_return_of_one_product_without_an_amount_leaves_the_others() -> None:
    world = World()
    ann = await world.join()
    await world.take(make_order(card=ann.card), *returns_told("lens;"))
    assert (await world.balance(ann)).pending == CAMERA + FIRST


async def test_a_file_of_returns_that_has_grown_takes_nothing_twice() -> None:
    world = World()
    ann = await world.join()
    await world.take(make_order(card=ann.card), *returns_told("camera;400"))
    await world.take(*returns_told("camera;400", "camera;400", "camera;200"))
    totals = await world.take(*returns_told("camera;200", "camera;400", "camera;400"))
    assert totals.returns == {TakenIn.KNOWN: 3}
    assert (await world.balance(ann)).pending == CAMERA * 3 // 4 + LENS + FIRST


async def test_a_return_of_other_goods_is_told_and_may_be_corrected() -> None:
    world = World()
    ann = await world.join()
    await world.take(make_order(card=ann.card))
    wrong = replace(make_return(), products={"tripod": 50_000})
    for mistaken in (wrong, make_return(lines={7: 50_000})):
        assert (await world.take(mistaken)).returns == {TakenIn.UNKNOWN_GOODS: 1}
    assert (await world.take(replace(wrong, products={"lens": 85_000}))).returns == {TakenIn.NEW: 1}
    assert (await world.balance(ann)).pending == CAMERA + FIRST


async def test_an_order_of_a_day_that_has_not_come_is_not_taken_in() -> None:
    world = World()
    ann = await world.join()
    order = make_order(card=ann.card)
    totals = await world.take(replace(order, bought_at=world.now + timedelta(days=2)), order)
    assert totals.taken == [TakenIn.AHEAD, TakenIn.NEW]


async def test_the_longest_names_that_a_file_may_have_fit_into_the_ledger() -> None:
    world = World(program=replace(PROGRAM, rules=(replace(PROGRAM.rules[0], id="r" * 40),)))
    ann = await world.join()
    number, store, back = "n" * LONGEST_NUMBER, "s" * LONGEST_STORE, "b" * LONGEST_NUMBER
    rows = [f"{number};2026-11-22;{store};1000;{ann.card};;", f"{number};2026-11-22;{store};300;;return;{back}"]
    text = "\n".join(["number;date;store;paid;card;kind;return_number", *rows])
    heard = read_orders(text.encode(), OrderColumns(), PROGRAM.zone)
    assert (await world.take(*(what for _, what in heard.told))).taken == [TakenIn.NEW, TakenIn.NEW]
    assert (await world.balance(ann)).pending == 35
