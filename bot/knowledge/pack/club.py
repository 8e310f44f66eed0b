"""Club: the shape of `club.toml` checked; what it means is decided where the club is built."""

from collections.abc import Callable, Collection, Mapping, Sequence

from bot.domain.loyalty.entry import MOST_POINTS
from bot.knowledge.pack.check import Check, hint, listed
from bot.knowledge.pack.names import LONGEST_REWARD_ID
from bot.knowledge.pack.notation.fields import Fields
from bot.knowledge.pack.notation.toml_tree import read_toml
from bot.knowledge.pack.notation.tree import Leaf, LeafKind
from bot.knowledge.pack.notation.values import MOST_TIMES, is_multiplier, read_clock

RULE_KINDS = (
    "purchase",
    "registration",
    "first_purchase",
    "product_registration",
    "receipt",
    "birthday",
    "review",
    "quiz",
    "poll",
)
QUALIFY_BY = ("points", "spend")
ORDER_COLUMNS = (
    "number",
    "date",
    "store",
    "card",
    "line",
    "product",
    "name",
    "paid",
    "price",
    "quantity",
    "serial",
    "drive",
    "document",
    "kind",
    "return_number",
    "lines",
)
"""What may be named in ``[orders.columns]``."""
CODE_ORIGINS = ("generated", "imported")

_HIGHEST_RATE = 10_000  # a hundred points for each rouble
_OLDEST_RECEIPT = 3650  # days
_OLDEST_PERSON = 120
_YOUNGEST = 14  # below it a parent consents: Civil Code of Russia, articles 26 and 28


def read_club(
    text: str, check: Check, *, languages: Collection[str], categories: Collection[str]
) -> Mapping[str, object]:
    """Return the parsed `club.toml`, its shape checked; the report tells whether it can be used.

    `languages` are those a text may be translated to (`title_en`); `categories` are ids of the feed, empty to not
    check them.
    """
    table, values = read_toml(text, check)
    fields = Fields(table, check)
    checker = _Checker(check, languages, categories)
    checker.program(fields.child("program"))
    tiers = checker.each(fields, "tiers", checker.tier)
    checker.order(fields, tiers)
    checker.one_kind(checker.each(fields, "rules", checker.rule))
    checker.each(fields, "rewards", lambda child: checker.reward(child, tiers))
    checker.referral(fields.child("referral"))
    consents = checker.each(fields, "consents", checker.consent)
    checker.receipts(fields.child("receipts"))
    checker.devices(fields.child("devices"))
    checker.orders(fields.child("orders"))
    checker.notices(fields.child("notices"), consents)
    fields.finish()
    return values


