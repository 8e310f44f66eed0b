"""A difference in the books is found, stops redemption and can be seen in the log."""

import logging
from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.domain.errors import RedemptionStoppedError
from bot.domain.loyalty.entry import AccountId
from bot.services.club.reconciliation import Reconciled, Reconciliation
from bot.services.ports import UnitOfWorkFactory
from bot.storage.uow import SqlUnitOfWork
from tests.contract.club_samples import Club
from tests.fakes.uow.store import FakeUnitOfWork

RECONCILIATION = Reconciliation()


@pytest.fixture
def club(open_uow: UnitOfWorkFactory) -> Club:
    """A club on each kind of store."""
    return Club(open_uow)


async def _count(club: Club, *, after: int = 0, limit: int = 10) -> Reconciled:
    async with club.open_uow() as uow:
        counted = await RECONCILIATION.count(uow, after=AccountId(after), limit=limit)
        await uow.commit()
    return counted


async def falsify(open_uow: UnitOfWorkFactory, account: AccountId, *, points: int) -> None:
    """Change a sum past the ledger, as no part of the program does."""
    async with open_uow() as uow:
        if isinstance(uow, FakeUnitOfWork):
            kept = uow.tables.club.accounts[account]
            uow.tables.club.accounts[account] = replace(kept, available=kept.available + points)
        else:
            assert isinstance(uow, SqlUnitOfWork)
            words = text("UPDATE club_accounts SET available = available + :points WHERE id = :account")
            await uow._transaction.write(words, {"points": points, "account": account})
        await uow.commit()


async def test_books_that_agree_stop_nobody(club: Club) -> None:
    ann, bob = await club.join(points=1000), await club.join()
    await club.redeem(ann, "mug", key="k")
    assert await _count(club) == Reconciled(last=None, accounts=2)
    assert await _count(club, limit=1) == Reconciled(last=ann.account, accounts=1)
    assert await _count(club, after=ann.account, limit=1) == Reconciled(last=bob.account, accounts=1)
    assert await _count(club, after=bob.account, limit=1) == Reconciled(last=None, accounts=0)


async def test_one_point_too_many_is_found_and_stops_everybody(club: Club, caplog: pytest.LogCaptureFixture) -> None:
    await club.join(points=1000)
    bob = await club.join(points=1000)
    await falsify(club.open_uow, AccountId(1), points=1)
    with caplog.at_level(logging.ERROR):
        counted = await _count(club)
    assert {difference.account for difference in counted.differences} == {1}
    assert "available" in [difference.what for difference in counted.differences]
    assert "club.books_differ account 1: available is 1001, counted 1000" in caplog.text
    with pytest.raises(RedemptionStoppedError):
        await club.redeem(bob, "mug", key="k")
    await falsify(club.open_uow, AccountId(1), points=-1)
    async with club.open_uow() as uow:
        assert "account 1" in await RECONCILIATION.is_stopped(uow)
        await RECONCILIATION.resume(uow)
        await uow.commit()
    await club.redeem(bob, "mug", key="k")
