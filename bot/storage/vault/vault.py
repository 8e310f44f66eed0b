"""Vault: how a value of a person is written down, read back and looked up."""

import base64
import hashlib
from collections.abc import Sequence
from typing import Protocol

from bot.domain.errors import UnsealError

PLAIN = "plain"
"""Marks what was written without a key."""


class Vault(Protocol):
    """Seals values. A sealed value is bound to its `place` (table, row, column): moved elsewhere it cannot be read."""

    @property
    def is_encrypted(self) -> bool: ...

    def seal(self, value: str, *, place: str) -> str:
        """Return what is written to the database; two calls never give the same."""
        ...

    def unseal(self, sealed: str, *, place: str) -> str:
        """Return the value.

        Raises:
            UnsealError: its key is not given, or it was changed or moved.
        """
        ...

    def is_current(self, sealed: str) -> bool:
        """Whether it was sealed by the key in use; if not, it is time to seal it anew."""
        ...

    def lookup(self, value: str, *, kind: str) -> str:
        """Return a keyed hash: equal for equal values of one `kind`, so that they can be found and are unique."""
        ...

    def lookups(self, value: str, *, kind: str) -> Sequence[str]:
        """Return all hashes under which `value` may have been written, by the key in use first."""
        ...


class PlainVault:
    """Hides nothing: for trials. What it wrote is read by every other vault."""

    is_encrypted = False

    def seal(self, value: str, *, place: str) -> str:
        """Mark `value` as not encrypted."""
        return f"{PLAIN}.{value}"

    def unseal(self, sealed: str, *, place: str) -> str:
        """Return the value.

        Raises:
            UnsealError: it was sealed by a key.
        """
        mark, _, value = sealed.partition(".")
        if mark != PLAIN:
            raise UnsealError(f"sealed by key {mark}; is it in KLUBOK_VAULT_KEY?")
        return value

    def is_current(self, sealed: str) -> bool:
        """Whether it is not encrypted either."""
        return sealed.startswith(f"{PLAIN}.")

    def lookup(self, value: str, *, kind: str) -> str:
        """Return a hash without a key: who knows all phones can find out whose it is."""
        return f"{PLAIN}.{encoded(hashlib.sha256(marked(value, kind)).digest())}"

    def lookups(self, value: str, *, kind: str) -> Sequence[str]:
        """Return the only hash there is."""
        return (self.lookup(value, kind=kind),)


def marked(value: str, kind: str) -> bytes:
    """Keep equal values of different kinds apart; a `kind` has no NUL in it."""
    return f"{kind}\0{value}".encode()


def encoded(content: bytes) -> str:
    """Write bytes in letters, digits, ``-`` and ``_``."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
