"""Strangers: words of a question that look like names and that the pack does not have."""

from bot.domain.text import has_cyrillic
from bot.knowledge.search.question.query import Origin, Query, Term
from bot.knowledge.search.text.morphology import is_cyrillic, is_place, is_russian_word
from bot.knowledge.search.text.parts import has_digit


def strangers_in(query: Query) -> list[Term]:
    """Return the words that may name a brand, a model or a thing that the pack knows nothing about."""
    is_russian = has_cyrillic(query.text)
    return [term for term in query.terms if _is_stranger(term, is_russian=is_russian)]


def _is_stranger(term: Term, *, is_russian: bool) -> bool:
    if term.phrases or any(form.origin is not Origin.ALIKE for form in term.forms):
        return False
    word = term.text
    if has_digit(word):
        return not word[0].isdigit()
    if is_cyrillic(word):
        return not (is_russian_word(word) or is_place(word))
    return is_russian and word.isalpha()
