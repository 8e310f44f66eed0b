"""My devices: a serial number and a proof give a warranty and points; one serial number has one owner."""

from datetime import timedelta

import pytest

from bot.domain.loyalty.member import Member
from bot.domain.purchases.verification import Verdict
from bot.domain.receipts.receipt import Receipt
from tests.fakes.talk import keys, labels
from tests.unit.services.purchases.world import RECEIPT, World, make_order, make_return, other_receipt
from tests.unit.skills.club_talk import ClubTalk, Place, to

SERIAL = "WX7KA001234"


async def proven(place: Place, talk: ClubTalk, receipt: Receipt = RECEIPT) -> None:
    """Have a receipt of somebody accepted."""
    member = await member_of(place.world, talk)
    claim = await place.world.register(member, receipt)
    async with place.world.database.unit_of_work() as uow:
        await place.world.receipts.settle(uow, claim.id, Verdict.CONFIRMED, now=place.world.now)
        await uow.commit()


async def member_of(world: World, talk: ClubTalk) -> Member:
    async with world.database.unit_of_work() as uow:
        member = await uow.club.members.who(talk.me)
    assert member is not None
    return member


async def begin(talk: ClubTalk, serial: str = SERIAL) -> list[str]:
    await talk.say("/devices")
    await talk.press("devices.add")
    return labels((await talk.say(serial))[0])


async def test_an_order_tells_the_model_and_gives_the_warranty_and_the_points() -> None:
    place = await Place().open()
    ann = await member_of(place.world, place.ann)
    await place.world.take(make_order(card=ann.card, receipt=None, prices=(400_000,)))
    assert keys(await place.ann.say("/devices")) == ["devices-none"]
    await begin(place.ann, "s/n wx7ka 001234")
    assert keys(await place.ann.say("A-1")) == ["device-registered(points=150, until=20.11.2027)"]
    [shown] = await place.ann.say("/devices")
    assert shown.text.split("\n")[1] == f"devices-line(name={SERIAL}, serial={SERIAL}, until=20.11.2027)"
    assert (await place.world.balance(ann)).available == 150
    place.world.clock.advance(timedelta(days=400))
    [shown] = await place.ann.say("/devices")
    assert "devices-line-over" in shown.text


async def test_whoever_returns_a_device_gives_its_points_back() -> None:
    place = await Place().open()
    ann = await member_of(place.world, place.ann)
    await place.world.take(make_order(card=ann.card, receipt=None))
    await begin(place.ann)
    await place.ann.say("A-1")
    await place.ann.press("camera")
    assert (await place.world.balance(ann)).available == 150
    await place.world.take(make_return("r1", lines={2: 85_000}))
    assert (await place.world.balance(ann)).available == 150
    await place.world.take(make_return("r2", lines={1: 400_000}))
    assert (await place.world.balance(ann)).available == 0


async def test_whoever_returns_all_of_a_receipt_gives_the_points_of_its_device_back() -> None:
    place = await Place().open()
    ann = await member_of(place.world, place.ann)
    await proven(place, place.ann)
    await place.ann.press((await begin(place.ann))[0])
    await place.ann.say("camera x1")
    await place.world.take(make_order())
    await place.world.take(make_return("r1", lines={2: 85_000}))
    assert (await place.world.balance(ann)).available == 150
    await place.world.take(make_return("r2"))
    assert (await place.world.balance(ann)).available == 0


@pytest.mark.parametrize("typed", ["a-1", "№ A-1", "# \u0410-1"])
async def test_the_number_of_an_order_is_found_however_it_is_typed(typed: str) -> None:
    place = await Place().open()
    ann = await member_of(place.world, place.ann)
    await place.world.take(make_order(card=ann.card, receipt=None, prices=(400_000,)))
    await begin(place.ann)
    assert keys(await place.ann.say(typed)) == ["device-registered(points=150, until=20.11.2027)"]


async def test_an_accepted_receipt_is_offered_and_the_model_asked() -> None:
    place = await Place().open()
    await proven(place, place.ann)
    offered = await begin(place.ann)
    assert offered[0] == "device-proof-choice-button(day=20.11.2026, roubles=4850)"
    assert keys(await place.ann.press(offered[0]))[0].startswith("device-model-prompt")
    assert keys(await place.ann.say("camera"))[0].startswith("device-model-several")
    assert keys(await place.ann.say("camera x1")) == ["device-registered(points=150, until=20.11.2027)"]
    [shown] = await place.ann.say("/devices")
    assert "name=Camera X1" in shown.text
    await place.ann.say("сколько весит мой?")
    await place.ann.say("сколько весит твой?")
    await place.second.say("сколько весит мой?")
    assert (place.ann.answers.owned, place.second.answers.owned) == ([("camera",), ()], [()])


