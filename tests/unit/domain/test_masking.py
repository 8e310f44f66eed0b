"""What is masked in people's own words, and what is not."""

import pytest

from bot.domain.masking import masked


@pytest.mark.parametrize(
    "private",
    [
        "+7 912 345-67-89",
        "89123456789",
        "8 (912) 345 67 89",
        "8.912.345.67.89",
        "123-45-67",
        "ann.o'neil@mail.example",
        "иван@почта.рф",
        "@ann_the_third",
        "2200 1234 5678 9010",
    ],
)
def test_what_tells_who_it_is_is_masked(private: str) -> None:
    shown = masked(f"мой номер {private}, жду")
    assert shown.startswith("мой номер ")
    assert shown.endswith("…, жду")
    assert not any(part in shown for part in private.split("'")[-1:])


@pytest.mark.parametrize(
    "text", ["до 30 000 рублей", "GH2 или LX5?", "1920x1080 и 50 дюймов", "заказ 123456", "с 10-20 до 11-00", "@gh2"]
)
def test_what_tells_nothing_stays(text: str) -> None:
    assert masked(text) == text
