"""Opening: the vault that a setting asks for."""

from bot.storage.vault.keys import read_keys
from bot.storage.vault.vault import PlainVault, Vault


def make_vault(keys: str) -> Vault:
    """Open a vault by the setting `keys`; without one values are written as they are.

    Raises:
        ValueError: the setting is not of its form.
    """
    found = read_keys(keys)
    if not found:
        return PlainVault()
    from bot.storage.vault.sealed import SealedVault  # noqa: PLC0415 - the library is for those who have a key

    return SealedVault(found)
