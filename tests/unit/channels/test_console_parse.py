"""Lines of JSON as events."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.console.parse import Advance, LineError, parse_line, parse_period
from bot.domain.actions import Action
from bot.domain.messages import Attached, ContactShared, Event, Pressed, Said, Started

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def parse(line: str) -> Event | Advance:
    return parse_line(line, at=NOW, new_id=lambda: "new")


def test_text_is_said_by_the_user_in_the_chat() -> None:
    event = parse('{"chat":"c1","user":"u1","text":"привет","id":7,"name":"Аня","lang":"en","group":true}')
    assert isinstance(event, Said)
    assert (event.sender.chat_id, event.sender.user_id, event.id, event.text) == ("c1", "u1", "7", "привет")
    assert (event.name, event.language, event.is_group, event.at) == ("Аня", "en", True, NOW)


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ('"action":"feedback.start"', Pressed),
        ('"contact":"+79120000000"', ContactShared),
        ('"photo":"a.jpg"', Attached),
        ('"file":"a.pdf","text":"чек"', Attached),
        ('"start":"f-delivery"', Started),
        ('"text":""', Said),
    ],
)
def test_every_kind_is_read(field: str, kind: type) -> None:
    assert isinstance(parse('{"chat":"c1",' + field + "}"), kind)


def test_press_carries_its_action() -> None:
    event = parse('{"chat":"c1","action":"flow.pick:feedback:rating:5"}')
    assert isinstance(event, Pressed)
    assert event.action == Action("flow.pick", ("feedback", "rating", "5"))


def test_nul_and_lone_surrogates_are_dropped() -> None:
    event = parse('{"chat":"c1","text":"а\\u0000б\\ud800в"}')
    assert isinstance(event, Said)
    assert event.text == "абв"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("hello", "not JSON"),
        ("", "not JSON"),
        ("[1]", "JSON object"),
        ('{"user":"u1","text":"x"}', '"chat" is missing'),
        ('{"chat":"","text":"x"}', '"chat" is missing'),
        ('{"chat":"c1"}', "nothing happened"),
        ('{"chat":"c1","text":5}', '"text" must be a string'),
        ('{"chat":{},"text":"x"}', '"chat" must be a string'),
        ('{"chat":"' + "c" * 300 + '","text":"x"}', "longer than"),
        ('{"advance":"soon"}', "period"),
        ('{"advance":"P"}', "period"),
        ('{"advance":5}', "must be a string"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_bad_line_says_what_to_write(line: str, says: str) -> None:
    with pytest.raises(LineError, match=says):
        parse(line)


def test_error_keeps_the_chat_and_the_id() -> None:
    with pytest.raises(LineError) as caught:
        parse('{"chat":"c1","id":"x"}')
    assert (caught.value.chat, caught.value.id) == ("c1", "x")


@pytest.mark.parametrize(
    ("text", "period"),
    [("PT3H", timedelta(hours=3)), ("P1DT30M", timedelta(days=1, minutes=30)), ("P2W", timedelta(weeks=2))],
)
def test_period_is_iso_8601(text: str, period: timedelta) -> None:
    assert parse_period(text) == period


@given(st.text())
def test_any_line_is_an_event_or_explained(line: str) -> None:
    with suppress(LineError):
        parse(line)
