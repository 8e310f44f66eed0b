"""Tiers: which level somebody has, until when, and what is missing to the next. Never worse than promised."""

from dataclasses import dataclass
from datetime import date

from bot.domain.loyalty.program import Program, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A tier that somebody has `since` a day; it is promised to them through `until`. `tier` is an id."""

    tier: str
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NextTier:
    """What is missing to a higher tier, in qualifying points or roubles."""

    tier: Tier
    missing: int


def window_start(program: Program, day: date) -> date:
    """Tell from when on qualifying points count on `day`: whole months, the first one in full."""
    return program.tier_period.before(day).replace(day=1)


def deserved(program: Program, qualifying: int) -> Tier | None:
    """Find the highest tier that `qualifying` points lead to; None where the club has no tiers."""
    return next((tier for tier in reversed(program.tiers) if tier.start <= qualifying), None)


def review(program: Program, standing: Standing | None, *, qualifying: int, day: date) -> Standing | None:
    """Tell the tier of `day`: up at once, down only after what was promised and the grace are over.

    A rule that was changed takes nothing away before; a tier that the club no longer has is replaced by what is
    deserved.
    """
    tier = deserved(program, qualifying)
    if tier is None:
        return None
    until = program.tier_period.after(day)
    order = [each.id for each in program.tiers]
    if standing is None or standing.tier not in order or order.index(tier.id) > order.index(standing.tier):
        return Standing(tier=tier.id, since=day, until=until)
    if tier.id == standing.tier:
        return Standing(tier=tier.id, since=standing.since, until=max(until, standing.until))
    if day <= program.tier_grace.after(standing.until):
        return standing
    return Standing(tier=tier.id, since=day, until=until)


def higher(program: Program, one: Standing | None, other: Standing | None) -> Standing | None:
    """Return the standing of the higher tier; of equal ones that which is promised for longer."""
    order = [each.id for each in program.tiers]
    known = [standing for standing in (one, other) if standing is not None and standing.tier in order]
    return max(known, key=lambda standing: (order.index(standing.tier), standing.until), default=one)


def next_tier(program: Program, standing: Standing | None, *, qualifying: int) -> NextTier | None:
    """Tell the next tier above and what is missing; None at the top."""
    order = [each.id for each in program.tiers]
    reached = order.index(standing.tier) if standing is not None and standing.tier in order else -1
    above = (tier for tier in program.tiers[reached + 1 :] if tier.start > qualifying)
    tier = next(above, None)
    return None if tier is None else NextTier(tier=tier, missing=tier.start - qualifying)
