"""The menu of commands that a platform shows beside its input field."""

from bot.domain.replies import Phrase

MENU = (
    ("help", Phrase("menu-help")),
    ("feedback", Phrase("menu-feedback")),
    ("person", Phrase("menu-person")),
    ("language", Phrase("menu-language")),
)
"""Each command, without its slash, with what it does."""
