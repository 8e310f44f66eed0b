"""Program: what the club promises: tiers, what earns points and what they are spent on. `club.toml` as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from zoneinfo import ZoneInfo

from bot.domain.loyalty.period import Period
from bot.domain.members.notices import NoticeTerms
from bot.domain.purchases.terms import PurchaseTerms


class RuleKind(StrEnum):
    """What has to happen for a rule to give points."""

    PURCHASE = "purchase"
    REGISTRATION = "registration"
    FIRST_PURCHASE = "first_purchase"
    PRODUCT_REGISTRATION = "product_registration"
    RECEIPT = "receipt"
    BIRTHDAY = "birthday"
    REVIEW = "review"
    QUIZ = "quiz"
    POLL = "poll"


QUALIFYING_KINDS = frozenset({RuleKind.PURCHASE, RuleKind.RECEIPT, RuleKind.FIRST_PURCHASE})
"""What counts for the tier unless a rule says otherwise."""


class QualifyBy(StrEnum):
    """What leads to a tier: points earned, before they are multiplied, or roubles spent on what a rule is about."""

    POINTS = "points"
    SPEND = "spend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The brand's own words in its languages; `default` where a language has none."""

    default: str
    by_language: Mapping[str, str] = field(default_factory=dict)

    def read(self, language: str) -> str:
        """Return them in `language`."""
        return self.by_language.get(language) or self.default


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """A level. `start` is in qualifying points or roubles; `multiplier` is of what a purchase earns."""

    id: str
    name: Words
    start: int
    multiplier: Fraction = Fraction(1)
    perks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def perks_in(self, language: str) -> tuple[str, ...]:
        """Return what it gives, a line each, in `language` or else as the brand wrote it first."""
        return self.perks.get(language) or self.perks.get("", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What earns points: `points` for the occasion, or `per_100_roubles`, or `multiplier` times what others give.

    Lines match by `categories` or `products`, all where both are empty. `since` and `until` are days of the brand, both
    included. Caps are in points: of one member, and `budget` of all members together.
    """

    id: str
    version: str
    kind: RuleKind
    points: int = 0
    per_100_roubles: int = 0
    multiplier: Fraction = Fraction(0)
    categories: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    cap_per_month: int | None = None
    budget: int | None = None
    is_qualifying: bool = False

    def is_active(self, day: date) -> bool:
        """Whether the rule counts on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def covers(self, product: str, categories: frozenset[str]) -> bool:
        """Whether the rule is about such goods."""
        if not (self.categories or self.products):
            return True
        return product in self.products or bool(self.categories & categories)


class CodeOrigin(StrEnum):
    """Where the codes of vouchers come from."""

    GENERATED = "generated"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reward:
    """What points are spent on. `stock` and `limit_per_year` are None where there is no such limit."""

    id: str
    name: Words
    cost: int
    description: Words = field(default_factory=lambda: Words(default=""))
    stock: int | None = None
    tier: str = ""
    limit_per_year: int | None = None
    valid: Period = field(default_factory=Period)
    codes: CodeOrigin = CodeOrigin.GENERATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """Points for both sides after the friend's first purchase; `cap_per_year` counts the friends of one member."""

    inviter: int = 0
    friend: int = 0
    cap_per_year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A document that a member agrees to; whoever changes its text changes `version`."""

    id: str
    version: str
    is_required: bool
    title: Words
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The whole promise. `tiers` go up from 0; `rules`, `rewards` and `consents` are in the order written.

    `points_expire` and `pending` are nothing where points live for ever or need not wait. `refund_life` is how long
    points live that come back after they would have expired. A tier is kept for `tier_period` after it was last
    deserved, and then for `tier_grace`. Above `adjust_limit` points are given or taken by hand by two people.
    """

    name: Words
    points_name: Words = field(default_factory=lambda: Words(default=""))
    currency: str = "RUB"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Moscow"))
    points_expire: Period = field(default_factory=Period)
    pending: Period = field(default_factory=Period)
    refund_life: Period = field(default_factory=lambda: Period(days=30))
    minimum_age: int = 18
    adjust_limit: int = 1000
    qualify_by: QualifyBy = QualifyBy.POINTS
    tier_period: Period = field(default_factory=lambda: Period(months=12))
    tier_grace: Period = field(default_factory=lambda: Period(months=1))
    tiers: tuple[Tier, ...] = ()
    rules: tuple[Rule, ...] = ()
    rewards: tuple[Reward, ...] = ()
    referral: Referral = field(default_factory=Referral)
    consents: tuple[Consent, ...] = ()
    purchases: PurchaseTerms = field(default_factory=PurchaseTerms)
    notices: NoticeTerms = field(default_factory=NoticeTerms)

    def tier(self, id_: str) -> Tier | None:
        """Find a tier."""
        return next((tier for tier in self.tiers if tier.id == id_), None)

    def reward(self, id_: str) -> Reward | None:
        """Find a reward."""
        return next((reward for reward in self.rewards if reward.id == id_), None)

    def active(self, kind: RuleKind, day: date) -> list[Rule]:
        """List the rules of a kind that count on `day`; of one rule in several versions the last written."""
        by_id = {rule.id: rule for rule in self.rules if rule.kind is kind and rule.is_active(day)}
        return list(by_id.values())
