"""What is kept of somebody's purchases is given to them, and what is no book is forgotten with them."""

from dataclasses import replace

from bot.domain.desk.ticket import Cause, Ticket, TicketId, TicketState
from bot.domain.feedback import Feedback
from bot.domain.purchases.order import OrderLine
from bot.domain.purchases.verification import Verdict
from bot.exports.mydata import as_data
from bot.exports.mydata_page import as_page
from bot.services.club.privacy import Dossier, Privacy
from bot.services.desk.books import Note
from bot.services.desk.more_books import Score
from bot.services.purchases.devices import Registered
from tests.unit.services.purchases.world import ANN, World, make_order

SERIAL = "WX7KA001234"


async def owner() -> World:
    """Somebody who has sent a receipt, has an order and owns a device."""
    world = World()
    ann = await world.join()
    await world.take(make_order())
    claim = await world.register(ann)
    async with world.database.unit_of_work() as uow:
        await world.receipts.settle(uow, claim.id, Verdict.CONFIRMED, now=world.now)
        [proof] = await world.devices.proofs(uow, ann)
        product = OrderLine(number=1, product="camera", name="Camera", paid_kopecks=0)
        done = await world.devices.register(uow, ann, serial=SERIAL, proof=proof, product=product, now=world.now)
        await uow.commit()
    assert isinstance(done, Registered)
    return world


async def dossier(world: World) -> Dossier:
    async with world.database.unit_of_work() as uow:
        return await Privacy().dossier(uow, ANN)


async def test_the_file_has_receipts_orders_and_devices() -> None:
    data = as_data(await dossier(await owner()))
    [receipt], [order], [device] = data["receipts"], data["orders"], data["devices"]
    assert (receipt["state"], receipt["total_kopecks"], receipt["i"]) == ("accepted", 485_000, 13571)
    assert (order["number"], order["paid_kopecks"], order["returned_kopecks"]) == ("A-1", 485_000, 0)
    assert (device["serial"], device["warranty_until"]) == (SERIAL, "2027-11-20")
    assert {entry["kind"] for entry in data["points"]} == {"earn"}
    assert data["settings"] == {"notices_off": [], "invitation": None}
    page = as_page(data, language="en", say=lambda phrase: phrase.key)
    assert SERIAL in page
    assert "A-1" in page
    assert "<h2>mydata-points</h2>" in page
    for readable in ("mydata-value-earn", "mydata-value-accepted", "4850.00", "20.11.2027"):
        assert f"<td>{readable}</td>" in page
    for raw in ("+00:00", "485000", "2027-11-20", "<td>earn</td>"):
        assert raw not in page


async def test_the_file_has_what_was_thought_and_noted() -> None:
    world = await owner()
    ticket = Ticket(id=TicketId(0), customer=ANN, state=TicketState.WAITING, cause=Cause.WISH, opened_at=world.now)
    async with world.database.unit_of_work() as uow:
        stored = await uow.desk.tickets.add(replace(ticket, topic="доставка"))
        await uow.desk.notes.add(Note(ticket=stored.id, at=world.now, by=ANN, text="перезвонить"))
        await uow.desk.scores.put(Score(ticket=stored.id, stars=4, at=world.now, comment="быстро"))
        await uow.feedback.add(Feedback(sender=ANN, begun_by="1", rating=5, comment="спасибо", given_at=world.now))
        await uow.commit()
    data = as_data(await dossier(world))
    [given], [call] = data["feedback"], data["calls"]
    assert (given["rating"], given["comment"]) == (5, "спасибо")
    assert (call["topic"], call["notes"], call["rating"], call["comment"]) == ("доставка", ["перезвонить"], 4, "быстро")
    page = as_page(data, language="en", say=lambda phrase: phrase.key)
    assert "<td>перезвонить</td>" in page


async def test_devices_go_with_who_is_forgotten_and_the_books_stay() -> None:
    world = await owner()
    before = await dossier(world)
    async with world.database.unit_of_work() as uow:
        act = await Privacy().forget(uow, ANN, operator="Brand", now=world.now)
        await uow.commit()
    assert act.erased["devices"] == 1
    async with world.database.unit_of_work() as uow:
        assert await uow.purchases.devices.find(SERIAL) is None
        assert [claim.id for claim in await uow.purchases.claims.of(before.receipts[0].member, limit=5)] == [1]
        stored = await uow.purchases.orders.find(make_order().key)
    assert stored is not None
    assert stored.is_counted
