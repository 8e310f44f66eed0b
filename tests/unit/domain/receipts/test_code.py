"""The text in a receipt's QR code: what is taken, what is refused."""

from datetime import date, time
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import InputError
from bot.domain.receipts.code import is_receipt_code, read_code
from bot.domain.receipts.receipt import Operation, Receipt

GOOD = "t=20200727T1117&s=4850.00&fn=9287440300634471&i=13571&fp=3730902192&n=1"


def changed(**fields: str) -> str:
    """The good code with some fields replaced."""
    parts = dict(part.split("=") for part in GOOD.split("&")) | fields
    return "&".join(f"{key}={value}" for key, value in parts.items())


def refusal(text: str) -> str:
    with pytest.raises(InputError) as caught:
        read_code(text)
    assert caught.value.field == "code"
    return caught.value.phrase.key


def test_every_field_is_read() -> None:
    assert read_code(GOOD) == Receipt(
        day=date(2020, 7, 27),
        clock=time(11, 17),
        total_kopecks=485_000,
        drive="9287440300634471",
        document=13_571,
        sign=3_730_902_192,
        operation=Operation.SALE,
    )


def test_a_time_may_have_seconds() -> None:
    assert read_code(changed(t="20190418T211655")).clock == time(21, 16, 55)


@pytest.mark.parametrize(
    ("total", "kopecks"), [("10", 1_000), ("10.5", 1_050), ("0.07", 7), ("0.00", 0), ("9999999999.99", 999_999_999_999)]
)
def test_a_total_becomes_kopecks(total: str, kopecks: int) -> None:
    assert read_code(changed(s=total)).total_kopecks == kopecks


def test_every_order_of_fields_means_the_same() -> None:
    assert {read_code("&".join(parts)) for parts in permutations(GOOD.split("&"))} == {read_code(GOOD)}


@pytest.mark.parametrize(
    "text",
    [
        f"  {GOOD}\n",
        f"https://ofd.example/check?{GOOD}",
        f"https://ofd.example/check?utm_source=paper&{GOOD}#top",
        GOOD.replace(".", "%2E"),
        GOOD.upper(),
    ],
)
def test_what_stands_around_a_code_changes_nothing(text: str) -> None:
    assert read_code(text) == read_code(GOOD)


def test_a_sign_padded_with_zeros_is_the_same_number() -> None:
    assert read_code(changed(fp="0730902192")) == read_code(changed(fp="730902192"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "https://shop.example/promo?id=7",
        "ST00012|Name=Shop|Sum=485000",
        GOOD.replace("&n=1", ""),
        GOOD + "&x=" + "1" * 256,
        "&".join(f"k{number}=1" for number in range(40)),
        GOOD + "&note=%ff",
    ],
)
def test_what_is_no_receipt_is_called_so(text: str) -> None:
    assert refusal(text) == "receipt-code-foreign"


@pytest.mark.parametrize(
    "fields",
    [
        {"t": "20191318T2116"},
        {"t": "20190230T2116"},
        {"t": "20190418T2460"},
        {"t": "20190418 2116"},
        {"s": "-10"},
        {"s": "10,50"},
        {"s": "10.505"},
        {"s": ""},
        {"s": "1e3"},
        {"s": "99999999999"},
        {"fn": "928200010007219"},
        {"fn": "92820001000721970"},
        {"fn": "９282000100072197"},
        {"fn": "928200010007219٣"},
        {"i": "0"},
        {"i": "4294967296"},
        {"i": "00000000001"},
        {"fp": "x"},
        {"fp": "+373090219"},
        {"n": "0"},
        {"n": "5"},
        {"n": "11"},
    ],
    ids=str,
)
def test_a_receipt_with_an_impossible_field_is_damaged(fields: dict[str, str]) -> None:
    assert refusal(changed(**fields)) == "receipt-code-damaged"


@pytest.mark.parametrize("again", ["n=1", "s=1.00", "S=1.00"])
def test_a_field_given_twice_is_damage_whatever_it_says(again: str) -> None:
    assert refusal(f"{GOOD}&{again}") == "receipt-code-damaged"


@given(st.text(max_size=300) | st.text("tsfnip=&?0123456789T.", max_size=120))
def test_reading_never_fails_but_by_a_refusal(text: str) -> None:
    if is_receipt_code(text):
        assert read_code(text).drive.isdecimal()


NUMBERS = st.integers(1, 2**32 - 1)
RECEIPTS = st.builds(
    Receipt,
    day=st.dates(min_value=date(1000, 1, 1)),
    clock=st.times().map(lambda moment: moment.replace(microsecond=0)),
    total_kopecks=st.integers(0, 10**12 - 1),
    drive=st.integers(0, 10**16 - 1).map(lambda number: f"{number:016}"),
    document=NUMBERS,
    sign=NUMBERS,
    operation=st.sampled_from(Operation),
)


@given(RECEIPTS)
def test_what_a_till_prints_is_read_back(receipt: Receipt) -> None:
    total = f"{receipt.total_kopecks // 100}.{receipt.total_kopecks % 100:02}"
    printed = (
        f"t={receipt.day:%Y%m%d}T{receipt.clock:%H%M%S}&s={total}&fn={receipt.drive}"
        f"&i={receipt.document}&fp={receipt.sign:010}&n={receipt.operation:d}"
    )
    assert read_code(printed) == receipt
