"""Sealed: `Vault` by AES-256-GCM and HMAC-SHA-256, each with keys of their own made from one secret."""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.domain.errors import UnsealError
from bot.storage.vault.keys import KEY_BYTES, Key
from bot.storage.vault.vault import PLAIN, PlainVault, encoded, marked

_NONCE_BYTES = 12  # NIST SP 800-38D: safe for 2^32 values by one key
_BLOCK = 4


class SealedVault:
    """Seals by the first of `keys`, at least one; reads what any of them sealed, and what was never sealed."""

    is_encrypted = True

    def __init__(self, keys: Sequence[Key]) -> None:
        self._current = f"v{keys[0].version}"
        self._ciphers = {f"v{key.version}": AESGCM(_derived(key, "seal")) for key in keys}
        self._hash_keys = {f"v{key.version}": _derived(key, "lookup") for key in keys}
        self._plain = PlainVault()

    def seal(self, value: str, *, place: str) -> str:
        """Encrypt by the key in use, bound to `place`."""
        nonce = os.urandom(_NONCE_BYTES)
        content = self._ciphers[self._current].encrypt(nonce, value.encode(), place.encode())
        return f"{self._current}.{encoded(nonce + content)}"

    def unseal(self, sealed: str, *, place: str) -> str:
        """Decrypt.

        Raises:
            UnsealError: its key is not given, or it was changed or moved.
        """
        version, _, text = sealed.partition(".")
        if version == PLAIN:
            return self._plain.unseal(sealed, place=place)
        if version not in self._ciphers:
            raise UnsealError(f"sealed by key {version}; is it in KLUBOK_VAULT_KEY?")
        try:
            content = base64.b64decode(text + "=" * (-len(text) % _BLOCK), altchars=b"-_", validate=True)
            nonce, rest = content[:_NONCE_BYTES], content[_NONCE_BYTES:]
            return self._ciphers[version].decrypt(nonce, rest, place.encode()).decode()
        except (InvalidTag, binascii.Error, ValueError):
            raise UnsealError(f"not what key {version} sealed here") from None

    def is_current(self, sealed: str) -> bool:
        """Whether the key in use sealed it."""
        return sealed.startswith(f"{self._current}.")

    def lookup(self, value: str, *, kind: str) -> str:
        """Hash by the key in use."""
        return self._hash(self._current, value, kind)

    def lookups(self, value: str, *, kind: str) -> Sequence[str]:
        """Hash by every key, and as it was done without any."""
        hashes = [self._hash(version, value, kind) for version in self._hash_keys]
        return (*hashes, self._plain.lookup(value, kind=kind))

    def _hash(self, version: str, value: str, kind: str) -> str:
        digest = hmac.new(self._hash_keys[version], marked(value, kind), hashlib.sha256).digest()
        return f"{version}.{encoded(digest)}"


def _derived(key: Key, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"klubok vault {purpose}".encode()).derive(key.secret)
