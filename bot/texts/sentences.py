"""Sentences of one language, filled in; wraps fluent.runtime."""

from collections.abc import Iterable, Mapping

from fluent.runtime import FluentBundle, resolver

from bot.texts.syntax import TextFile

# fluent.runtime refuses to put in more than 2500 characters at once: people write longer messages, which we quote.
resolver.MAX_PART_LENGTH = 100_000


class Sentences:
    """Sentences by key; later files override earlier ones message by message. Safe to use from several threads."""

    def __init__(self, language: str, files: Iterable[TextFile]) -> None:
        # Isolating marks (U+2068, U+2069) would get into promo codes and links.
        self._bundle = FluentBundle([language], use_isolating=False)
        for file in files:
            self._bundle.add_resource(file.resource, allow_overrides=True)

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return self._bundle.has_message(key)

    def fill(self, key: str, params: Mapping[str, str | int]) -> tuple[str, tuple[str, ...]]:
        """Return the text of an existing sentence, and what went wrong (no values in it); then the text is unfit.

        Numbers are grouped as the language does; strings stay as they are, of up to 100 000 characters.
        """
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            return "", ("it has no text",)
        text, faults = self._bundle.format_pattern(pattern, dict(params))
        return str(text), tuple(_describe(fault) for fault in faults)


def _describe(fault: Exception) -> str:
    """Name a fault without the value that caused it, which may be personal."""
    return str(fault) if isinstance(fault, LookupError | ValueError) else type(fault).__name__
