"""Names: what platforms call people, sealed where there is a key; those written before there was one are read."""

import re

from bot.domain.errors import UnsealError
from bot.storage.vault.vault import Vault

_PLACE = "contacts.display_name"
_SEALED = re.compile(r"(v[1-9][0-9]{0,3}|plain)\.[\w-]*", re.ASCII)


class Names:
    """Writes and reads the names of contacts."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def write(self, name: str) -> str:
        """Return what is written; as it is where nothing is encrypted."""
        return self._vault.seal(name, place=_PLACE) if self._vault.is_encrypted else name

    def read(self, written: str | None) -> str | None:
        """Return the name; None where there is none, or its key is not given any more."""
        if not written:
            return None
        try:
            return self._vault.unseal(written, place=_PLACE)
        except UnsealError:
            return None if _SEALED.fullmatch(written) else written

    def is_current(self, written: str | None) -> bool:
        """Whether it is written as it would be now."""
        return not written or not self._vault.is_encrypted or self._vault.is_current(written)
