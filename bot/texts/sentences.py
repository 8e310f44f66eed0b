"""Sentences of one language, filled in; wraps fluent.runtime."""

import re
from collections.abc import Iterable, Mapping

from fluent.runtime import FluentBundle

from bot.texts.syntax import TextFile

_LONGEST_VALUE = 2000
"""Characters of a value that fluent.runtime takes with certainty: it refuses parts over 2500 (``MAX_PART_LENGTH``)."""

_MARK = re.compile("\ue000([\\w-]+)\ue001")  # private use: nobody writes these


class Sentences:
    """Sentences by key; later files override earlier ones message by message. Safe to use from several threads."""

    def __init__(self, language: str, files: Iterable[TextFile]) -> None:
        self.language = language
        # Isolating marks (U+2068, U+2069) would get into promo codes and links.
        self._bundle = FluentBundle([language], use_isolating=False)
        for file in files:
            self._bundle.add_resource(file.resource, allow_overrides=True)

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return self._bundle.has_message(key)

    def fill(self, key: str, params: Mapping[str, str | int]) -> tuple[str, tuple[str, ...]]:
        """Return the text of an existing sentence, and what went wrong (no values in it); then the text is unfit.

        Numbers are grouped as the language does; strings stay as they are, of any length.
        """
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            return "", ("it has no text",)
        long = {name: value for name, value in params.items() if isinstance(value, str) and len(value) > _LONGEST_VALUE}
        marked = {**params, **{name: f"\ue000{name}\ue001" for name in long}}
        text, errors = self._bundle.format_pattern(pattern, marked)
        filled = _MARK.sub(lambda mark: long.get(mark[1], mark[0]), str(text)) if long else str(text)
        return filled, tuple(_describe(fault) for fault in errors)


def _describe(fault: Exception) -> str:
    """Name a fault without the value that caused it, which may be personal."""
    return str(fault) if isinstance(fault, LookupError | ValueError) else type(fault).__name__
