"""Earning: how many points something gives, by which rule, and from what it was counted."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from typing import TypeAlias

from bot.domain.loyalty.entry import MOST_POINTS
from bot.domain.loyalty.program import Program, QualifyBy, Rule, RuleKind, Tier

OF_FIRST_PURCHASE = "first_purchase"
"""Input of what was given because nothing had been bought before."""
KOPECKS_PER_ROUBLE, KOPECKS_PER_100_ROUBLES = 100, 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Goods of one kind in a purchase; `paid_kopecks` is for all of them, discounts and points taken off."""

    number: int
    paid_kopecks: int
    product: str = ""
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """What was bought. `source` names it in the whole programme: ``order:123``, ``receipt:9287…-13571``."""

    source: str
    kind: RuleKind
    at: datetime
    lines: tuple[Line, ...]

    @property
    def paid_kopecks(self) -> int:
        """What all of it cost."""
        return sum(line.paid_kopecks for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a rule looks at besides the purchase.

    `earned` are the points of this member by rule in the month; `spent` those of everybody by rule, for budgets.
    """

    tier: Tier | None = None
    is_first: bool = False
    earned: Mapping[str, int] = field(default_factory=dict)
    spent: Mapping[str, int] = field(default_factory=dict)

    @property
    def multiplier(self) -> Fraction:
        """What the tier multiplies by."""
        return self.tier.multiplier if self.tier else Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accrual:
    """Points by one rule. `lines` are what it counted, `inputs` all that went into the number."""

    rule: Rule
    points: int
    qualifying: int = 0
    lines: tuple[int, ...] = ()
    inputs: Mapping[str, str | int] = field(default_factory=dict)


def earn_by_purchase(program: Program, purchase: Purchase, situation: Situation) -> list[Accrual]:
    """Count what a purchase gives.

    Of several rules with a rate the best counts for a line, and of several multipliers the best one; a rule that a cap
    or a budget leaves too little gives way to the others. Only full hundreds of roubles count, all lines of a rule
    together; fractions of a point are dropped.
    """
    day = purchase.at.astimezone(program.zone).date()
    rules = program.active(purchase.kind, day)
    rates = _Sharing(situation, "per_100_roubles", lambda rule, lines: _by_rate(program, rule, lines, situation))
    groups = rates.groups(rules, purchase.lines)
    rated = [(rates.count(*group), group[1]) for group in groups]
    times = _Sharing(situation, "multiplier", lambda rule, lines: _by_multiplier(rule, lines, rated, situation))
    found = [accrual for accrual, _ in rated]
    found += [times.count(*group) for group in times.groups(rules, purchase.lines)]
    found += _fixed_for_lines(program, rules, purchase.lines, groups)
    if situation.is_first:
        found.extend(_fixed(program, rule) for rule in program.active(RuleKind.FIRST_PURCHASE, day) if rule.points)
    return [_limited(accrual, situation) for accrual in found if accrual.points or accrual.qualifying]


def earn_by_event(
    program: Program, kind: RuleKind, day: date, situation: Situation, *, line: Line | None = None
) -> list[Accrual]:
    """Count what something else gives on `day`; `line` is the product it is about, for rules of some goods only."""
    rules = [
        rule
        for rule in program.active(kind, day)
        if rule.points and (line is None or rule.covers(line.product, line.categories))
    ]
    return [_limited(_fixed(program, rule), situation) for rule in rules]


def returned_points(earned: int, *, paid: int, returned: int, reversed_before: int) -> int:
    """Tell how many points a return takes back now, when `returned` of `paid` kopecks have come back so far.

    In proportion, in favour of the member while something is kept; to the last point when everything is back.
    """
    if paid <= 0 or returned >= paid:
        return max(earned - reversed_before, 0)
    return max(earned * returned // paid - reversed_before, 0)


_Group: TypeAlias = tuple[Rule, list[Line]]


@dataclass(frozen=True, slots=True)
class _Sharing:
    """Shares lines out among the rules that have a `value`; `count` tells what a rule gives for lines."""

    situation: Situation
    value: str
    count: Callable[[Rule, Sequence[Line]], Accrual]

    def groups(self, rules: Sequence[Rule], lines: Sequence[Line]) -> list[_Group]:
        """Give every line to the best rule; what is used up must not give less than there is without it."""
        plain = _by_rule(rules, lines, self.value)
        shared: dict[str, _Group] = {}
        for rule, covered in (part for group in plain for part in self._instead(rules, group)):
            shared.setdefault(rule.id, (rule, []))[1].extend(covered)
        found = [(rule, sorted(covered, key=lambda line: line.number)) for rule, covered in shared.values()]
        return found if self._given(found) > self._given(plain) else plain

    def _instead(self, rules: Sequence[Rule], group: _Group) -> list[_Group]:
        rule, covered = group
        given = self._given([group])
        if given == self.count(rule, covered).points:
            return [group]
        others = self.groups([other for other in rules if other is not rule], covered)
        return others if self._given(others) > given else [group]

    def _given(self, groups: Iterable[_Group]) -> int:
        return sum(_limited(self.count(*group), self.situation).points for group in groups)


def _by_rule(rules: Iterable[Rule], lines: Iterable[Line], value: str) -> list[_Group]:
    """Give every line to the rule with the highest `value` that covers it, the first written among equals."""
    offering = [rule for rule in rules if getattr(rule, value)]
    groups: dict[str, _Group] = {}
    for line in lines:
        covering = [rule for rule in offering if rule.covers(line.product, line.categories)]
        if covering:
            best = max(covering, key=lambda rule: getattr(rule, value))
            groups.setdefault(best.id, (best, []))[1].append(line)
    return list(groups.values())


def _by_rate(program: Program, rule: Rule, lines: Sequence[Line], situation: Situation) -> Accrual:
    paid = sum(line.paid_kopecks for line in lines)
    base = paid // KOPECKS_PER_100_ROUBLES * rule.per_100_roubles
    qualifying = base if program.qualify_by is QualifyBy.POINTS else paid // KOPECKS_PER_ROUBLE
    inputs: dict[str, str | int] = {
        "paid_kopecks": paid,
        "per_100_roubles": rule.per_100_roubles,
        "tier": situation.tier.id if situation.tier else "",
        "multiplier": str(situation.multiplier),
        "rounding": "down",
    }
    return Accrual(
        rule=rule,
        points=int(base * situation.multiplier),
        qualifying=qualifying if rule.is_qualifying else 0,
        lines=tuple(line.number for line in lines),
        inputs=inputs,
    )


def _by_multiplier(
    rule: Rule, lines: Sequence[Line], rated: Sequence[tuple[Accrual, Sequence[Line]]], situation: Situation
) -> Accrual:
    """Count what comes on top of what the rates give for the same lines, their caps kept."""
    base = Fraction(0)
    for by_rate, covered in rated:
        paid = sum(line.paid_kopecks for line in covered if line in lines)
        kept = Fraction(_limited(by_rate, situation).points, by_rate.points) if by_rate.points else 1
        base += paid // KOPECKS_PER_100_ROUBLES * by_rate.rule.per_100_roubles * kept
    return Accrual(
        rule=rule,
        points=max(int(base * situation.multiplier * (rule.multiplier - 1)), 0),
        lines=tuple(line.number for line in lines),
        inputs={
            "paid_kopecks": sum(line.paid_kopecks for line in lines),
            "base": int(base),
            "times": str(rule.multiplier),
            "multiplier": str(situation.multiplier),
            "rounding": "down",
        },
    )


def _fixed_for_lines(
    program: Program, rules: Sequence[Rule], lines: Sequence[Line], groups: Sequence[_Group]
) -> Iterator[Accrual]:
    """Count what goods give as such; roubles that a rule with a rate counted for the tier are not counted again."""
    counted = {line.number for rule, rated in groups if rule.is_qualifying for line in rated}
    for rule in (rule for rule in rules if rule.points):
        covered = [line for line in lines if rule.covers(line.product, line.categories)]
        if covered:
            yield _fixed(program, rule, [line for line in covered if line.number not in counted])
            counted |= {line.number for line in covered if rule.is_qualifying}


def _fixed(program: Program, rule: Rule, lines: Sequence[Line] = ()) -> Accrual:
    """Count a fixed number of points; where roubles lead to a tier, those of `lines` do, and points do not."""
    is_by_points = program.qualify_by is QualifyBy.POINTS
    qualifying = rule.points if is_by_points else sum(line.paid_kopecks for line in lines) // KOPECKS_PER_ROUBLE
    return Accrual(
        rule=rule,
        points=rule.points,
        qualifying=qualifying if rule.is_qualifying else 0,
        inputs={"points": rule.points, **({OF_FIRST_PURCHASE: 1} if rule.kind is RuleKind.FIRST_PURCHASE else {})},
    )


def _limited(accrual: Accrual, situation: Situation) -> Accrual:
    """Cut to what the caps leave; nothing is written down too, so that nobody wonders."""
    rule, points, inputs = accrual.rule, accrual.points, dict(accrual.inputs)
    for name, limit, used in (
        ("most", MOST_POINTS, 0),
        ("cap_left", rule.cap_per_month, situation.earned.get(rule.id, 0)),
        ("budget_left", rule.budget, situation.spent.get(rule.id, 0)),
    ):
        if limit is not None and points > (left := max(limit - used, 0)):
            inputs |= {"before_caps": accrual.points, name: left}
            points = left
    return replace(accrual, points=points, qualifying=min(accrual.qualifying, MOST_POINTS), inputs=inputs)
