"""Knowledge: what the brand wrote to be read by people: FAQ entries and articles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.text import has_cyrillic

LONGEST_LABEL = 40
"""Characters of a button's label that VK takes. Source: VK's keyboard documentation, checked so by vk-io."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqButton:
    """A button under an answer: exactly one of `url` (opens a page) and `ask` (asks another question) is set."""

    label: str
    label_en: str = ""
    url: str = ""
    ask: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqEntry:
    """A question people ask and its answer. `questions` has at least one phrasing; the first is shown on buttons.

    The last `learned` phrasings are people's own words: the entry is found by them, and never shown by them. `answers`
    is by language and has at least the pack's default language.
    """

    id: str
    questions: tuple[str, ...]
    answers: Mapping[str, str]
    buttons: tuple[FaqButton, ...] = ()
    learned: int = 0

    def question(self, language: str) -> str:
        """Return the first phrasing in `language`, told by its letters; the first of all where there is none."""
        is_russian = language == "ru"
        written = self.questions[: len(self.questions) - self.learned]
        return next((text for text in written if has_cyrillic(text) == is_russian), self.questions[0])

    def answer(self, language: str) -> str:
        """Return the answer in `language`, or in the language it was written in."""
        return self.answers.get(language) or next(iter(self.answers.values()))


@dataclass(frozen=True, slots=True)
class Concept:
    """Something people speak about, and the words and short phrases they have for it, in any language."""

    id: str
    expressions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """Ways to ask that people used and somebody attached to the entry `faq`. `by` and `at` may be unknown."""

    faq: str
    questions: tuple[str, ...]
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One section of an article: what an answer quotes. `section_id` is empty for the text before the first section."""

    article_id: str
    article_title: str
    section_id: str
    section_title: str
    text: str
    applies_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A manual or a guide. `applies_to` holds ids of offers or categories."""

    id: str
    title: str
    passages: tuple[Passage, ...] = field(default_factory=tuple)
    applies_to: tuple[str, ...] = ()
