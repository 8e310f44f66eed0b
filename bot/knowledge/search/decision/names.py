"""Names: words of a question that name somebody or something, and its numbers, as far as an answer lacks them."""

import re

from bot.domain.text import fold
from bot.knowledge.search.question.query import Query, Term
from bot.knowledge.search.ranking.ranker import Match
from bot.knowledge.search.text.wordlists import counts

_WORD = re.compile(r"\w+")


def names_in(text: str) -> frozenset[str]:
    """Return the words of `text` with a capital letter, folded; the first word has one anyway."""
    return frozenset(fold(word) for word in _WORD.findall(text)[1:] if word[0].isupper())


def lacking_names(query: Query, match: Match) -> tuple[float, float]:
    """Tell what share of the question is names that `match` lacks, and how far it lacks the one it has least."""
    names = names_in(query.text)
    lacking = [(term.weight, 1 - like) for term, like in _with_likeness(query, match) if term.typed in names]
    total = sum(term.weight for term in query.terms) or 1.0
    return sum(weight * lack for weight, lack in lacking) / total, max((lack for _, lack in lacking), default=0.0)


def lacking_number(query: Query, match: Match) -> float:
    """Tell how far `match` lacks the number of the question that it has least."""
    return max((1 - like for term, like in _with_likeness(query, match) if term.text[0].isdigit()), default=0.0)


def asks_for_number(query: Query) -> bool:
    """Whether a count or a date is asked for: texts on the same matter often have none."""
    return any(map(counts, query.function_words))


def _with_likeness(query: Query, match: Match) -> list[tuple[Term, float]]:
    return list(zip(query.terms, match.words, strict=True))
