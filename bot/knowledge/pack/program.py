"""Program: `club.toml`, found sound, as the values that the club works with."""

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.loyalty.period import read_period
from bot.domain.loyalty.program import (
    QUALIFYING_KINDS,
    CodeOrigin,
    Consent,
    Program,
    QualifyBy,
    Referral,
    Reward,
    Rule,
    RuleKind,
    Tier,
    Words,
)
from bot.domain.members.notices import NoticeTerms
from bot.domain.purchases.terms import OrderColumns, PurchaseTerms
from bot.knowledge.pack.notation.values import read_clock

_Table = Mapping[str, Any]
_ADULT, _ALONE = 18, 1000

_YEAR = 365
_PERIODS = ("points_expire", "pending", "refund_life", "tier_period", "tier_grace")


def build_program(club: Mapping[str, object], *, languages: Sequence[str], zone: ZoneInfo, brand: str) -> Program:
    """Build the program of a `club.toml` in which nothing was wrong; `brand` names a club that has no name."""
    tables: _Table = club
    about: _Table = tables.get("program", {})
    periods: dict[str, Any] = {name: read_period(about[name]) for name in _PERIODS if about.get(name)}
    return Program(
        name=_words(about, "name", languages) if about.get("name") else Words(default=brand),
        points_name=_words(about, "points_name", languages),
        currency=str(about.get("currency", "RUB")),
        zone=zone,
        **periods,
        minimum_age=about.get("minimum_age", _ADULT),
        adjust_limit=about.get("adjust_limit", _ALONE),
        qualify_by=QualifyBy(about.get("qualify_by") or QualifyBy.POINTS),
        tiers=tuple(_tier(table, languages) for table in tables.get("tiers", ())),
        rules=tuple(_rule(table) for table in tables.get("rules", ())),
        rewards=tuple(_reward(table, languages) for table in tables.get("rewards", ())),
        referral=_referral(tables.get("referral", {})),
        consents=tuple(_consent(table, languages) for table in tables.get("consents", ())),
        purchases=_purchases(tables),
        notices=_notices(tables.get("notices", {})),
    )


def _words(table: _Table, key: str, languages: Sequence[str]) -> Words:
    named = {language: table.get(f"{key}_{language}", "") for language in languages}
    by_language = {language: text.strip() for language, text in named.items() if text}
    return Words(default=str(table.get(key, "")).strip(), by_language=by_language)


def _tier(table: _Table, languages: Sequence[str]) -> Tier:
    named = {"": "perks", **{language: f"perks_{language}" for language in languages}}
    perks = {language: tuple(map(str, _listed(table, key))) for language, key in named.items() if key in table}
    return Tier(
        id=str(table["id"]),
        name=_words(table, "name", languages),
        start=table["from"],
        multiplier=_fraction(table.get("multiplier", 1)),
        perks=perks,
    )


def _rule(table: _Table) -> Rule:
    kind = RuleKind(table["kind"])
    return Rule(
        id=str(table["id"]),
        version=str(table["version"]),
        kind=kind,
        points=table.get("points", 0),
        per_100_roubles=table.get("points_per_100_rub", 0),
        multiplier=_fraction(table.get("multiplier", 0)),
        categories=frozenset(map(str, _listed(table, "categories"))),
        products=frozenset(map(str, _listed(table, "products"))),
        since=_day(table.get("from")),
        until=_day(table.get("until")),
        cap_per_month=table.get("cap_per_month"),
        budget=table.get("budget"),
        is_qualifying=table.get("qualifying", kind in QUALIFYING_KINDS),
    )


def _reward(table: _Table, languages: Sequence[str]) -> Reward:
    return Reward(
        id=str(table["id"]),
        name=_words(table, "name", languages),
        description=_words(table, "description", languages),
        cost=table["cost"],
        stock=table.get("stock"),
        tier=str(table.get("tier", "")),
        limit_per_year=table.get("limit_per_year"),
        valid=read_period(table.get("valid") or "P0D"),
        codes=CodeOrigin(table.get("codes") or CodeOrigin.GENERATED),
    )


def _referral(table: _Table) -> Referral:
    cap = table.get("cap_per_year")
    return Referral(inviter=table.get("inviter", 0), friend=table.get("friend", 0), cap_per_year=cap)


def _consent(table: _Table, languages: Sequence[str]) -> Consent:
    return Consent(
        id=str(table["id"]),
        version=str(table["version"]),
        is_required=table["required"],
        title=_words(table, "title", languages),
        text=_words(table, "text", languages),
    )


def _purchases(tables: _Table) -> PurchaseTerms:
    receipts: _Table = tables.get("receipts", {})
    limits = {
        f"{kind}_per_{period}": receipts[key]
        for kind, period, key in (
            ("receipts", "day", "per_day"),
            ("receipts", "month", "per_month"),
            ("pictures", "day", "pictures_per_day"),
        )
        if key in receipts
    }
    if "days" in receipts:
        limits["receipt_age"] = timedelta(days=receipts["days"])
    if warranty := tables.get("devices", {}).get("warranty"):
        limits["warranty"] = read_period(warranty)
    return PurchaseTerms(**limits, orders=_orders(tables.get("orders", {})))


def _orders(table: _Table) -> OrderColumns:
    return OrderColumns(
        store=str(table.get("store") or OrderColumns().store),
        columns={name: str(theirs) for name, theirs in table.get("columns", {}).items() if theirs},
        returns=frozenset(map(str, _listed(table, "returns"))),
        day_format=str(table.get("date_format", "")),
    )


def _notices(table: _Table) -> NoticeTerms:
    plain = NoticeTerms()
    return NoticeTerms(
        quiet_from=_clock(table.get("quiet_from"), plain.quiet_from),
        quiet_until=_clock(table.get("quiet_until"), plain.quiet_until),
        expiry_days=min(table.get("expiry_days", plain.expiry_days), _YEAR),
        consent=str(table.get("consent") or plain.consent),
    )


def _clock(text: str | None, default: time) -> time:
    return (read_clock(text) if text else None) or default


def _listed(table: _Table, key: str) -> Sequence[object]:
    """A single value is taken as a list of one, as the checker says."""
    value = table.get(key, ())
    return value if isinstance(value, list | tuple) else (value,)


def _day(value: object) -> date | None:
    return None if value is None or value == "" else date.fromisoformat(str(value)[:10])


def _fraction(value: object) -> Fraction:
    """Take the number as it was written: 1.2 is six fifths."""
    return Fraction(Decimal(str(value)))
