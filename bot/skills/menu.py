"""The menu of commands that a platform shows beside its input field."""

from collections.abc import Sequence

from bot.domain.replies import Phrase

MENU = (
    ("help", Phrase("menu-help")),
    ("club", Phrase("menu-club")),
    ("receipt", Phrase("menu-receipt")),
    ("devices", Phrase("menu-devices")),
    ("feedback", Phrase("menu-feedback")),
    ("person", Phrase("menu-person")),
    ("language", Phrase("menu-language")),
)
"""Each command, without its slash, with what it does."""
_OF_THE_CLUB = frozenset({"club", "receipt", "devices"})


def menu_of(*, has_club: bool) -> Sequence[tuple[str, Phrase]]:
    """Return the commands of a brand."""
    return [(command, phrase) for command, phrase in MENU if has_club or command not in _OF_THE_CLUB]
