"""`klubok ask --explain`: a question taken apart, for whoever writes a pack or doubts an answer."""

from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table

from bot.knowledge.search.explanation import Candidate, Explanation
from bot.knowledge.search.ranking.weights import WEIGHTS

_MOST_FORMS = 6
_MOST_CANDIDATES = 5


def show_explanation(explanation: Explanation, console: Console) -> None:
    """Print what was understood, the best candidates with every signal, and why it came to this outcome."""
    console.print(Group(*_parts(explanation)))


def _parts(explanation: Explanation) -> Iterator[RenderableType]:
    yield f"\nread as: {explanation.text}"
    if explanation.words:
        yield _words(explanation)
    if explanation.models or explanation.has_unknown_model:
        unknown = ", and one that is not in the pack" if explanation.has_unknown_model else ""
        yield f"products named: {', '.join(explanation.models) or 'none'}{unknown}"
    if explanation.concepts:
        yield "about: " + ", ".join(f"{name} {weight:.2f}" for name, weight in explanation.concepts.items())
    if explanation.candidates:
        best = explanation.candidates[:_MOST_CANDIDATES]
        yield "candidates: " + ", ".join(f"{place} {each.source}" for place, each in enumerate(best, 1))
        yield _candidates(best)
    if explanation.features:
        yield "features: " + ", ".join(f"{name} {value:.2f}" for name, value in explanation.features.items())
    chances = f"the first is right with {explanation.meta.confidence}, one of the first few with {explanation.near}"
    yield f"{explanation.meta.kind}: {explanation.because}; {chances}"
    bounds = f"answered from {explanation.answer_from:g} on, offered as a choice from {explanation.clarify_from:g} on"
    yield f"what the pack's texts say is {bounds}"


def _words(explanation: Explanation) -> Table:
    table = Table("word", "lemma", "weight", "in the pack")
    for word in explanation.words:
        forms = (f"{form.term} ({form.origin} {form.likeness:.2f})" for form in word.forms[:_MOST_FORMS])
        table.add_row(word.typed, word.lemma, f"{word.weight:.2f}", ", ".join(forms) or "not there")
    return table


def _candidates(candidates: Sequence[Candidate]) -> Table:
    """Lay the signals that any candidate has out as lines, heaviest first, the candidates as columns, by place."""
    table = Table("signal", "weight", *(str(place) for place in range(1, len(candidates) + 1)))
    had = (name for name in candidates[0].signals if any(round(each.signals[name], 2) for each in candidates))
    names = sorted(had, key=lambda name: -WEIGHTS[name])
    for name in names:
        table.add_row(name, f"{WEIGHTS[name]:.2f}", *(f"{candidate.signals[name]:.2f}" for candidate in candidates))
    table.add_section()
    table.add_row("fitness", "", *(f"{candidate.fitness:.2f}" for candidate in candidates))
    table.add_row("rank", "", *(f"{candidate.rank:.2f}" for candidate in candidates))
    return table
