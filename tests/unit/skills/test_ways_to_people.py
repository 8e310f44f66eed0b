"""What is told to somebody who asks for a person, by what the brand gives."""

from dataclasses import replace
from datetime import time

import pytest

from bot.domain.brand import Brand, Contacts, Hours, Interval
from tests.fakes.answers import FakeAnswers
from tests.fakes.talk import Talk

HOURS = Hours(week={0: (Interval(time(10), time(19)),)})
NOBODY = replace(FakeAnswers.brand, contacts=Contacts(), hours=HOURS)
SHOWN_HOURS = "people-hours(days=day-mon, times=10:00–19:00)"


@pytest.mark.parametrize(
    ("brand", "said"),
    [
        (NOBODY, ["people-no-contacts(brand=Чайная)"]),
        (replace(NOBODY, site="https://a.example"), ["people-site-only(brand=Чайная)", SHOWN_HOURS]),
        (
            replace(NOBODY, contacts=Contacts(email="a@a.example")),
            ["people-contacts(brand=Чайная)", "people-email(email=a@a.example)", SHOWN_HOURS],
        ),
    ],
)
async def test_hours_alone_are_no_way_to_reach_anybody(
    monkeypatch: pytest.MonkeyPatch, brand: Brand, said: list[str]
) -> None:
    monkeypatch.setattr(FakeAnswers, "brand", brand)
    [reply] = await Talk().say("/person")
    assert reply.text.splitlines() == said
