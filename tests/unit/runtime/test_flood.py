"""Whom a platform means that asks us to wait."""

from bot.domain.errors import ChannelError, FloodError, ThrottledError
from bot.runtime.flood import LONGEST_FLOOD, Flood

SLOW = ThrottledError(30)


def test_what_is_said_to_one_chat_concerns_that_chat() -> None:
    flood = Flood()
    assert flood.heed({"a": SLOW}, 0) == 0
    assert flood.heed({"a": SLOW}, 1) == 0


def test_what_is_said_to_two_chats_in_a_row_concerns_all() -> None:
    flood = Flood()
    flood.heed({"a": ThrottledError(60)}, 0)
    assert flood.heed({"b": ChannelError("502")}, 1) == 0
    assert flood.heed({"b": SLOW}, 2) == 30


def test_where_others_get_through_each_chat_has_its_own_bound() -> None:
    flood = Flood()
    flood.heed({"a": SLOW}, 0)
    flood.heed({"c": "42"}, 1)
    assert flood.heed({"b": SLOW}, 2) == 0


def test_what_was_said_and_is_over_does_not_count() -> None:
    flood = Flood()
    flood.heed({"a": SLOW}, 0)
    assert flood.heed({"b": SLOW}, 31) == 0


def test_one_request_to_many_may_be_refused_as_a_whole_or_for_some() -> None:
    assert Flood().heed({"a": SLOW, "b": ThrottledError(7)}, 0) == 30
    assert Flood().heed({"a": SLOW, "b": SLOW, "c": "1"}, 0) == 0


def test_a_platform_that_says_whom_it_means_is_believed_within_bounds() -> None:
    assert Flood().heed({"a": FloodError(2), "b": "1"}, 0) == 2
    assert Flood().heed({"a": FloodError(10**6)}, 0) == LONGEST_FLOOD