async def test_a_model_that_nobody_knows_has_a_warranty_and_earns_nothing() -> None:
    place = await Place().open()
    await proven(place, place.ann)
    await place.ann.press((await begin(place.ann))[0])
    assert keys(await place.ann.say("Toaster 5")) == ["device-registered(points=0, until=20.11.2027)"]
    [shown] = await place.ann.say("/devices")
    assert "name=Toaster 5" in shown.text


async def test_one_of_several_goods_is_chosen_by_a_button() -> None:
    place = await Place().open()
    await place.world.take(make_order())
    await proven(place, place.ann)
    await place.ann.press((await begin(place.ann))[0])
    assert keys(await place.ann.press("camera")) == ["device-registered(points=150, until=20.11.2027)"]


async def test_the_number_of_somebody_elses_order_is_no_proof() -> None:
    place = await Place().open()
    bob = await member_of(place.world, place.bob)
    await place.world.take(make_order(card=bob.card))
    await begin(place.ann)
    for typed in ("A-1", "A-77"):
        assert keys(await place.ann.say(typed))[0] == "device-proof-refused"


async def test_what_was_returned_is_no_proof() -> None:
    place = await Place().open()
    ann = await member_of(place.world, place.ann)
    await place.world.take(make_order(card=ann.card), make_return())
    await begin(place.ann)
    assert keys(await place.ann.say("A-1"))[0] == "device-proof-refused"


async def test_one_purchase_proves_as_many_devices_as_it_had() -> None:
    place = await Place().open()
    ann = await member_of(place.world, place.ann)
    await place.world.take(make_order(card=ann.card, prices=(400_000,)))
    for serial, key in ((SERIAL, "device-registered"), ("WX7KA005678", "device-proof-used")):
        await begin(place.ann, serial)
        assert keys(await place.ann.say("A-1"))[0].startswith(key)


async def test_a_device_registered_again_is_told_to_be_there() -> None:
    place = await Place().open()
    await proven(place, place.ann)
    for key in ("device-registered", "device-yours"):
        await place.ann.press((await begin(place.ann))[0])
        assert keys(await place.ann.say("Lens"))[0].startswith(key)


async def test_what_is_no_serial_number_is_asked_again() -> None:
    place = await Place().open()
    await place.ann.press("devices.add")
    for typed in ("камера", "12", "x" * 60):
        assert keys(await place.ann.say(typed))[0] in {"device-serial-refused", "flow-stuck"}


async def disputed(place: Place) -> None:
    await proven(place, place.ann)
    await proven(place, place.bob, other_receipt(1))
    for talk, key in ((place.ann, "device-registered"), (place.bob, "device-disputed")):
        await talk.press((await begin(talk))[0])
        said = await talk.say("Lens")
        assert to(said, talk.me)[0].startswith(key)


async def test_a_device_of_somebody_else_goes_to_people_who_may_move_it() -> None:
    place = await Place().open()
    await disputed(place)
    said = await place.operator.press("dispute-grant-button")
    assert to(said, place.operator.me) == ["dispute-done(dispute=1, state=granted)"]
    assert to(said, place.bob.me) == ["dispute-won(serial=…1234)"]
    assert to(said, place.ann.me) == ["dispute-lost(serial=…1234)"]
    assert keys(await place.second.press("disputes.deny:1")) == ["review-decided(state=accepted)"]
    assert keys(await place.ann.say("/devices")) == ["devices-none"]
    assert SERIAL in (await place.bob.say("/devices"))[0].text


async def test_people_may_leave_a_device_where_it_is() -> None:
    place = await Place().open()
    await disputed(place)
    said = await place.operator.press("dispute-deny-button")
    assert to(said, place.bob.me) == ["dispute-denied(serial=…1234)"]
    assert to(said, place.ann.me) == []
    assert SERIAL in (await place.ann.say("/devices"))[0].text


async def test_nobody_else_decides_and_nobody_but_members_registers() -> None:
    place = await Place().open()
    await disputed(place)
    assert keys(await place.bob.press("disputes.grant:1")) == ["review-not-yours"]
    assert keys(await place.operator.press("disputes.grant:99")) == ["review-gone"]
    assert keys(await place.operator.say("/devices")) == ["devices-stranger"]
