"""Mistakes that others made in public, as tests of ours. Numbers are those of their issues and pull requests."""

import pytest

from bot.domain.errors import AlreadyReversedError, HoldNotFoundError, InsufficientPointsError, RepeatedKeyError
from tests.unit.domain.loyalty.purse import Purse


def test_odoo_257854_buying_and_returning_again_and_again_earns_nothing() -> None:
    purse = Purse()
    for _ in range(5):
        purse.take_back(purse.earn(100), 100)
    assert (purse.account.available, purse.account.debt) == (0, 0)


def test_odoo_238806_returning_takes_back_what_the_purchase_gave_and_no_other_points() -> None:
    purse = Purse()
    purse.earn(40)
    purse.take_back(purse.earn(100), 100)
    assert (purse.account.available, purse.account.debt) == (40, 0)


def test_odoo_212922_returning_what_was_bought_for_points_gives_them_back_and_takes_none() -> None:
    purse = Purse()
    purse.earn(100)
    purse.refund(purse.burn(80), 80)
    assert purse.account.available == 100


def test_odoo_221928_returning_a_part_of_what_was_bought_for_points_takes_none_either() -> None:
    purse = Purse()
    purse.earn(100)
    spent = purse.burn(80)
    purse.refund(spent, 30)
    assert purse.account.available == 50
    purse.refund(spent, 50)
    with pytest.raises(AlreadyReversedError):
        purse.refund(spent, 1)
    assert purse.account.available == 100


def test_odoo_206048_the_balance_is_what_the_history_adds_up_to() -> None:
    purse = Purse()
    purse.earn(100)
    purse.burn(30)
    changes = [entry.change.available for entry in purse.unit.tables.entries.values()]
    assert sum(changes) == purse.account.available == 70


def test_odoo_206048_spending_takes_what_expires_first_and_says_from_where() -> None:
    purse = Purse()
    late = purse.earn(50, life=100)
    soon = purse.earn(50, life=10)
    spent = purse.burn(60)
    moves = purse.unit.tables.moves[spent.ref]
    sources = [(purse.unit.tables.lots[move.lot].source, -move.remaining) for move in moves]
    assert sources == [(soon.ref, 50), (late.ref, 10)]


def test_odoo_206048_what_expires_is_what_is_left_of_that_award() -> None:
    purse = Purse()
    purse.earn(100, life=10)
    purse.earn(100, life=100)
    purse.burn(70)
    purse.wait(11)
    assert purse.account.available == 100


def test_erpnext_32951_a_return_takes_back_its_part_of_the_points() -> None:
    purse = Purse()
    bought = purse.earn(100, pending=14)
    purse.take_back(bought, 10)
    assert purse.account.pending == 90
    purse.wait(14)
    assert (purse.account.pending, purse.account.available) == (0, 90)


def test_erpnext_32951_returning_everything_part_by_part_takes_back_no_more_than_the_whole() -> None:
    purse = Purse()
    bought = purse.earn(100)
    purse.take_back(bought, 33)
    purse.take_back(bought, 33)
    with pytest.raises(AlreadyReversedError):
        purse.take_back(bought, 35)
    purse.take_back(bought, 34)
    assert purse.account.available == 0


def test_erpnext_30242_returning_after_spending_is_a_debt_and_not_a_negative_balance() -> None:
    purse = Purse()
    bought = purse.earn(100)
    purse.burn(100)
    purse.take_back(bought, 100)
    assert (purse.account.available, purse.account.debt) == (0, 100)
    purse.earn(130)
    assert (purse.account.available, purse.account.debt) == (30, 0)


def test_flocafe_62_expired_points_cannot_be_spent_whether_or_not_the_job_has_run() -> None:
    purse = Purse()
    purse.earn(100, life=10)
    purse.wait(10)
    with pytest.raises(InsufficientPointsError) as refused:
        purse.burn(1)
    assert refused.value.available == 0


def test_clevertap_points_that_expired_are_not_taken_back_once_more() -> None:
    purse = Purse()
    purse.earn(50)
    bought = purse.earn(100, life=10)
    purse.wait(10)
    assert purse.account.available == 50
    purse.take_back(bought, 100)
    assert (purse.account.available, purse.account.debt) == (50, 0)


def test_clevertap_a_refund_to_an_expired_award_is_no_forfeiture() -> None:
    purse = Purse()
    purse.earn(100, life=10)
    reward = purse.burn(100)
    purse.wait(20)
    purse.refund(reward, 100, life=30)
    assert purse.account.available == 100
    purse.wait(30)
    assert purse.account.available == 0


def test_clevertap_pending_points_of_a_returned_purchase_never_become_available() -> None:
    purse = Purse()
    bought = purse.earn(100, pending=14)
    purse.take_back(bought, 100)
    purse.wait(20)
    assert (purse.account.pending, purse.account.available) == (0, 0)


def test_points_held_for_a_reward_do_not_expire_under_the_hand_of_who_confirms() -> None:
    purse = Purse()
    purse.earn(100, life=10)
    hold = purse.hold(60, days=20)
    purse.wait(15)
    assert (purse.account.held, purse.account.available) == (60, 0)
    purse.capture(hold, 60)
    assert purse.account.held == 0


def test_what_a_hold_gives_back_too_late_expires() -> None:
    purse = Purse()
    purse.earn(100, life=10)
    hold = purse.hold(60, days=20)
    purse.wait(15)
    purse.release(hold)
    assert (purse.account.held, purse.account.available) == (0, 0)


def test_a_hold_is_captured_once_and_the_rest_of_it_comes_back() -> None:
    purse = Purse()
    purse.earn(100)
    hold = purse.hold(60)
    purse.capture(hold, 45)
    assert (purse.account.held, purse.account.available) == (0, 55)
    with pytest.raises(HoldNotFoundError):
        purse.capture(hold, 1)
    with pytest.raises(HoldNotFoundError):
        purse.release(hold)


def test_square_a_key_that_was_used_for_something_else_is_a_mistake_and_not_an_answer() -> None:
    purse = Purse()
    first = purse.earn(100, key="order:1")
    purse.wait(1)
    assert purse.earn(100, key="order:1") == first
    with pytest.raises(RepeatedKeyError):
        purse.earn(99, key="order:1")
    assert purse.account.available == 100


def test_debt_is_paid_by_what_was_pending_when_it_is_activated() -> None:
    purse = Purse()
    bought = purse.earn(80)
    purse.burn(80)
    purse.earn(100, pending=14)
    purse.take_back(bought, 80)
    assert (purse.account.pending, purse.account.debt) == (100, 80)
    purse.wait(14)
    assert (purse.account.available, purse.account.debt) == (20, 0)
