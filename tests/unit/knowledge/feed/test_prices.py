"""Prices become exact kopecks or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.feed.prices import currency, kopecks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100", 10_000),
        ("1500.50", 150_050),
        ("1500,5", 150_050),
        ("12 990", 1_299_000),
        ("12\u00a0990,90", 1_299_090),
        ("1\u202f234\u202f567.01", 123_456_701),
        ("1,234.56", 123_456),
        ("1500.0000", 150_000),
        ("0.995", 100),
        ("0.01", 1),
        ("19.999", None),
        ("1,234", None),
        ("0", None),
        ("0.00", None),
        ("-5", None),
        ("", None),
        ("по запросу", None),
        ("1e9", None),
        ("nan", None),
        ("١٢", None),
        ("1.2.3", None),
        ("9" * 13, None),
    ],
)
def test_a_price_is_exact_or_refused(text: str, expected: int | None) -> None:
    assert kopecks(text) == expected


@given(st.integers(min_value=1, max_value=10**12))
def test_every_price_survives_being_written(amount: int) -> None:
    assert kopecks(f"{amount // 100}.{amount % 100:02}") == amount


@given(st.text())
def test_no_text_breaks_the_reading_of_prices(text: str) -> None:
    result = kopecks(text)
    assert result is None or result > 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [("RUR", "RUB"), ("rur", "RUB"), ("RUB", "RUB"), (" usd ", "USD"), ("", "RUB"), ("руб", "RUB"), ("BYR", "BYN")],
)
def test_currencies_get_their_codes_of_today(text: str, expected: str) -> None:
    assert currency(text) == expected
