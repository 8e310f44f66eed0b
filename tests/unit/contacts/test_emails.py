"""E-mail addresses as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contacts.emails import SyntaxEmailReader
from bot.domain.contact_data.email import masked_email
from bot.domain.errors import InputError

READER = SyntaxEmailReader()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" anna@mail.ru\n", "anna@mail.ru"),
        ("Anna.Ivanova+club@Mail.RU", "Anna.Ivanova+club@mail.ru"),
        ("иван@почта.рф", "иван@почта.рф"),
        ("anna@example.com", "anna@example.com"),
    ],
)
def test_an_address_keeps_its_box_as_it_is_written(text: str, address: str) -> None:
    assert READER.read(text).address == address


def test_addresses_that_differ_in_case_have_one_key() -> None:
    assert READER.read("Anna@Mail.ru").key == READER.read("anna@mail.RU").key == "anna@mail.ru"
    assert READER.read("Иван@почта.рф").key == READER.read("иван@ПОЧТА.рф").key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "нет",
        "anna",
        "anna@",
        "@mail.ru",
        "anna@mail",
        "anna@localhost",
        "a b@mail.ru",
        "anna@mail..ru",
        "anna@mail.ru, b@mail.ru",
        "<anna@mail.ru>",
        "anna@[127.0.0.1]",
        "a" * 65 + "@mail.ru",
        "a@" + "b" * 260 + ".ru",
        "anna@mail.ru\x00",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        READER.read(text)
    assert (caught.value.field, caught.value.phrase.key) == ("email", "contact-email-refused")


@given(st.text(max_size=80) | st.from_regex(r"[a-zа-я.+-]{1,10}@[a-zа-я.-]{1,20}", fullmatch=True))
def test_reading_never_fails_but_by_a_refusal(text: str) -> None:
    try:
        email = READER.read(text)
    except InputError:
        return
    assert READER.read(email.address).key == email.key


@pytest.mark.parametrize(
    ("address", "shown"), [("anna@mail.ru", "a***@mail.ru"), ("я@почта.рф", "я***@почта.рф"), ("", "***@")]
)
def test_the_box_is_hidden(address: str, shown: str) -> None:
    assert masked_email(address) == shown
