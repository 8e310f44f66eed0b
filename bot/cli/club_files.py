"""What the imports of the club begin with: the pack that has a club, and a file."""

from pathlib import Path
from typing import NamedTuple

from bot.cli.log import log_settings
from bot.domain.errors import ConfigurationError
from bot.domain.loyalty.program import Program
from bot.domain.pack import Pack
from bot.knowing import read_pack
from bot.settings import Settings


class ClubPack(NamedTuple):
    """A pack with the programme of its club, and the settings it was opened by."""

    settings: Settings
    pack: Pack
    program: Program


def club_pack(pack: Path | None, database_url: str | None) -> ClubPack:
    """Open the pack.

    Raises:
        ConfigurationError: it has no club that can be used.
    """
    settings = log_settings(pack, database_url)
    loaded = read_pack(settings, settings.pack).pack
    if loaded is None or loaded.program is None:
        raise ConfigurationError("the pack has no club that can be used: see `klubok pack check`")
    return ClubPack(settings, loaded, loaded.program)


def read_file(file: Path) -> bytes:
    """Read a file whole.

    Raises:
        ConfigurationError: it cannot be read.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read: {error.strerror}") from error
