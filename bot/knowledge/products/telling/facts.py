"""Facts: what the feed says about an offer, with the unit, or that it does not say."""

from collections.abc import Iterable, Sequence

from bot.domain.goods_answers import AttributeAnswer, Fact, OfferFacts, Verdict
from bot.knowledge.products.goods.columns import Column, flag_of
from bot.knowledge.products.knowing import Knowing

_MOST_THINGS = 5
_MOST_FACTS = 4
_MOST_VARIANTS = 5


def fact(known: Knowing, row: int, column: Column, *, wants_verdict: bool = False) -> Fact:
    """Return what the feed says about `column` of one offer. A verdict is given on what is or is not there."""
    param = known.goods.param(row, column.key)
    if param is None or not param.value.strip():
        return Fact(name=column.name, verdict=Verdict.UNSAID)
    value = f"{param.value} {param.unit}".strip() if param.unit not in _GLUED else f"{param.value}{param.unit}"
    flag = flag_of(param.value.strip().lower().replace("ё", "е")) if not param.unit else -1
    if column.is_yes_no or flag == 0:
        verdict = {1: Verdict.YES, 0: Verdict.NO}.get(flag, Verdict.STATED)
    elif wants_verdict and column.is_numeric:
        verdict = Verdict.NO if param.value.strip() in {"0", "0.0"} else Verdict.HAS
    else:
        verdict = Verdict.STATED
    return Fact(name=param.name, value=value, verdict=verdict)


def attribute(
    known: Knowing, groups: Sequence[Sequence[int]], columns: Sequence[Column], *, wants_verdict: bool
) -> AttributeAnswer:
    """Tell `columns` of the first offer of each group, and of variants of the only product that differ in them."""
    shown = columns[:_MOST_FACTS]
    firsts = _one_per_product(known, groups)[:_MOST_THINGS]
    items = tuple(_facts(known, row, shown, wants_verdict=wants_verdict) for row in firsts)
    variants: tuple[OfferFacts, ...] = ()
    if len(items) == 1:
        rows = [row for row in known.goods.variants(firsts[0]) if row != firsts[0]]
        variants = tuple(_different(items[0], [_facts(known, row, shown) for row in rows]))[:_MOST_VARIANTS]
    return AttributeAnswer(items=items, variants=variants)


def unsaid(known: Knowing, rows: Sequence[int], name: str) -> AttributeAnswer:
    """Say that the feed does not tell `name` of these offers."""
    nothing = (Fact(name=name, verdict=Verdict.UNSAID),)
    return AttributeAnswer(items=tuple(OfferFacts(offer=known.offer(row), facts=nothing) for row in rows))


def _facts(known: Knowing, row: int, columns: Sequence[Column], *, wants_verdict: bool = False) -> OfferFacts:
    facts = tuple(fact(known, row, column, wants_verdict=wants_verdict) for column in columns)
    told = tuple(each for each in facts if each.verdict is not Verdict.UNSAID)
    return OfferFacts(offer=known.offer(row), facts=told or facts[:1])


def _different(first: OfferFacts, others: Iterable[OfferFacts]) -> Iterable[OfferFacts]:
    """Yield of the variants each that says something new."""
    seen = {tuple(each.value for each in first.facts)}
    for other in others:
        told = tuple(each.value for each in other.facts)
        if told not in seen:
            seen.add(told)
            yield other


def _one_per_product(known: Knowing, groups: Sequence[Sequence[int]]) -> list[int]:
    found: dict[int, int] = {}
    for group in groups:
        for row in group:
            found.setdefault(int(known.goods.products[row]), row)
    return list(found.values())


_GLUED = frozenset('"″”%°x')
"""Units that are written without a space."""
