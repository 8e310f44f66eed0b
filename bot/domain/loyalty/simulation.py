"""Simulation: what the rules of a program would have given for purchases of the past. Nothing is stored."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from bot.domain.loyalty.earning import Purchase, Situation, earn_by_purchase
from bot.domain.loyalty.program import Program
from bot.domain.loyalty.tiers import Standing, review, window_start


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPurchase:
    """What `member` (any name) bought."""

    member: str
    purchase: Purchase


@dataclass(slots=True, kw_only=True)
class Simulated:
    """Points given, all told, by rule and by month (its first day), and how many members ended in which tier.

    `cut` are the points that caps and budgets took away.
    """

    purchases: int = 0
    paid_kopecks: int = 0
    points: int = 0
    cut: int = 0
    by_rule: Counter[str] = field(default_factory=Counter)
    by_month: Counter[date] = field(default_factory=Counter)
    by_member: Counter[str] = field(default_factory=Counter)
    by_tier: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Past:
    """What one member has so far."""

    standing: Standing | None = None
    earned: Counter[tuple[str, date]] = field(default_factory=Counter)
    qualifying: Counter[date] = field(default_factory=Counter)
    has_bought: bool = False


def simulate(program: Program, purchases: Iterable[PastPurchase]) -> Simulated:
    """Give points for `purchases` in the order of their times, with tiers, first purchases, caps and budgets."""
    result, members, spent = Simulated(), dict[str, _Past](), Counter[str]()
    for past in sorted(purchases, key=lambda past: past.purchase.at):
        member = members.setdefault(past.member, _Past())
        day = past.purchase.at.astimezone(program.zone).date()
        _count(program, past, member, result=result, spent=spent)
        start = window_start(program, day)
        qualifying = sum(points for month, points in member.qualifying.items() if month >= start)
        member.standing = review(program, member.standing, qualifying=qualifying, day=day)
    result.by_tier.update(member.standing.tier for member in members.values() if member.standing is not None)
    return result


def _count(program: Program, past: PastPurchase, member: _Past, *, result: Simulated, spent: Counter[str]) -> None:
    month = past.purchase.at.astimezone(program.zone).date().replace(day=1)
    situation = Situation(
        tier=program.tier(member.standing.tier) if member.standing else None,
        is_first=past.purchase.paid_kopecks > 0 and not member.has_bought,
        earned={rule: points for (rule, when), points in member.earned.items() if when == month},
        spent=spent,
    )
    for accrual in earn_by_purchase(program, past.purchase, situation):
        rule, points = accrual.rule.id, accrual.points
        result.points += points
        result.cut += int(accrual.inputs.get("before_caps", points)) - points
        result.by_rule[rule] += points
        result.by_month[month] += points
        result.by_member[past.member] += points
        member.earned[rule, month] += points
        member.qualifying[month] += accrual.qualifying
        spent[rule] += points
    member.has_bought = member.has_bought or past.purchase.paid_kopecks > 0
    result.purchases += 1
    result.paid_kopecks += past.purchase.paid_kopecks


def without_dates(program: Program) -> Program:
    """Let the rules count on every day: what a promotion of next month would have given last quarter."""
    return replace(program, rules=tuple(replace(rule, since=None, until=None) for rule in program.rules))
