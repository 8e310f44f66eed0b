"""The audit log only grows; what waits for a second person is decided once."""

from bot.domain.audit import AdjustmentId, AskedAdjustment, AuditAction, AuditLine
from bot.domain.loyalty.card import card_number
from bot.domain.loyalty.member import MemberId
from bot.domain.messages import Address
from bot.services.ports import UnitOfWorkFactory
from tests.contract.samples import ANN, BOB, CONSOLE, NOON, enrol

OP = Address(CONSOLE, "op1", "op1")


async def _joined(open_uow: UnitOfWorkFactory) -> MemberId:
    async with open_uow() as uow:
        member = await enrol(uow, ANN, card=card_number("27", 1))
        await uow.commit()
    return member.id


async def test_lines_are_read_back_in_order_of_one_member_or_of_all(open_uow: UnitOfWorkFactory) -> None:
    member = await _joined(open_uow)
    looked = AuditLine(at=NOON, by=OP, action=AuditAction.LOOKED, member=member)
    revealed = AuditLine(at=NOON, by=OP, action=AuditAction.REVEALED, member=member, note="перезвонить")
    voucher = AuditLine(at=NOON, by=BOB, action=AuditAction.LOOKED_AT_VOUCHER)
    async with open_uow() as uow:
        for line in (looked, voucher, revealed):
            await uow.membership.audit.add(line)
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.membership.audit.lines(limit=9) == [looked, voucher, revealed]
        assert await uow.membership.audit.lines(limit=1) == [revealed]
        assert await uow.membership.audit.lines(member=member, limit=9) == [looked, revealed]


async def test_an_adjustment_is_decided_by_the_first_who_does(open_uow: UnitOfWorkFactory) -> None:
    member = await _joined(open_uow)
    asked = AskedAdjustment(
        id=AdjustmentId(0), member=member, points=-5000, reason="ошибка", asked_by=OP, asked_at=NOON
    )
    async with open_uow() as uow:
        number = await uow.membership.audit.ask(asked)
        await uow.commit()
    async with open_uow() as uow:
        stored = await uow.membership.audit.asked(number)
        assert stored is not None
        assert (stored.points, stored.asked_by, stored.decided_by) == (-5000, OP, None)
        assert await uow.membership.audit.decide(number, by=BOB, at=NOON)
        assert not await uow.membership.audit.decide(number, by=OP, at=NOON)
        await uow.commit()
    async with open_uow() as uow:
        stored = await uow.membership.audit.asked(number)
        assert stored is not None
        assert stored.decided_by == BOB
        assert await uow.membership.audit.asked(AdjustmentId(9)) is None
