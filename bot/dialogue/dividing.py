"""Dividing: several questions in one message, cut where each half asks by itself."""

import re
from collections.abc import Iterator, Sequence

from bot.dialogue.phrases import Translator
from bot.domain.text import fold, words

MOST_PARTS = 3
LONGEST_TEXT = 600
"""Characters; who writes more tells a story, and its sentences belong together."""
_FEWEST_WORDS = 2
_SENTENCE_END = re.compile(r"(?<=[?!.…])\s+|\n+")
_WORD = re.compile(r"\w+")
_BETWEEN = " \t\n,;:—–-"


class Divider:
    """Knows the words that ask and those that join, in every language."""

    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    def divide(self, text: str) -> Sequence[str]:
        """Return the questions in `text`, in order, at most three; `text` itself when it is one."""
        if len(text) > LONGEST_TEXT:
            return [text]
        parts = [part for question in self._questions(text) for part in self._halves(question)]
        return parts[:MOST_PARTS] if len(parts) > 1 else [text]

    def _questions(self, text: str) -> list[str]:
        """Cut between sentences. What asks nothing stays with the question after it, or else before it."""
        questions: list[str] = []
        said_before = ""
        for sentence in filter(str.strip, _SENTENCE_END.split(text)):
            so_far = f"{said_before} {sentence}".strip()
            if self._asks(sentence):
                questions.append(so_far)
                said_before = ""
            else:
                said_before = so_far
        if questions and said_before:
            questions[-1] = f"{questions[-1]} {said_before}"
        return questions or [text]

    def _halves(self, question: str) -> Iterator[str]:
        """Cut at “and” before a word that asks, where what stands before it asks, too."""
        rest = question
        for start, end in self._joints(question):
            at = len(question) - len(rest)
            half = rest[: start - at].strip(_BETWEEN)
            if self._is_question(half) and self._is_question(question[end:]):
                yield half
                rest = question[end:]
        yield rest.strip(_BETWEEN)

    def _joints(self, question: str) -> Iterator[tuple[int, int]]:
        """Yield where a run of joining words begins and where the word that asks after it does.

        Before a word that asked before, a comma joins as well: “how to …, how to … and how to …”.
        """
        joining, asking = self._translator.words("words-joining"), self._translator.words("words-asking")
        start: int | None = None
        asked: set[str] = set()
        for found in _WORD.finditer(question):
            word = fold(found.group())
            if word in joining:
                start = found.start() if start is None else start
                continue
            if start is None and word in asked and question[: found.start()].rstrip().endswith(","):
                start = found.start()
            if start is not None and word in asking:
                yield start, found.start()
            start = None
            asked |= asking & {word}

    def _asks(self, sentence: str) -> bool:
        if sentence.rstrip().endswith("?"):
            return len(words(sentence)) >= _FEWEST_WORDS
        if sentence.rstrip().endswith("."):
            return False  # “As you know, …”
        joining = self._translator.words("words-joining")
        first = next((word for word in words(sentence) if word not in joining), "")
        return first in self._translator.words("words-asking")

    def _is_question(self, half: str) -> bool:
        said = words(half)
        return len(said) >= _FEWEST_WORDS and bool(self._translator.words("words-asking").intersection(said))
