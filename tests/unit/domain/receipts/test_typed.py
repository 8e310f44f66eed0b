"""Fields of a receipt as people type them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import InputError
from bot.domain.receipts.typed import Moment, read_document, read_drive, read_moment, read_sign, read_total

TODAY = date(2026, 11, 26)
DAY = date(2026, 11, 25)


def refusal(read: Callable[[str], object], text: str) -> tuple[str, str]:
    with pytest.raises(InputError) as caught:
        read(text)
    return caught.value.field, caught.value.phrase.key


def moment(text: str) -> Moment:
    return read_moment(text, today=TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "25.11.2026",
        "25.11.26",
        "25/11/2026",
        "25-11-26",
        "25 11 2026",
        "2026-11-25",
        "20261125",
        " 25.11.2026 г. ",
        "25.11",
    ],
)
def test_a_day_is_read_in_its_usual_forms(text: str) -> None:
    assert moment(text) == Moment(DAY)


@pytest.mark.parametrize(
    "text",
    [
        "25.11.2026 13:42",
        "25.11.26, 13:42:00",
        "25.11.26 в 13.42",
        "25.11.2026 13-42",
        "25.11 13:42",
        "20261125T1342",
        "2026-11-25T13:42:00",
        "25–11–2026 13:42",
    ],
)
def test_a_day_may_come_with_a_time(text: str) -> None:
    assert moment(text) == Moment(DAY, time(13, 42))


def test_a_day_without_a_year_is_the_latest_one() -> None:
    assert moment("26.11").day == TODAY
    assert moment("27.11").day == date(2025, 11, 27)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "вчера",
        "31.02.2026",
        "32.01.2026",
        "25.13.2026",
        "25.11.2026 25:00",
        "25.11.202",
        "25",
        "２5.11.2026",
        "1" * 80,
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    assert refusal(moment, text) == ("day", "receipt-day-refused")


@pytest.mark.parametrize(
    "text",
    [
        "4850",
        "4850.00",
        "4850,00",
        "4850,0",
        "4 850,00",
        "4\u00a0850,00 ₽",
        "4,850.00",
        "4.850,00",
        "4.850",
        "4'850.00",
        "4850-00",
        "4850 руб",
        "4850 руб. 00 коп.",
        "4850р.",
        "=4850.00",
        "ИТОГ =4 850.00",
        "₽ 4850",
        "RUB 4850",
        "s=4850.00",
    ],
)
def test_a_total_is_read_in_its_usual_forms(text: str) -> None:
    assert read_total(text) == 485_000


@pytest.mark.parametrize(
    ("text", "kopecks"),
    [("1,5", 150), ("1.05", 105), ("12 руб. 5 коп.", 1_205), ("1 234 567,89", 123_456_789), ("0,01", 1)],
)
def test_kopecks_are_kept(text: str, kopecks: int) -> None:
    assert read_total(text) == kopecks


@pytest.mark.parametrize(
    "text",
    ["", "много", "-10", "−10", "0", "0,00", "48 50", "4 850 50", "4.8.5", "12,3456", "4850 + 10", "４850", "1" * 11],
)
def test_what_is_no_total_is_refused(text: str) -> None:
    assert refusal(read_total, text) == ("total", "receipt-total-refused")


@pytest.mark.parametrize(
    "text",
    [
        "9960440301234567",
        "ФН 9960 4403 0123 4567",
        "№9960-4403-0123-4567",
        "fn=9960440301234567",
        "ФН: 9960440301234567 ",
    ],
)
def test_a_drive_is_read_with_its_label_or_without(text: str) -> None:
    assert read_drive(text) == "9960440301234567"


def test_a_drive_that_lacks_a_digit_is_told_how_many_there_are() -> None:
    with pytest.raises(InputError) as caught:
        read_drive("996044030123456")
    assert (caught.value.phrase.key, caught.value.phrase.params) == ("receipt-drive-refused", {"given": 15})


@pytest.mark.parametrize("text", ["", "нет", "99604403О1234567", "9960440301234567 ФД 12", "９960440301234567"])
def test_what_is_no_drive_is_refused(text: str) -> None:
    assert refusal(read_drive, text)[1] == "receipt-drive-refused"


@pytest.mark.parametrize("text", ["123456", "ФД № 123456", "i=123456", "0000123456", "ФД:123 456"])
def test_a_document_is_read(text: str) -> None:
    assert read_document(text) == 123_456


@pytest.mark.parametrize("text", ["", "0", "4294967296", "12345678901", "12.5", "-"])
def test_what_is_no_document_is_refused(text: str) -> None:
    assert refusal(read_document, text) == ("document", "receipt-document-refused")


def test_a_sign_is_read_padded_or_not() -> None:
    assert read_sign("ФПД: 0456789012") == read_sign("456789012") == 456_789_012
    assert refusal(read_sign, "9999999999") == ("sign", "receipt-sign-refused")


@given(st.text(max_size=80) | st.text("0123456789 .,-:/T", max_size=24))
def test_reading_never_fails_but_by_a_refusal(text: str) -> None:
    for read in (moment, read_total, read_drive, read_document, read_sign):
        with suppress(InputError):
            assert read(text)
