"""Which phones can be confirmed by a code, and how they are shown."""

from dataclasses import replace

import pytest

from bot.domain.contact_data.phone import Phone, PhoneKind, demand_takes_codes, masked_phone
from bot.domain.errors import InputError

MOBILE = Phone(number="+79123456789", region="RU", kind=PhoneKind.MOBILE)


def test_a_mobile_of_our_region_takes_codes() -> None:
    demand_takes_codes(MOBILE, regions={"RU", "BY"})


@pytest.mark.parametrize(
    ("phone", "key"),
    [
        (replace(MOBILE, region="KZ"), "contact-phone-abroad"),
        (replace(MOBILE, region=""), "contact-phone-abroad"),
        (replace(MOBILE, kind=PhoneKind.LANDLINE), "contact-phone-landline"),
        (replace(MOBILE, kind=PhoneKind.TOLL_FREE), "contact-phone-not-own"),
        (replace(MOBILE, kind=PhoneKind.OTHER), "contact-phone-not-own"),
    ],
)
def test_other_phones_do_not(phone: Phone, key: str) -> None:
    with pytest.raises(InputError) as caught:
        demand_takes_codes(phone, regions={"RU"})
    assert (caught.value.field, caught.value.phrase.key) == ("phone", key)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+79123456789", "+7 912 ***-**-89"),
        ("+375291234567", "+375*******67"),
        ("+12025550143", "+120******43"),
        ("+123456", "*******"),
        ("", ""),
    ],
)
def test_the_middle_of_a_number_is_hidden(number: str, shown: str) -> None:
    assert masked_phone(number) == shown
