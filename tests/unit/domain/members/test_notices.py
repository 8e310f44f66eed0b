"""Nobody is disturbed at night."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.members.notices import NoticeTerms, told_at

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")


def moscow(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=MOSCOW)


@pytest.mark.parametrize(
    ("moment", "heard"),
    [
        (moscow(26, 10), moscow(26, 10)),
        (moscow(26, 20, 59), moscow(26, 20, 59)),
        (moscow(26, 21), moscow(27, 10)),
        (moscow(27, 3), moscow(27, 10)),
        (moscow(27, 9, 59), moscow(27, 10)),
    ],
)
def test_what_happens_at_night_is_told_in_the_morning(moment: datetime, heard: datetime) -> None:
    assert told_at(NoticeTerms(), moment, MOSCOW) == heard


def test_quiet_hours_may_be_within_a_day_or_none() -> None:
    siesta = NoticeTerms(quiet_from=time(13), quiet_until=time(15))
    assert told_at(siesta, moscow(26, 14), MOSCOW) == moscow(26, 15)
    assert told_at(siesta, moscow(26, 23), MOSCOW) == moscow(26, 23)
    never = NoticeTerms(quiet_from=time(9), quiet_until=time(9))
    assert told_at(never, moscow(26, 9), MOSCOW) == moscow(26, 9)


def test_the_morning_is_that_of_the_clock_on_the_wall_when_it_is_set_back() -> None:
    evening = datetime(2026, 10, 24, 22, tzinfo=BERLIN)
    assert told_at(NoticeTerms(), evening, BERLIN) == datetime(2026, 10, 25, 9, tzinfo=UTC)
