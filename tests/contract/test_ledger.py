"""The ledger in every store."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from bot.domain.errors import (
    AccountFrozenError,
    ConflictError,
    InsufficientPointsError,
    RedemptionStoppedError,
    RepeatedKeyError,
    RuleViolationError,
)
from bot.domain.loyalty.account import Account, AccountStatus, Balance
from bot.domain.loyalty.account_book import AccountBook
from bot.domain.loyalty.audit import audit
from bot.domain.loyalty.commands import Burn, Command, Earn
from bot.domain.loyalty.entry import AccountId, Basis, EntryRef
from bot.domain.loyalty.ledger import apply
from bot.domain.loyalty.posting import Posting
from bot.services.club.adjustments import Adjustments
from bot.services.club.points import STOPPED, Points, Posted
from bot.services.club.ports import Need
from bot.services.ports import UnitOfWork, UnitOfWorkFactory
from tests.contract.club_samples import CLUB, Club
from tests.contract.ledger_play import Play

NOON = datetime(2026, 5, 4, 12, 0, 0, 123456, tzinfo=UTC)
DAY = timedelta(days=1)
POINTS = Points()


async def _account(open_uow: UnitOfWorkFactory) -> AccountId:
    async with open_uow() as uow:
        account = await uow.club.ledger.create()
        await uow.commit()
    return account


async def _post(open_uow: UnitOfWorkFactory, command: Command, *, now: datetime = NOON) -> Posted:
    async with open_uow() as uow:
        posted = await POINTS.post(uow, command, now=now)
        await uow.commit()
    return posted


async def _kept(open_uow: UnitOfWorkFactory, account: AccountId) -> Account:
    async with open_uow() as uow:
        found = await uow.club.ledger.account(account)
    assert found is not None
    return found


@pytest.mark.parametrize("seed", range(3))
async def test_any_operations_end_as_they_do_in_memory(open_uow: UnitOfWorkFactory, seed: int) -> None:
    play = Play(open_uow=open_uow, chance=Random(seed))  # noqa: S311 - a game
    await play.open(5)
    await play.steps(120)
    await play.compare()


async def test_an_entry_is_read_as_it_was_written(open_uow: UnitOfWorkFactory) -> None:
    basis = Basis(
        rule="purchase",
        version="3",
        inputs={"paid_kopecks": 4999, "tier": "знаток"},
        source="order:1",
        campaign="spring",
    )
    command = Earn(
        account=await _account(open_uow), key="k", points=7, qualifying=5, qualified_on=date(2026, 5, 4), basis=basis
    )
    posted = await _post(open_uow, command)
    async with open_uow() as uow:
        assert await uow.club.ledger.entry(posted.entry.ref) == posted.entry
        assert await uow.club.ledger.find("k") == posted.entry
        assert await POINTS.explain(uow, posted.entry.ref) == basis
        assert await POINTS.explain(uow, EntryRef(posted.account.id, 9)) is None
        assert await POINTS.qualifying(uow, posted.account.id, since=date(2026, 5, 31)) == 5
        assert await POINTS.qualifying(uow, posted.account.id, since=date(2026, 6, 1)) == 0


async def test_the_same_key_is_done_once_and_another_wish_under_it_is_refused(open_uow: UnitOfWorkFactory) -> None:
    account, other = await _account(open_uow), await _account(open_uow)
    command = Earn(account=account, key="order:1", points=100)
    first = await _post(open_uow, command)
    again = await _post(open_uow, command, now=NOON + DAY)
    assert (again.entry, again.is_repeated, again.account) == (first.entry, True, first.account)
    for wrong in (replace(command, points=99), replace(command, account=other)):
        with pytest.raises(RepeatedKeyError):
            await _post(open_uow, wrong)
    assert (await _kept(open_uow, account)).available == 100


async def test_history_comes_in_pages_latest_first(open_uow: UnitOfWorkFactory) -> None:
    account = await _account(open_uow)
    for number in range(5):
        await _post(open_uow, Earn(account=account, key=f"k{number}", points=number))
    async with open_uow() as uow:
        page = await POINTS.history(uow, account, limit=3)
        rest = await POINTS.history(uow, account, before=page[-1].ref.number, limit=3)
    assert [entry.points for entry in (*page, *rest)] == [4, 3, 2, 1, 0]


async def test_a_balance_counts_what_is_due_without_writing_it(open_uow: UnitOfWorkFactory) -> None:
    account, soon = await _account(open_uow), NOON + 10 * DAY
    await _post(open_uow, Earn(account=account, key="a", points=100, expires_at=soon))
    await _post(open_uow, Earn(account=account, key="b", points=30, activates_at=soon, expires_at=soon + DAY))
    async with open_uow() as uow:
        before = await POINTS.balance(uow, account, now=NOON)
        after = await POINTS.balance(uow, account, now=soon)
        assert before == Balance(pending=30, available=100, held=0, debt=0, expiring=((soon, 100),))
        assert after == Balance(pending=0, available=30, held=0, debt=0, expiring=((soon + DAY, 30),))
    assert (await _kept(open_uow, account)).entries == 2


async def test_a_spoilt_turn_leaves_no_points_behind(open_uow: UnitOfWorkFactory) -> None:
    account = await _account(open_uow)
    async with open_uow() as uow:
        with pytest.raises(InsufficientPointsError):
            await _spoil(uow, account)
        await uow.commit()
    assert (await _kept(open_uow, account)).entries == 0


async def _spoil(uow: UnitOfWork, account: AccountId) -> None:
    async with uow.turn():
        await POINTS.post(uow, Earn(account=account, key="a", points=5), now=NOON)
        await POINTS.post(uow, Burn(account=account, key="b", points=6), now=NOON)


async def test_many_things_at_once_are_as_if_each_had_been_alone(open_uow: UnitOfWorkFactory) -> None:
    account, other = await _account(open_uow), await _account(open_uow)
    await _post(open_uow, Earn(account=account, key="before", points=10))
    commands: list[Command] = [
        *(Earn(account=account, key=f"e{number}", points=1) for number in range(40)),
        Earn(account=account, key="before", points=10),
        Earn(account=account, key="e1", points=2),
        Burn(account=account, key="b1", points=45),
        Burn(account=account, key="b2", points=45),
        Burn(account=other, key="b3", points=1),
        Earn(account=other, key="e1", points=1),
        Burn(account=account, key="b1", points=45),
    ]
    async with open_uow() as uow:
        outcomes = await POINTS.post_all(uow, commands, now=NOON)
        await uow.commit()
    last = [each.is_repeated if isinstance(each, Posted) else type(each) for each in outcomes[-8:]]
    wrong, poor = RepeatedKeyError, InsufficientPointsError
    assert last == [False, True, wrong, False, poor, poor, wrong, True]
    kept = await _kept(open_uow, account)
    assert (kept.available, kept.entries) == (5, 42)
    await _post(open_uow, Burn(account=account, key="all", points=5))
    async with open_uow() as uow:
        for books in await uow.club.ledger.books(after=AccountId(0), limit=10):
            assert audit(books) == []


async def test_what_is_spent_may_come_from_any_number_of_lots(open_uow: UnitOfWorkFactory) -> None:
    account = await _account(open_uow)
    async with open_uow() as uow:
        commands = [
            Earn(account=account, key=f"e{number}", points=1, expires_at=NOON + (200 - number) * DAY)
            for number in range(150)
        ]
        await POINTS.post_all(uow, commands, now=NOON)
        await uow.commit()
    assert (await _post(open_uow, Burn(account=account, key="b", points=140))).account.available == 10
    async with open_uow() as uow:
        balance = await POINTS.balance(uow, account, now=NOON)
    assert [points for _, points in balance.expiring] == [1] * 10
    assert balance.expiring[0][0] == NOON + 191 * DAY


async def test_staff_gives_and_takes_with_a_reason_and_in_two_above_a_limit(open_uow: UnitOfWorkFactory) -> None:
    club = Club(open_uow)
    ann, staff = await club.join(), Adjustments(POINTS)

    async def adjust(points: int, *, key: str, approver: str = "", reason: str = "goodwill") -> Posted:
        async with open_uow() as uow:
            posted = await staff.adjust(
                uow, CLUB, ann, points, actor="op1", approver=approver, reason=reason, key=key, now=NOON
            )
            await uow.commit()
        return posted

    await adjust(1000, key="a")
    await adjust(1000, key="a")
    for approver in ("", "op1"):
        with pytest.raises(RuleViolationError) as refused:
            await adjust(1001, key="b", approver=approver)
        assert refused.value.phrase.key == "club-adjust-second"
    given = await adjust(1001, key="b", approver="op2")
    assert (given.entry.basis.actor, given.entry.basis.inputs) == ("op1", {"approver": "op2"})
    await adjust(-500, key="c")
    with pytest.raises(RuleViolationError) as refused:
        await adjust(5, key="d", reason=" ")
    assert refused.value.phrase.key == "club-adjust-reason"
    assert await club.available(ann) == 1501


async def test_a_frozen_account_earns_and_does_not_spend(open_uow: UnitOfWorkFactory) -> None:
    account = await _account(open_uow)
    async with open_uow() as uow:
        await uow.club.ledger.mark(account, AccountStatus.FROZEN)
        await uow.commit()
    await _post(open_uow, Earn(account=account, key="a", points=5))
    with pytest.raises(AccountFrozenError):
        await _post(open_uow, Burn(account=account, key="b", points=1))


async def test_nobody_spends_while_redemption_is_stopped(open_uow: UnitOfWorkFactory) -> None:
    account = await _account(open_uow)
    await _post(open_uow, Earn(account=account, key="a", points=5))
    async with open_uow() as uow:
        await uow.bookmarks.write(STOPPED, "the books differ")
        await uow.commit()
    with pytest.raises(RedemptionStoppedError):
        await _post(open_uow, Burn(account=account, key="b", points=1))


async def test_two_who_spend_at_once_spend_no_more_than_there_is(open_uow: UnitOfWorkFactory) -> None:
    account = await _account(open_uow)
    await _post(open_uow, Earn(account=account, key="a", points=100))
    outcomes = await asyncio.gather(
        *(_try(open_uow, Burn(account=account, key=f"b{number}", points=30)) for number in range(8))
    )
    assert sorted(outcomes) == ["insufficient"] * 5 + ["spent"] * 3
    kept = await _kept(open_uow, account)
    assert (kept.available, kept.entries) == (10, 4)


async def test_one_key_used_by_many_at_once_counts_once(open_uow: UnitOfWorkFactory) -> None:
    account = await _account(open_uow)
    command = Earn(account=account, key="order:1", points=10)
    outcomes = await asyncio.gather(*(_try(open_uow, command) for _ in range(8)))
    assert set(outcomes) == {"spent"}
    assert (await _kept(open_uow, account)).available == 10


async def _try(open_uow: UnitOfWorkFactory, command: Command) -> str:
    while True:
        try:
            await _post(open_uow, command)
        except ConflictError:
            continue
        except InsufficientPointsError:
            return "insufficient"
        return "spent"


async def test_what_somebody_else_wrote_meanwhile_is_no_ground_to_write_on(open_uow: UnitOfWorkFactory) -> None:
    account = await _account(open_uow)
    async with open_uow() as uow:
        old = await uow.club.ledger.load(account, Need(), now=NOON)
    assert old is not None
    await _post(open_uow, Earn(account=account, key="a", points=100))
    book = AccountBook(loaded=old, now=NOON)
    apply(book, Earn(account=account, key="b", points=5))
    with pytest.raises(ConflictError):
        await _store(open_uow, book.posting())
    assert (await _kept(open_uow, account)).available == 100


async def _store(open_uow: UnitOfWorkFactory, posting: Posting) -> None:
    async with open_uow() as uow:
        await uow.club.ledger.post([posting])
        await uow.commit()


async def test_expiry_is_done_in_parts_and_once(open_uow: UnitOfWorkFactory) -> None:
    accounts = [await _account(open_uow) for _ in range(5)]
    for account in accounts:
        for number in range(3):
            key = f"{account}:{number}"
            await _post(open_uow, Earn(account=account, key=key, points=10, expires_at=NOON + number * DAY))
    later = NOON + DAY
    for _ in range(3):
        async with open_uow() as uow:
            await POINTS.settle(uow, now=later, limit=2)
            await uow.commit()
    async with open_uow() as uow:
        while await POINTS.settle(uow, now=later, limit=2):
            pass
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.club.ledger.count_due(now=later) == 0
        for books in await uow.club.ledger.books(after=AccountId(0), limit=100):
            assert books.account.available == 10
            assert audit(books) == []
