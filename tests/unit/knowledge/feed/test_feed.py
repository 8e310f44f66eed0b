"""A feed that lost most of its offers is noticed."""

import pytest

from bot.knowledge.feed.feed import lost_too_much


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [(100, 49, True), (100, 50, False), (100, 100, False), (100, 0, True), (0, 0, False), (0, 5, False), (3, 1, True)],
)
def test_losing_more_than_half_is_too_much(before: int, now: int, *, expected: bool) -> None:
    assert lost_too_much(before, now) is expected
