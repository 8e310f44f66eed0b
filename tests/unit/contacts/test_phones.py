"""Phones as people type them and as platforms share them."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contacts.phones import LibPhoneReader
from bot.domain.contact_data.phone import Phone, PhoneKind
from bot.domain.errors import InputError

READER = LibPhoneReader()
MOBILE = Phone(number="+79123456789", region="RU", kind=PhoneKind.MOBILE)


def refusal(text: str) -> str:
    with pytest.raises(InputError) as caught:
        READER.read(text, region="RU")
    assert caught.value.field == "phone"
    return caught.value.phrase.key


@pytest.mark.parametrize(
    "text",
    [
        "8 (912) 345-67-89",
        "9123456789",
        "79123456789",
        "+7 912 345 67 89",
        "8-912-345-67-89",
        " 8.912.345.67.89 ",
        "+7(912)3456789",
    ],
)
def test_a_mobile_is_read_in_its_usual_forms(text: str) -> None:
    assert READER.read(text, region="RU") == MOBILE


@pytest.mark.parametrize(
    ("text", "region", "kind"),
    [
        ("+7 701 123 45 67", "KZ", PhoneKind.MOBILE),
        ("8-800-555-35-35", "RU", PhoneKind.TOLL_FREE),
        ("+7 495 123-45-67", "RU", PhoneKind.LANDLINE),
        ("+375 29 123-45-67", "BY", PhoneKind.MOBILE),
        ("+1 202 555 0143", "US", PhoneKind.MOBILE),
    ],
)
def test_region_and_kind_are_told(text: str, region: str, kind: PhoneKind) -> None:
    phone = READER.read(text, region="RU")
    assert (phone.region, phone.kind) == (region, kind)


@pytest.mark.parametrize("text", ["79123456789", "+79123456789", " +79123456789"])
def test_a_shared_number_has_its_country_with_a_plus_or_without(text: str) -> None:
    assert READER.read_shared(text) == MOBILE


def test_a_shared_number_is_not_taken_for_one_of_ours() -> None:
    assert READER.read_shared("77011234567").region == "KZ"
    with pytest.raises(InputError):
        READER.read_shared("9123456789")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "нет",
        "8912345678",
        "891234567890",
        "+7 (000) 000-00-00",
        "112",
        "1" * 41,
        "89123456789, 89123456780",
        "+999 123 456",
        "@anna",
    ],
)
def test_what_is_no_phone_is_refused(text: str) -> None:
    assert refusal(text) == "contact-phone-refused"


@pytest.mark.parametrize(
    "text", ["+79993334455доб.5", "+7 999 333-44-55 доб. 12", "+79993334455 ext. 5", "+79993334455x5"]
)
def test_a_number_with_an_extension_is_refused(text: str) -> None:
    assert refusal(text) == "contact-phone-extension"


@given(st.text(max_size=60) | st.text("+0123456789 ()-xдоб.;=", max_size=30))
def test_reading_never_fails_but_by_a_refusal(text: str) -> None:
    for read in (partial(READER.read, region="RU"), READER.read_shared):
        try:
            phone = read(text)
        except InputError:
            continue
        assert phone.number.startswith("+")
        assert phone.number[1:].isascii()
        assert phone.number[1:].isdecimal()
