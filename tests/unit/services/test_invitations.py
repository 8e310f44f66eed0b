"""Invitations of the staff: once, in time, for who has the code."""

from datetime import timedelta

from bot.domain.staff import Role
from bot.services.invitations import CODE_LENGTH, GOOD_FOR, accept, invite
from tests.fakes.chance import FakeChance
from tests.fakes.talk import NOON, Talk, keys
from tests.fakes.uow import FakeDatabase
from tests.unit.skills.desk.office import Office

NUMBER = 1 << 60


async def _invited(database: FakeDatabase) -> str:
    async with database.unit_of_work() as uow:
        code = await invite(uow, Role.OPERATOR, FakeChance([NUMBER]), now=NOON)
        await uow.commit()
    return code


async def test_the_first_who_brings_the_code_has_the_role() -> None:
    office = Office()
    code = await _invited(office.database)
    assert len(code) == CODE_LENGTH
    assert keys(await office.bob.start(f"staff_{code}")) == ["desk-enrolled(role=operator)"]
    assert keys(await office.ann.start(f"staff_{code}")) == ["desk-invitation-over"]
    assert keys(await office.bob.say("/queue")) == ["desk-queue(count=0)"]


async def test_a_code_that_is_wrong_or_too_old_gives_nothing() -> None:
    database = FakeDatabase()
    code = await _invited(database)
    me = Talk(database.unit_of_work).me
    async with database.unit_of_work() as uow:
        assert await accept(uow, "nonsense", me, now=NOON) is None
        assert await accept(uow, code, me, now=NOON + GOOD_FOR) is None
        assert await accept(uow, code, me, now=NOON + GOOD_FOR - timedelta(seconds=1)) is Role.OPERATOR