class _Checker:
    """Checks table after table of one file."""

    def __init__(self, check: Check, languages: Collection[str], categories: Collection[str]) -> None:
        self._check = check
        self._languages = languages
        self._categories = categories

    def each(self, fields: Fields, key: str, check: Callable[[Fields], str]) -> Mapping[str, Fields]:
        """Check every table at `key`; return them by the name that `check` gives, which must be unique."""
        found: dict[str, Fields] = {}
        for child in fields.children(key):
            name = check(child)
            child.finish()
            if name and name in found:
                text = f"[[{key}]]: {name} is also in line {found[name].table.line}; give each its own"
                self._check.error("repeated-id", text, child.line("id"))
            found.setdefault(name, child)
        return found

    def program(self, fields: Fields) -> None:
        self._translated(fields, "name")
        self._translated(fields, "points_name")
        fields.text("currency")
        fields.period("points_expire")
        for key in ("pending", "refund_life", "tier_period", "tier_grace"):
            fields.period(key)
        self._one_of(fields, "qualify_by", QUALIFY_BY)
        fields.whole("adjust_limit")
        age = fields.whole("minimum_age", maximum=_OLDEST_PERSON)
        if age is not None and age < _YOUNGEST:
            text = f"[program]: minimum_age under {_YOUNGEST} needs the consent of a parent"
            self._check.warn("low-age", text, fields.line("minimum_age"))
        fields.finish()

    def tier(self, fields: Fields) -> str:
        name = fields.id()
        self._translated(fields, "name", required=True)
        fields.whole("from", maximum=MOST_POINTS, required=True)
        _multiplier(fields)
        for key in ("perks", *(f"perks_{language}" for language in self._languages)):
            fields.texts(key)
        return name

    def order(self, fields: Fields, tiers: Mapping[str, Fields]) -> None:
        """Tiers begin at 0 and go up."""
        last = -1
        for name, tier in tiers.items():
            node = tier.node("from")
            if not isinstance(node, Leaf) or not node.text.isdecimal():
                return
            start = int(node.text)
            if last < 0 and start:
                text = f"[[tiers]]: the first one, {name}, must have from = 0, so that everybody has a tier"
                self._check.error("bad-tiers", text, node.line)
            elif start <= last:
                self._check.error("bad-tiers", f"[[tiers]]: from of {name} must be more than {last}", node.line)
            last = start

    def rule(self, fields: Fields) -> str:
        name, version = fields.id(), self._version(fields)
        fields.required("kind")
        self._one_of(fields, "kind", RULE_KINDS)
        self._amount(fields, name)
        fields.whole("cap_per_month", minimum=1, maximum=MOST_POINTS)
        fields.whole("budget", minimum=1, maximum=MOST_POINTS)
        fields.truth("qualifying")
        fields.texts("products", may_be_bare=True)
        self._check_categories(fields)
        since, until = fields.date("from"), fields.date("until")
        if since and until and until < since:
            self._check.error("bad-date", f"[[rules]]: until of {name} is before its from", fields.line("until"))
        return f"{name}, version {version}" if name else ""

    def one_kind(self, rules: Mapping[str, Fields]) -> None:
        """Versions of a rule are of one kind: a purchase gives points by an id once."""
        kinds: dict[str, str] = {}
        for fields in rules.values():
            name, kind = fields.text("id"), fields.text("kind")
            if kinds.setdefault(name, kind) != kind:
                text = f"[[rules]]: {name} is of the kind {kinds[name]} before; give a rule of another kind its own id"
                self._check.error("bad-rule", text, fields.line("kind"))

    def _amount(self, fields: Fields, name: str) -> None:
        """A rule gives points in one way, and only goods that are paid for have a rate."""
        fields.whole("points")
        fields.whole("points_per_100_rub", maximum=_HIGHEST_RATE)
        _multiplier(fields)
        if sum(fields.has(key) for key in ("points", "points_per_100_rub", "multiplier")) != 1:
            text = f"[[rules]]: give {name} one of points, points_per_100_rub and multiplier"
            self._check.error("bad-rule", text, fields.table.line)
        node = fields.node("kind")
        is_paid = isinstance(node, Leaf) and node.text in {"purchase", "receipt"}
        for key in ("points_per_100_rub", "multiplier"):
            if fields.has(key) and isinstance(node, Leaf) and node.text in RULE_KINDS and not is_paid:
                text = f"[[rules]]: {key} of {name} needs the kind purchase or receipt; give points instead"
                self._check.error("bad-rule", text, fields.line(key))

    def reward(self, fields: Fields, tiers: Mapping[str, Fields]) -> str:
        name = fields.id(longest=LONGEST_REWARD_ID)
        self._translated(fields, "name", required=True)
        self._translated(fields, "description")
        fields.whole("cost", minimum=1, required=True)
        fields.whole("stock")
        fields.whole("limit_per_year", minimum=1)
        fields.period("valid")
        self._one_of(fields, "codes", CODE_ORIGINS)
        tier = fields.text("tier")
        if tier and tier not in tiers:
            text = f"[[rewards]]: tier {tier[:40]} of {name} does not exist{hint(tier, tiers)}"
            self._check.error("unknown-tier", text, fields.line("tier"))
        return name

    def referral(self, fields: Fields) -> None:
        for key in ("inviter", "friend"):
            fields.whole(key)
        fields.whole("cap_per_year", minimum=1)
        fields.finish()

    def notices(self, fields: Fields, consents: Mapping[str, Fields]) -> None:
        for key in ("quiet_from", "quiet_until"):
            text = fields.text(key)
            if text and read_clock(text) is None:
                words = f"{fields.name(key)} {text[:40]!r} is no time of the day; write 21:00"
                self._check.error("bad-time", words, fields.line(key))
        fields.whole("expiry_days")
        wanted = fields.text("consent")
        known = {name.partition(", version ")[0] for name in consents}
        if wanted and wanted not in known:
            words = f"{fields.name('consent')} {wanted[:40]!r} is no consent{hint(wanted, known)}"
            self._check.error("unknown-consent", words, fields.line("consent"))
        fields.finish()

    def consent(self, fields: Fields) -> str:
        name, version = fields.id(), self._version(fields)
        fields.truth("required", required=True)
        self._translated(fields, "title", required=True)
        self._translated(fields, "text", required=True)
        return f"{name}, version {version}" if name else ""

    def receipts(self, fields: Fields) -> None:
        fields.whole("days", minimum=1, maximum=_OLDEST_RECEIPT)
        for key in ("per_day", "per_month", "pictures_per_day"):
            fields.whole(key, minimum=1)
        fields.finish()

    def devices(self, fields: Fields) -> None:
        fields.period("warranty")
        fields.finish()

    def orders(self, fields: Fields) -> None:
        fields.text("store")
        fields.text("date_format")
        fields.texts("returns")
        fields.texts("sales")
        columns = fields.child("columns")
        for key in ORDER_COLUMNS:
            columns.text(key)
        columns.finish()
        fields.finish()

    def _one_of(self, fields: Fields, key: str, known: Sequence[str]) -> None:
        text = fields.text(key)
        if text and text not in known:
            close = hint(text, known) or f"; known are {listed(known)}"
            words = f"{fields.owner}: {key} {text[:40]!r} is not known{close}"
            self._check.error("unknown-kind", words, fields.line(key))

    def _version(self, fields: Fields) -> str:
        node = fields.node("version")
        if isinstance(node, Leaf) and node.text and node.kind is not LeafKind.TRUTH:
            return node.text
        text = f"{fields.owner}: version is missing; write a number or a date, and change it with the text"
        self._check.error("missing", text, fields.line("version"))
        return ""

    def _check_categories(self, fields: Fields) -> None:
        for category, line in fields.texts_with_lines("categories", may_be_bare=True):
            if self._categories and category not in self._categories:
                text = f"{fields.owner}: category {category[:60]} is not in the catalogue"
                self._check.warn("unknown-category", text, line)

    def _translated(self, fields: Fields, key: str, *, required: bool = False) -> None:
        if required:
            fields.required(key)
        else:
            fields.text(key)
        for language in self._languages:
            fields.text(f"{key}_{language}")


def _multiplier(fields: Fields) -> None:
    node = fields.node("multiplier")
    if node is not None and not is_multiplier(node):
        text = f"{fields.name('multiplier')} must be a number above 0 and up to {MOST_TIMES}, such as 1.5"
        fields.check.error("not-a-number", text, fields.line("multiplier"))
