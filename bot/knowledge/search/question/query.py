"""Query: a question as the index can read it: weighted terms with the forms they may take, and the models named."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.knowledge.search.vocabulary.synonyms import Phrase


class Origin(StrEnum):
    """Why a term of the pack may stand for a word of the question."""

    WRITTEN = "written"
    SPELLED = "spelled"
    SOUNDS = "sounds"
    NICKNAME = "nickname"
    KIN = "kin"
    ALIKE = "alike"
    SYNONYM = "synonym"
    VERSION = "version"


TYPED = frozenset({Origin.WRITTEN, Origin.SPELLED, Origin.SOUNDS, Origin.NICKNAME})
"""Origins of forms that are the very word, however typed, or what the pack calls the same."""


@dataclass(frozen=True, slots=True)
class Form:
    """A term of the pack that a word may mean, as alike as `likeness` says, 0 to 1; `typed` is it with its ending."""

    term: str
    likeness: float
    origin: Origin
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A content word of the question. `forms` are the terms of the pack it may mean, the nearest first.

    `phrases` mean the same, as alike as given, when all their terms are there. `typed` is the word as typed.
    """

    text: str
    typed: str
    weight: float
    forms: tuple[Form, ...] = ()
    phrases: Mapping[Phrase, float] = field(default_factory=dict)
    is_model: bool = False
    is_card_word: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the pack has anything this word may mean."""
        return bool(self.forms or self.phrases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked.

    `text` is the question in the right keyboard layout. `models` are names of products that the pack sells, `relatives`
    are names that only begin like one that was asked for. `has_unknown_model`: a product was named that the pack does
    not sell.
    """

    text: str
    terms: tuple[Term, ...]
    function_words: frozenset[str] = frozenset()
    models: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    has_unknown_model: bool = False
