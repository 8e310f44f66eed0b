"""Keys: the setting that encrypts the vault, read."""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

KEY_BYTES = 32
"""Bytes of a key: AES-256."""

MOST_KEYS = 16
FORM = "32 random bytes in base64; while keys are changed, VERSION:KEY of each, the newest first, joined by commas"

_VERSION = re.compile(r"[1-9][0-9]{0,3}")


@dataclass(frozen=True, slots=True)
class Key:
    """A key; what it sealed carries its `version`."""

    version: int
    secret: bytes = field(repr=False)


def read_keys(text: str) -> Sequence[Key]:
    """Read ``KEY`` or ``2:KEY,1:KEY``, the one in use first; none for an empty text.

    Raises:
        ValueError: it is of another form; the message says what is expected, never what was given.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    keys = [_read(part, is_alone=len(parts) == 1) for part in parts[:MOST_KEYS]]
    if len({key.version for key in keys}) < len(parts):
        raise ValueError(f"each key needs a version of its own; expected {FORM}")
    return keys


def _read(text: str, *, is_alone: bool) -> Key:
    version, colon, encoded = text.rpartition(":")
    if not (_VERSION.fullmatch(version) if colon else is_alone):
        raise ValueError(f"a version is a whole number from 1; expected {FORM}")
    try:
        secret = base64.b64decode(encoded.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(f"not base64; expected {FORM}") from None
    if len(secret) != KEY_BYTES:
        raise ValueError(f"a key of {len(secret)} bytes; expected {FORM}")
    return Key(int(version or 1), secret)
