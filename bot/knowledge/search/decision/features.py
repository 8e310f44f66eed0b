"""Features: what tells how sure one may be of the best match of a question, each by name and about 0 to 1."""

import math
from collections.abc import Sequence

from bot.knowledge.search.decision.names import asks_for_number, lacking_names, lacking_number
from bot.knowledge.search.engine import Found
from bot.knowledge.search.question.query import Form, Origin, Query
from bot.knowledge.search.ranking.ranker import Match
from bot.knowledge.search.ranking.weights import WEIGHTS
from bot.knowledge.search.text.morphology import is_verb

_GUESSED = frozenset({Origin.SPELLED, Origin.SOUNDS, Origin.ALIKE})
_MANY_WORDS = 8
_MUCH_SAID = 30.0
"""Weight of words beyond which more of them make nobody surer."""
_FIRST_FEW = 5
_FEW = 3
_CLOSE = 0.85
_EXACT = 0.79
_SAME = 0.5


NAMES = (
    "coverage",
    "title",
    "focus",
    "pairs",
    "together",
    "close",
    "heaviest",
    "titled",
    "concepts",
    "few_concepts",
    "known_theme",
    "met_theme",
    "unity",
    "theme",
    "elsewhere",
    "named",
    "margin",
    "coverage_margin",
    "pairs_margin",
    "names_lacking",
    "name_lacking",
    "number_lacking",
    "asks_for_number",
    "crowd",
    "agreement",
    "strength",
    "letters_strength",
    "missing",
    "verbs_missing",
    "exact",
    "sharpness",
    "said",
    "length",
    "unknown",
    "guessed",
)
"""All features."""


def features_of(found: Found) -> dict[str, float]:
    """Measure the best match of what was found, of which there is at least one."""
    query, theme = found.query, found.theme
    best, others = found.matches[0], found.matches[1:]
    total = sum(term.weight for term in query.terms) or 1.0
    nearest = [term.forms[0] if term.forms else None for term in query.terms]
    unknown = sum(term.weight for term in query.terms if not term.is_known)
    names_lacking, name_lacking = lacking_names(query, best)
    guessed = sum(term.weight for term, form in zip(query.terms, nearest, strict=True) if _is_guessed(form))
    return {
        "coverage": best.signals["coverage"],
        "title": best.signals["title"],
        "focus": best.signals["focus"],
        "pairs": best.signals["pairs"],
        "together": best.signals["together"],
        "close": best.signals["close"],
        "heaviest": _heaviest(query, best),
        "titled": best.signals["titled"],
        "concepts": best.signals["concepts"],
        "few_concepts": sum(each.signals["concepts"] for each in found.matches[:_FEW]) / _FEW,
        "known_theme": theme.known,
        "met_theme": theme.met,
        "unity": theme.unity,
        "theme": theme.strength,
        "elsewhere": found.elsewhere,
        "named": best.signals["named"],
        "margin": margin(best, others),
        "coverage_margin": _ahead("coverage", best, others),
        "pairs_margin": _ahead("pairs", best, others),
        "names_lacking": names_lacking,
        "name_lacking": name_lacking,
        "number_lacking": lacking_number(query, best),
        "asks_for_number": float(asks_for_number(query)),
        "crowd": sum(each.rank >= _CLOSE * best.rank for each in others[: _FIRST_FEW - 1]) / (_FIRST_FEW - 1),
        "agreement": _agreement(best),
        "strength": best.signals["strength"],
        "letters_strength": best.signals.get("letters_strength", best.signals["strength"]),
        "missing": _heaviest_missing(query, best) / total,
        "verbs_missing": _verbs_missing(query, best) / total,
        "exact": sum(term.weight for term, like in zip(query.terms, best.words, strict=True) if like >= _EXACT) / total,
        "sharpness": _sharpness(best, others),
        "said": min(1.0, best.signals["coverage"] * total / _MUCH_SAID) ** 0.5,
        "length": min(1.0, math.log1p(len(query.terms)) / math.log1p(_MANY_WORDS)),
        "unknown": unknown / total,
        "guessed": guessed / total,
    }


def margin(best: Match, others: Sequence[Match]) -> float:
    """Tell how far the best match is ahead of the next that could be meant, 0 to 1."""
    rival = next((match for match in others if match.is_sure and match.fitness >= best.fitness), None)
    return 1.0 if rival is None else max(0.0, (best.rank - rival.rank) / (best.rank or 1.0))


def _ahead(signal: str, best: Match, others: Sequence[Match]) -> float:
    """Tell how far the best match is ahead of all others by one signal; less than 0 where it is behind."""
    return best.signals[signal] - max((each.signals[signal] for each in others), default=0.0)


def _agreement(match: Match) -> float:
    """Share of the table's weight that the signals of this match reach."""
    reached = sum(WEIGHTS[name] * value for name, value in match.signals.items())
    return reached / sum(WEIGHTS[name] for name in match.signals)


def _heaviest(query: Query, match: Match) -> float:
    """Tell how alike the words that say most are to the nearest of the document, on average."""
    heaviest = sorted(zip(query.terms, match.words, strict=True), key=lambda each: -each[0].weight)[:_FEW]
    return sum(like for _, like in heaviest) / max(len(heaviest), 1)


def _heaviest_missing(query: Query, match: Match) -> float:
    """Return the weight of the word that says most of those the document does not have."""
    missing = (term.weight for term, like in zip(query.terms, match.words, strict=True) if like < _SAME)
    return max(missing, default=0.0)


def _verbs_missing(query: Query, match: Match) -> float:
    """Return the weight of verbs that the document does not have: what is done is said in more ways than to what."""
    pairs = zip(query.terms, match.words, strict=True)
    return sum(term.weight * (1 - like) for term, like in pairs if is_verb(term.text))


def _sharpness(best: Match, others: Sequence[Match]) -> float:
    """Tell how far the best match stands out of the others on average."""
    if not others:
        return 1.0
    return 1 - sum(each.rank for each in others) / len(others) / (best.rank or 1.0)


def _is_guessed(form: Form | None) -> bool:
    return form is not None and form.origin in _GUESSED
