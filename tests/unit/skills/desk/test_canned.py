"""Canned answers: what is filled in, and what does not fit."""

import pytest

from tests.fakes.talk import keys
from tests.unit.skills.desk.office import Office, taken, to


@pytest.mark.parametrize(
    ("text", "typed", "answer"),
    [
        ("До свидания!", "и ещё заходите", "desk-canned-too-much(fields=none, name=слово)"),
        ("Ждём {ask: дней} дня", "3 | 4", "desk-canned-too-much(fields=дней, name=слово)"),
        ("Ждём {ask: дней} дня", "", "desk-canned-asks(fields=дней, name=слово)"),
    ],
)
async def test_what_does_not_fit_is_not_left_out_but_said(text: str, typed: str, answer: str) -> None:
    office = await taken()
    await office.op.say(f"/canned + слово {text}")
    assert keys(await office.op.say(f"/canned слово {typed}")) == [answer]


@pytest.mark.parametrize(
    ("name", "text", "greeting"),
    [
        ("Ann", "Здравствуйте, {name}! №{ticket}", "Здравствуйте, Ann! №1"),
        ("", "Здравствуйте, {name}! №{ticket}", "Здравствуйте! №1"),
        ("", "{name}, всё готово", "всё готово"),
    ],
)
async def test_who_has_no_name_is_greeted_without(name: str, text: str, greeting: str) -> None:
    office = await Office().open()
    office.ann.name = name
    await office.ann.say("позовите человека")
    await office.op.say("/take 1")
    await office.op.say(f"/canned + привет {text}")
    assert to(await office.op.say("/canned привет"), office.ann) == [greeting]
