"""Profile: what a member told about themselves. Kept sealed, in the identity vault only."""

from dataclasses import dataclass
from enum import StrEnum


class ProfileField(StrEnum):
    """What a member may tell about themselves. Kept sealed, in the identity vault only."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    BIRTHDAY = "birthday"


UNIQUE_FIELDS = frozenset({ProfileField.PHONE, ProfileField.EMAIL})
"""What no two members share: it is looked up to tell whether somebody is here already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a member told: empty where nothing was. `phone` is E.164, `birthday` is ISO 8601, perhaps without a year."""

    name: str = ""
    phone: str = ""
    email: str = ""
    birthday: str = ""
