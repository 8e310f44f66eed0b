"""Advice: what is allowed in a pack and yet gives worse answers."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from bot.domain.catalogue import Catalogue, Offer, Param
from bot.domain.knowledge import FaqEntry
from bot.domain.pack import Pack
from bot.domain.problems import Problem, warning
from bot.knowledge.pack.places import Places
from bot.knowledge.progress import Progress, no_progress

MOST_QUESTIONS = 5_000
"""Questions of a FAQ up to which all are asked: some milliseconds each."""

Ranked: TypeAlias = Callable[[str], Sequence[tuple[str, float]]]
"""Ids of FAQ entries that a question finds with their ranks, best first, as if no entry had it word for word."""

_AS_GOOD = 0.9
_OFTEN = 0.5
"""Another entry is as good as this share of the right one, for this share of its questions: nobody tells them apart."""
_FEWEST_NUMBERS = 3
_MOSTLY = 0.7
_STAGE = "questions"
_NUMBER = re.compile(r"[-+~≈<>≤≥]?\s*\d")


def advise(pack: Pack, ranked: Ranked, places: Places, *, progress: Progress = no_progress) -> list[Problem]:
    """Return warnings about FAQ entries that hide each other, and params that are numbers here and words there."""
    return [*_about_faq(pack, ranked, places, progress), *_about_params(pack.catalogue)]


def _about_faq(pack: Pack, ranked: Ranked, places: Places, progress: Progress) -> Iterator[Problem]:
    total = sum(len(entry.questions) for entry in pack.faq.values())
    if total > MOST_QUESTIONS:
        return
    done, told = 0, set[frozenset[str]]()
    for entry in pack.faq.values():
        rivals = {question: _rival(entry.id, ranked(question)) for question in entry.questions}
        done += len(rivals)
        progress(_STAGE, done, total)
        near = Counter(rival for rival, share in rivals.values() if share >= _AS_GOOD)
        same = Counter(rival for rival, share in rivals.values() if share == 1)
        alike = {rival for rival, count in near.items() if _is_often(count, same[rival], len(rivals))}
        for rival in sorted(alike):
            if frozenset({entry.id, rival}) not in told:
                told.add(frozenset({entry.id, rival}))
                yield _alike(entry, rival, near[rival], places)
        for question, (rival, share) in rivals.items():
            if share > 1 and rival not in alike:
                yield _hidden(entry, question, rival, places)


def _is_often(near: int, same: int, questions: int) -> bool:
    """Whether nobody tells two entries apart: one question nearly alike is chance, one that is the same is none."""
    return (near > 1 or same > 0) and near >= questions * _OFTEN


def _rival(entry: str, found: Sequence[tuple[str, float]]) -> tuple[str, float]:
    """Return the best other entry, and how good it is against the right one: above 1 it is found first."""
    own = next((rank for name, rank in found if name == entry), 0.0)
    rival, rank = next(((name, rank) for name, rank in found if name != entry), ("", 0.0))
    if not rank:
        return rival, 0.0
    return rival, rank / own if own else float("inf")


def _alike(entry: FaqEntry, rival: str, count: int, places: Places) -> Problem:
    file, line = _place(entry, entry.questions[0], places)
    text = (
        f"faq entry {entry.id} can hardly be told from {rival}: {count} of its {len(entry.questions)} questions find"
        " both alike; join the two, or ask in words that only one of them has"
    )
    return warning("alike-entries", text, file=file, line=line)


def _hidden(entry: FaqEntry, question: str, rival: str, places: Places) -> Problem:
    file, line = _place(entry, question, places)
    text = (
        f"faq entry {entry.id}: what is asked nearly like “{question[:60]}” finds {rival} first;"
        " add words that tell them apart, or move the question"
    )
    return warning("hidden-question", text, file=file, line=line)


def _place(entry: FaqEntry, question: str, places: Places) -> tuple[str, int | None]:
    return places.get((entry.id, question), ("faq.yaml", None))


def _about_params(catalogue: Catalogue) -> Iterator[Problem]:
    """Report for each shelf the params that are numbers in most offers, or have a unit, and words in a few."""
    shelves: defaultdict[tuple[str, str], list[tuple[Offer, Param]]] = defaultdict(list)
    for offer in catalogue.offers.values():
        shelf = next(iter(offer.category_ids), "")
        for param in offer.params:
            shelves[shelf, param.name].append((offer, param))
    for (shelf, name), params in shelves.items():
        numbers = [param for _, param in params if _NUMBER.match(param.value)]
        worded = [(offer, param.value) for offer, param in params if not any(map(str.isdigit, param.value))]
        is_measured = any(param.unit for param in numbers)
        if worded and (is_measured or len(numbers) >= max(_FEWEST_NUMBERS, _MOSTLY * len(params))):
            yield _worded(catalogue, shelf, name, len(numbers), worded)


def _worded(catalogue: Catalogue, shelf: str, name: str, numbers: int, worded: Sequence[tuple[Offer, str]]) -> Problem:
    category = catalogue.categories.get(shelf)
    where = f" in “{category.name[:60]}”" if category else ""
    offer, value = worded[0]
    text = (
        f"param “{name[:60]}”{where} is a number in {numbers} offers and words in {len(worded)}, such as"
        f" “{value[:60]}” of offer {offer.id[:60]}; such offers are left out where numbers are compared"
    )
    return warning("mixed-param", text, file="catalogue", count=len(worded))
