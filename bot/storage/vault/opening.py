"""Opening: the vault that a setting asks for."""

import logging

from bot.storage.vault.keys import read_keys
from bot.storage.vault.vault import PlainVault, Vault

logger = logging.getLogger(__name__)


def make_vault(keys: str) -> Vault:
    """Open a vault by the setting `keys`; without one values are written as they are, and the log says so.

    Raises:
        ValueError: the setting is not of its form.
    """
    found = read_keys(keys)
    if not found:
        logger.warning(
            "vault.plain names, phones, e-mails and birthdays are stored without encryption: set KLUBOK_VAULT_KEY"
        )
        return PlainVault()
    from bot.storage.vault.sealed import SealedVault  # noqa: PLC0415 - the library is for those who have a key

    return SealedVault(found)
