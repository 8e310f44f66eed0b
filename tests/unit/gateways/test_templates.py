"""Templates of gateways: values stay where they are put."""

import json
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import ConfigurationError
from bot.gateways.templates import demand_places, fill, in_address, in_body

PRINTED = st.text(st.characters(exclude_categories=["C"]), min_size=1)


@given(PRINTED)
def test_a_value_in_an_address_ends_nothing(text: str) -> None:
    url = fill("https://sms.example/send?to={digits}&text={text}&key=k", {"digits": "7912", "text": text}, in_address)
    assert parse_qs(urlsplit(url).query) == {"to": ["7912"], "text": [text], "key": ["k"]}


@given(PRINTED)
def test_a_value_in_json_ends_nothing(text: str) -> None:
    body = fill(
        '{"to": "{phone}", "in": {"text": "{text}"}}', {"phone": "+7912", "text": text}, in_body("application/json")
    )
    assert json.loads(body) == {"to": "+7912", "in": {"text": text}}


@given(PRINTED)
def test_a_value_in_a_form_ends_nothing(text: str) -> None:
    quoted = in_body("application/x-www-form-urlencoded; charset=utf-8")
    assert parse_qs(fill("to={phone}&text={text}", {"phone": "+7912", "text": text}, quoted)) == {
        "to": ["+7912"],
        "text": [text],
    }


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_a_value_in_xml_ends_nothing(text: str) -> None:
    found = fromstring(fill("<sms to='{phone}'>{text}</sms>", {"phone": text, "text": text}, in_body("text/xml")))  # noqa: S314 - our own
    assert (found.get("to"), found.text) == (text, text)


def test_what_a_value_says_is_no_place() -> None:
    assert fill("{text} {phone}", {"text": "{phone}", "phone": "+7"}, str) == "{phone} +7"


@pytest.mark.parametrize(
    "templates",
    [
        {"URL": "https://a.example/{phone}/{text}", "BODY": ""},
        {"URL": "https://a.example", "BODY": '{"to": "{digits}", "text": "{text}", "x": {"y": {}}}'},
    ],
)
def test_places_may_be_anywhere(templates: dict[str, str]) -> None:
    demand_places(templates)


@pytest.mark.parametrize(
    ("body", "message"),
    [("{phon} {text}", r"BODY: there is no \{phon\}"), ("{phone}", "where {phone} and {text} go"), ("{text}", "where")],
)
def test_places_that_lead_nowhere_are_told(body: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        demand_places({"BODY": body})
