"""Translator: phrase key to text in the reader's language."""

from typing import Protocol

from bot.domain.replies import Phrase


class Translator(Protocol):
    """Sentences by key. What is loaded may change between two calls, never within one."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages that can be spoken, the default first."""
        ...

    def text(self, phrase: Phrase, language: str) -> str:
        """Fill the phrase in; falls back to the default language. Unescaped: that is the channel's matter."""
        ...

    def words(self, key: str) -> frozenset[str]:
        """Return a comma-separated list of words, folded, of all languages together: what people may type."""
        ...
