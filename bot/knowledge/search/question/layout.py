"""Layout: words typed with the other keyboard layout on, typed again."""

from collections.abc import Callable

from bot.domain.text import switch_layout
from bot.knowledge.search.text.morphology import is_cyrillic, is_russian_word
from bot.knowledge.search.text.parts import split
from bot.knowledge.search.text.wordlists import is_stop

_SHORTEST = 3
_PUNCTUATION = ".,;:!?'\"()"


class Layout:
    """Retypes what only makes sense in the other layout, to people with the words that `knows` tells of."""

    def __init__(self, knows: Callable[[str], bool]) -> None:
        self._knows = knows

    def correct(self, text: str) -> str:
        """Return `text` with such words retyped, if any of them is then a word of the pack."""
        chunks = text.split()
        switched = [self._switched(chunk) for chunk in chunks]
        if not any(other and self._has_content(other) for other in switched):
            return text
        return " ".join(other or chunk for chunk, other in zip(chunks, switched, strict=True))

    def _switched(self, chunk: str) -> str | None:
        """Return `chunk` retyped, None where it makes sense as it is or makes none in the other layout either."""
        if self._makes_sense(chunk):
            return None
        tries = (switch_layout(chunk.rstrip(_PUNCTUATION)), switch_layout(chunk))
        return next((retyped for retyped in tries if self._makes_sense(retyped)), None)

    def _makes_sense(self, chunk: str) -> bool:
        if self._has_content(chunk):
            return True
        texts = [part.text for part in split(chunk)]
        return bool(texts) and all(is_stop(text) or (is_cyrillic(text) and is_russian_word(text)) for text in texts)

    def _has_content(self, chunk: str) -> bool:
        texts = [part.text for part in split(chunk)]
        return any(self._knows(text) for text in texts if len(text) >= _SHORTEST and not is_stop(text))
