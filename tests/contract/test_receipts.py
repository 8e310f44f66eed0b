"""Claims on receipts, orders of the store, devices, and the brand's own people."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot.domain.errors import ConflictError
from bot.domain.ids import ChannelName
from bot.domain.loyalty.card import CardNumber, card_number
from bot.domain.loyalty.member import MemberId
from bot.domain.messages import Address
from bot.domain.purchases.claim import (
    KEPT,
    Claim,
    ClaimId,
    ClaimState,
    Refusal,
    accepted,
    handed_to_people,
    read_as,
    refused,
)
from bot.domain.purchases.device import DeviceId, DisputeId, DisputeState
from bot.domain.purchases.order import Order, OrderId, OrderKey, OrderLine, OrderReturn
from bot.domain.purchases.verification import Verdict, Verification
from bot.domain.receipts.receipt import Operation, Receipt
from bot.domain.staff import Role, StaffMember
from bot.services.ports import UnitOfWork, UnitOfWorkFactory
from bot.services.purchases.books import NewDevice
from tests.contract.samples import ANN, BOB, NOON

CARD, OTHER_CARD = card_number("27", 1), card_number("27", 2)
RECEIPT = Receipt(
    day=date(2026, 11, 20),
    clock=time(13, 42),
    total_kopecks=485_000,
    drive="9287440300634471",
    document=13571,
    sign=3_730_902_192,
)
ORDER = Order(
    key=OrderKey("online", "A-100"),
    bought_at=NOON,
    lines=(
        OrderLine(number=1, product="p1", name="Камера", serial="WX7KA001234", paid_kopecks=400_000),
        OrderLine(number=2, product="p2", paid_kopecks=85_000),
    ),
    card=CARD,
    receipt=RECEIPT.key,
)


async def _join(uow: UnitOfWork, address: Address = ANN, card: CardNumber = CARD) -> MemberId:
    member = await uow.club.members.create(await uow.club.ledger.create(), card=card, joined_at=NOON)
    await uow.club.members.link(address, member.id, at=NOON)
    return member.id


@pytest.fixture
async def ann(open_uow: UnitOfWorkFactory) -> MemberId:
    async with open_uow() as uow:
        member = await _join(uow)
        await uow.commit()
    return member


async def _claim(open_uow: UnitOfWorkFactory, member: MemberId, receipt: Receipt = RECEIPT) -> Claim:
    async with open_uow() as uow:
        claim = read_as(await uow.purchases.claims.add(member, at=NOON), receipt, is_contested=False)
        await uow.purchases.claims.keep(claim)
        await uow.commit()
    return claim


async def test_a_claim_is_read_again_as_it_was_kept(open_uow: UnitOfWorkFactory, ann: MemberId) -> None:
    claim = await _claim(open_uow, ann)
    async with open_uow() as uow:
        claims = uow.purchases.claims
        assert await claims.get(claim.id) == claim
        assert await claims.get(claim.id, is_locked=True) == claim
        assert await claims.get(ClaimId(99)) is None
        assert await claims.holder(RECEIPT.key) == claim
        assert await claims.holder(replace(RECEIPT, document=1).key) is None


@pytest.mark.parametrize(
    "receipt",
    [
        replace(RECEIPT, clock=None, operation=Operation.SALE_RETURN),
        replace(RECEIPT, sign=2**32 - 1, document=2**32 - 1, total_kopecks=10**12, clock=time(23, 59, 59)),
    ],
)
async def test_every_receipt_can_be_kept(open_uow: UnitOfWorkFactory, ann: MemberId, receipt: Receipt) -> None:
    claim = await _claim(open_uow, ann, receipt)
    async with open_uow() as uow:
        assert await uow.purchases.claims.get(claim.id) == claim


async def test_a_receipt_is_held_by_one_claim(open_uow: UnitOfWorkFactory, ann: MemberId) -> None:
    await _claim(open_uow, ann)
    async with open_uow() as uow:
        bob = await _join(uow, BOB, OTHER_CARD)
        await uow.commit()
    with pytest.raises(ConflictError):
        await _claim(open_uow, bob, replace(RECEIPT, sign=5))
    async with open_uow() as uow:
        assert await uow.purchases.claims.of(bob, limit=5) == []


async def test_a_refused_claim_lets_go_of_its_receipt(open_uow: UnitOfWorkFactory, ann: MemberId) -> None:
    first = await _claim(open_uow, ann)
    async with open_uow() as uow:
        await uow.purchases.claims.keep(refused(first, Refusal.NOT_FOUND, at=NOON), by=BOB)
        await uow.commit()
    second = await _claim(open_uow, ann)
    async with open_uow() as uow:
        assert await uow.purchases.claims.holder(RECEIPT.key) == second
        assert await uow.purchases.claims.alike(RECEIPT) == [second]


async def test_a_contested_claim_waits_beside_the_one_it_contradicts(
    open_uow: UnitOfWorkFactory, ann: MemberId
) -> None:
    first = await _claim(open_uow, ann)
    async with open_uow() as uow:
        claims = uow.purchases.claims
        contested = read_as(await claims.add(ann, at=NOON), replace(RECEIPT, total_kopecks=1), is_contested=True)
        await claims.keep(contested)
        alike = read_as(await claims.add(ann, at=NOON), replace(RECEIPT, document=5), is_contested=True)
        await claims.keep(alike)
        await uow.commit()
    async with open_uow() as uow:
        claims = uow.purchases.claims
        assert await claims.holder(RECEIPT.key) == first
        assert await claims.alike(RECEIPT) == [first, contested, alike]
        assert await claims.alike(replace(RECEIPT, document=7, sign=7)) == []
        assert await claims.waiting(limit=1) == [contested]
        assert await claims.waiting(limit=9) == [contested, alike]
        assert await claims.of(ann, limit=2) == [alike, contested]


async def test_claims_are_counted_by_state_and_time(open_uow: UnitOfWorkFactory, ann: MemberId) -> None:
    claim = await _claim(open_uow, ann)
    async with open_uow() as uow:
        claims = uow.purchases.claims
        await claims.add(ann, at=NOON + timedelta(hours=1))
        done = accepted(handed_to_people(claim), source="receipt:1", points=24, at=NOON)
        await claims.keep(done)
        await uow.commit()
    async with open_uow() as uow:
        claims = uow.purchases.claims
        assert await claims.count(ann, KEPT, since=NOON) == 1
        assert await claims.count(ann, KEPT, since=NOON + timedelta(seconds=1)) == 0
        assert await claims.count(ann, {ClaimState.SENT, ClaimState.ACCEPTED}, since=NOON) == 2
        assert await claims.count(MemberId(99), KEPT, since=NOON) == 0
        assert await claims.get(claim.id) == done


async def test_what_was_said_of_a_receipt_is_kept_in_order(open_uow: UnitOfWorkFactory, ann: MemberId) -> None:
    claim = await _claim(open_uow, ann)
    said = [
        Verification(provider="orders", verdict=Verdict.NOT_FOUND),
        Verification(provider="registry", verdict=Verdict.CONFIRMED, digest="ab" * 32),
    ]
    async with open_uow() as uow:
        for each in said:
            await uow.purchases.claims.note_check(claim.id, each, at=NOON)
        await uow.commit()
    async with open_uow() as uow:
        assert list(await uow.purchases.claims.checks(claim.id)) == said


async def _store(open_uow: UnitOfWorkFactory, order: Order = ORDER) -> OrderId:
    async with open_uow() as uow:
        stored = await uow.purchases.orders.add(order, at=NOON)
        await uow.commit()
    return stored


async def test_an_order_is_found_by_number_and_receipt(open_uow: UnitOfWorkFactory) -> None:
    await _store(open_uow)
    await _store(open_uow, replace(ORDER, key=OrderKey("other", "A-100"), receipt=None, card=""))
    async with open_uow() as uow:
        orders = uow.purchases.orders
        found = await orders.find(ORDER.key)
        assert found is not None
        assert (found.order, found.member, found.source, dict(found.returned)) == (ORDER, None, "", {})
        assert await orders.by_receipt(RECEIPT.key) == found
        assert [each.order.key.store for each in await orders.by_number("A-100")] == ["online", "other"]
        assert await orders.find(OrderKey("online", "A-101")) is None
        assert await orders.by_receipt(replace(RECEIPT, document=1).key) is None


async def test_an_order_is_stored_once(open_uow: UnitOfWorkFactory) -> None:
    await _store(open_uow)
    with pytest.raises(ConflictError):
        await _store(open_uow, replace(ORDER, lines=ORDER.lines[:1]))


async def test_what_the_store_tells_later_is_added(open_uow: UnitOfWorkFactory, ann: MemberId) -> None:
    stored = await _store(open_uow, replace(ORDER, card="", receipt=None))
    async with open_uow() as uow:
        await uow.purchases.orders.complete(stored, card=CARD, receipt=RECEIPT.key)
        await uow.purchases.orders.count_for(stored, ann, ORDER.key.source)
        await uow.commit()
    async with open_uow() as uow:
        found = await uow.purchases.orders.find(ORDER.key)
        assert found is not None
        assert (found.order, found.member, found.source) == (ORDER, ann, "order:online:A-100")
        assert await uow.purchases.orders.of(ann) == [found]
        assert await uow.purchases.orders.of(MemberId(99)) == []


async def test_a_return_counts_once(open_uow: UnitOfWorkFactory) -> None:
    stored = await _store(open_uow)
    returns = [("r1", {1: 100_000}), ("r1", {1: 100_000}), ("r2", {1: 300_000, 2: 5_000})]
    told = []
    for number, lines in returns:
        async with open_uow() as uow:
            what = OrderReturn(key=ORDER.key, number=number, returned_at=NOON, lines=lines)
            told.append(await uow.purchases.orders.add_return(stored, what, lines, at=NOON))
            await uow.commit()
    async with open_uow() as uow:
        found = await uow.purchases.orders.find(ORDER.key)
        assert found is not None
        assert (told, dict(found.returned), found.left_kopecks) == ([True, False, True], {1: 400_000, 2: 5_000}, 80_000)


def _device(member: MemberId, serial: str = "WX7KA001234") -> NewDevice:
    return NewDevice(
        serial=serial,
        member=member,
        offer="p1",
        name="Камера",
        bought_on=date(2026, 11, 20),
        warranty_until=date(2027, 11, 20),
        source="order:online:A-100",
    )


async def test_a_serial_number_has_one_owner(open_uow: UnitOfWorkFactory, ann: MemberId) -> None:
    async with open_uow() as uow:
        first = await uow.purchases.devices.add(_device(ann), at=NOON)
        second = await uow.purchases.devices.add(_device(ann, "WX7KA005678"), at=NOON)
        await uow.commit()
    with pytest.raises(ConflictError):
        await _register(open_uow, _device(ann))
    async with open_uow() as uow:
        devices = uow.purchases.devices
        assert await devices.find("WX7KA001234") == first
        assert await devices.get(second.id) == second
        assert await devices.of(ann) == [second, first]
        assert await devices.find("WX7KA000000") is None
        assert await devices.get(DeviceId(99)) is None


async def _register(open_uow: UnitOfWorkFactory, device: NewDevice) -> None:
    async with open_uow() as uow:
        await uow.purchases.devices.add(device, at=NOON)
        await uow.commit()


async def test_a_dispute_is_open_once_and_moves_the_device(open_uow: UnitOfWorkFactory, ann: MemberId) -> None:
    day = date(2026, 11, 21)
    async with open_uow() as uow:
        bob = await _join(uow, BOB, OTHER_CARD)
        device = await uow.purchases.devices.add(_device(ann), at=NOON)
        devices = uow.purchases.devices
        opened = [await devices.dispute(device.id, bob, source="receipt:1", bought_on=day, at=NOON) for _ in range(2)]
        await uow.commit()
    assert opened[0] == opened[1]
    async with open_uow() as uow:
        devices = uow.purchases.devices
        found = await devices.find_dispute(opened[0].id)
        assert found == opened[0]
        await devices.give(device.id, found, warranty_until=date(2027, 11, 21))
        await devices.close(found.id, DisputeState.GRANTED, by=BOB, at=NOON)
        await uow.commit()
    async with open_uow() as uow:
        devices = uow.purchases.devices
        assert [each.bought_on for each in await devices.of(bob)] == [day]
        assert await devices.of(ann) == []
        closed = await devices.find_dispute(opened[0].id)
        assert closed is not None
        assert closed.state is DisputeState.GRANTED
        assert await devices.find_dispute(DisputeId(99)) is None


async def test_devices_of_who_is_forgotten_are_free_again(open_uow: UnitOfWorkFactory, ann: MemberId) -> None:
    async with open_uow() as uow:
        bob = await _join(uow, BOB, OTHER_CARD)
        devices = uow.purchases.devices
        device = await devices.add(_device(ann), at=NOON)
        other = await devices.add(_device(bob, "WX7KA005678"), at=NOON)
        day = date(2026, 11, 21)
        about = await devices.dispute(device.id, bob, source="receipt:1", bought_on=day, at=NOON)
        by = await devices.dispute(other.id, ann, source="receipt:2", bought_on=day, at=NOON)
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.purchases.devices.forget(ann) == 1
        assert await uow.purchases.devices.forget(ann) == 0
        await uow.commit()
    async with open_uow() as uow:
        devices = uow.purchases.devices
        assert [await devices.find_dispute(each.id) for each in (about, by)] == [None, None]
        assert await devices.of(bob) == [other]
        assert (await devices.add(_device(bob), at=NOON)).serial == device.serial


async def test_what_one_member_bought_can_become_anothers_and_theirs_again(
    open_uow: UnitOfWorkFactory, ann: MemberId
) -> None:
    claim = await _claim(open_uow, ann)
    stored = await _store(open_uow)
    async with open_uow() as uow:
        bob = await _join(uow, BOB, OTHER_CARD)
        await uow.purchases.orders.count_for(stored, ann, ORDER.key.source)
        await uow.purchases.devices.add(_device(ann), at=NOON)
        await uow.commit()
    async with open_uow() as uow:
        moved = await uow.purchases.hand_over(ann, bob)
        await uow.purchases.devices.add(replace(_device(bob), serial="BOBS0001"), at=NOON)
        await uow.commit()
    async with open_uow() as uow:
        books = uow.purchases
        assert [each.id for each in await books.claims.of(bob, limit=5)] == [claim.id]
        assert [each.id for each in await books.orders.of(bob)] == [stored]
        assert len(await books.devices.of(bob)) == 2
        assert await books.claims.of(ann, limit=5) == []
        assert await books.devices.of(ann) == []
        await books.hand_back(bob, ann, moved)
        await uow.commit()
    async with open_uow() as uow:
        books = uow.purchases
        assert [each.serial for each in await books.devices.of(bob)] == ["BOBS0001"]
        assert [each.id for each in await books.claims.of(ann, limit=5)] == [claim.id]
        assert [each.id for each in await books.orders.of(ann)] == [stored]


OPERATOR = Address(ChannelName("console"), "op1", "op1")


async def test_people_of_the_brand_have_roles_wherever_they_write_from(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        added = [
            await uow.staff.add(StaffMember(address=OPERATOR, role=role), at=NOON)
            for role in (Role.OPERATOR, Role.OPERATOR, Role.ADMIN)
        ]
        await uow.commit()
    assert added == [True, False, True]
    async with open_uow() as uow:
        elsewhere = replace(OPERATOR, chat_id="c7")
        assert set(await uow.staff.roles(elsewhere)) == {Role.OPERATOR, Role.ADMIN}
        assert not await uow.staff.roles(replace(OPERATOR, channel=ChannelName("vk")))
        assert [member.role for member in await uow.staff.all()] == [Role.ADMIN, Role.OPERATOR]
        assert await uow.staff.remove(elsewhere, Role.ADMIN) == 1
        assert await uow.staff.remove(elsewhere) == 1
        assert await uow.staff.remove(elsewhere) == 0
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.staff.all() == []


async def _spoil(uow: UnitOfWork, member: MemberId, at: datetime) -> None:
    async with uow.turn():
        await uow.purchases.claims.keep(
            read_as(await uow.purchases.claims.add(member, at=at), RECEIPT, is_contested=False)
        )
        await uow.purchases.orders.add(ORDER, at=at)
        await uow.purchases.devices.add(_device(member), at=at)
        raise ZeroDivisionError


async def test_nothing_is_kept_of_a_turn_that_failed(open_uow: UnitOfWorkFactory, ann: MemberId) -> None:
    async with open_uow() as uow:
        with pytest.raises(ZeroDivisionError):
            await _spoil(uow, ann, NOON)
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.purchases.claims.of(ann, limit=5) == []
        assert await uow.purchases.orders.find(ORDER.key) is None
        assert await uow.purchases.devices.of(ann) == []


async def _race(open_uow: UnitOfWorkFactory, member: MemberId) -> bool:
    try:
        await _claim(open_uow, member)
    except ConflictError:
        return False
    return True


async def test_of_many_who_register_one_receipt_at_once_one_does(open_uow: UnitOfWorkFactory) -> None:
    members = []
    async with open_uow() as uow:
        for number in range(8):
            address = Address(ChannelName("console"), f"c{number}", f"u{number}")
            members.append(await _join(uow, address, card_number("27", 100 + number)))
        await uow.commit()
    won = await asyncio.gather(*(_race(open_uow, member) for member in members))
    assert sum(won) == 1
    async with open_uow() as uow:
        holder = await uow.purchases.claims.holder(RECEIPT.key)
        assert holder is not None
        assert holder.member == members[won.index(True)]
