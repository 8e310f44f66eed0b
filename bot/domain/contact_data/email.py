"""E-mail: an address as it is written and as it is compared."""

from dataclasses import dataclass

_HIDDEN = "***"


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """A well-formed address. `key` is equal for addresses that differ in case only, which reach one box."""

    address: str
    key: str


def masked_email(address: str) -> str:
    """Hide all but the first letter of the box: ``a***@mail.example``."""
    box, _, host = address.rpartition("@")
    return f"{box[:1]}{_HIDDEN}@{host}"
