"""Masking: people's own words without what tells who they are."""

import re

MASK = "…"
_PRIVATE = re.compile(
    r"""
    [^\s@<>"',;]+@[^\s@<>"',;]+\.\w+          # e-mail
    | (?<!\w)@\w{4,}                          # a name in a messenger
    | (?<![\w.,])\+?\d(?:[\s().-]{0,2}\d){9,} # a phone, a card: ten digits or more
    | (?<![\w.,-])\d{3}-\d{2}-\d{2}(?![\w-])  # a phone in its city
    """,
    re.VERBOSE,
)


def masked(text: str) -> str:
    """Put an ellipsis in the place of phones, cards, e-mails and names in messengers."""
    return _PRIVATE.sub(MASK, text)
