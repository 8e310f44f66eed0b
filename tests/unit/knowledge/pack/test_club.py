"""club.toml: the shape of tiers, rules, rewards and consents."""

from collections.abc import Mapping
from datetime import date, time
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.loyalty.program import CodeOrigin, Program, QualifyBy, RuleKind
from bot.domain.members.notices import NoticeTerms
from bot.domain.purchases.terms import PurchaseTerms
from bot.imports.rows import known_columns
from bot.knowledge.pack.check import Check
from bot.knowledge.pack.club import ORDER_COLUMNS, read_club
from bot.knowledge.pack.program import build_program
from tests.unit.knowledge.pack.noted import noted

TIER = '[[tiers]]\nid = "a"\nname = "A"\nfrom = 0\n'
RULE = '[[rules]]\nid = "r"\nversion = 1\nkind = "quiz"\n'
REWARD = '[[rewards]]\nid = "w"\nname = "W"\n'
CONSENT = '[[consents]]\nid = "c"\nversion = "1"\ntitle = "T"\ntext = "X"\n'


def read(text: str) -> tuple[Mapping[str, object], list[str]]:
    check = Check("club.toml")
    club = read_club(text, check, languages=("ru", "en"), categories={"10"})
    if not check.has_errors():
        build(club)
    return club, noted(check)


def build(club: Mapping[str, object]) -> Program:
    return build_program(club, languages=("ru", "en"), zone=ZoneInfo("Europe/Moscow"), brand="Lumenika")


def test_what_was_written_is_kept_as_parsed() -> None:
    club, problems = read(f'[program]\nname = "Club"\npoints_expire = "P1Y6M"\n{TIER}multiplier = 1.5\nname_en = "B"\n')
    assert problems == []
    assert club["program"] == {"name": "Club", "points_expire": "P1Y6M"}


def test_two_versions_of_a_rule_may_stand_side_by_side() -> None:
    _, problems = read(f"{RULE}points = 1\n" + f"{RULE}points = 2\n".replace("version = 1", "version = 2"))
    assert problems == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[program]\npoints_expire = "a year"', "2 error bad-period"),
        ('[program]\npending = "P"', "2 error bad-period"),
        ('[program]\nminimum_age = "18"', "2 error not-a-number"),
        ("[program]\nminimum_age = 12", "2 warning low-age"),
        ("[program]\nminimum_age = 999", "2 error not-a-number"),
        ("[program]\nage = 18", "2 warning unknown-key"),
        ("[programme]\nage = 18", "1 warning unknown-key"),
        ('[[tiers]]\nname = "A"\nfrom = 0', "1 error missing"),
        ('[[tiers]]\nid = "a"\nname = "A"', "1 error missing"),
        (TIER.replace("0", "5"), "4 error bad-tiers"),
        (TIER + TIER.replace('"a"', '"b"'), "8 error bad-tiers"),
        (TIER + TIER, "6 error repeated-id"),
        (TIER + "multiplier = 0", "5 error not-a-number"),
        (TIER + "multiplier = nan", "5 error not-a-number"),
        (TIER + 'perks = "x"', "5 warning not-a-list"),
        (RULE, "1 error bad-rule"),
        (RULE + "points = 1\npoints_per_100_rub = 2", "1 error bad-rule"),
        (RULE + "points = 1\nmultiplier = 2", "1 error bad-rule"),
        (RULE + "points_per_100_rub = 5", "5 error bad-rule"),
        (RULE.replace("quiz", "receipt") + "multiplier = 0", "5 error not-a-number"),
        (
            f"{RULE}points = 1\n" + RULE.replace("version = 1", "version = 2").replace("quiz", "poll") + "points = 1",
            "9 error bad-rule",
        ),
        (RULE + "points = 1\nbudget = 0", "6 error not-a-number"),
        (RULE + 'points = 1\nqualifying = "yes"', "6 error not-a-truth"),
        ('[program]\nqualify_by = "visits"', "2 error unknown-kind"),
        ('[program]\ntier_grace = "soon"', "2 error bad-period"),
        ('[notices]\nquiet_from = "25:00"', "2 error bad-time"),
        ('[notices]\nquiet_until = "in the morning"', "2 error bad-time"),
        ('[notices]\nexpiry_days = "14"', "2 error not-a-number"),
        ('[notices]\nconsent = "ads"', "2 error unknown-consent"),
        (REWARD + 'cost = 5\ncodes = "import"', "5 error unknown-kind"),
        (REWARD + 'cost = 5\nvalid = "3 months"', "5 error bad-period"),
        (RULE + "points = -1", "5 error not-a-number"),
        (RULE.replace("quiz", "quizz") + "points = 1", "4 error unknown-kind"),
        (RULE.replace("version = 1", "") + "points = 1", "1 error missing"),
        (RULE + 'points = 1\ncategories = ["10", "11"]', "6 warning unknown-category"),
        (RULE + 'points = 1\nfrom = "soon"', "6 error bad-date"),
        (RULE + "points = 1\nfrom = 2027-01-01\nuntil = 2026-01-01", "7 error bad-date"),
        (RULE + "points = 1\ncap_per_month = 0", "6 error not-a-number"),
        (REWARD, "1 error missing"),
        (REWARD.replace('"w"', f'"{"w" * 32}"') + "cost = 5", "2 error bad-id"),
        (REWARD + "cost = 0", "4 error not-a-number"),
        (TIER + REWARD + 'cost = 5\ntier = "b"', "9 error unknown-tier"),
        (REWARD + "cost = 5\nlimit = 2", "5 warning unknown-key"),
        ('[referral]\ninviter = "many"', "2 error not-a-number"),
        (CONSENT, "1 error not-a-truth"),
        (CONSENT + 'required = "yes"', "6 error not-a-truth"),
        (CONSENT.replace("X", "") + "required = true", "5 error missing"),
        ('[program]\npoints_expire = "P101Y"', "2 error bad-period"),
        ('[program]\ntier_period = "P99999999999D"', "2 error bad-period"),
        ("[receipts]\ndays = 999999999999999", "2 error not-a-number"),
        (RULE + "points = 999999999999999", "5 error not-a-number"),
        (RULE.replace("quiz", "purchase") + "points_per_100_rub = 10001", "5 error not-a-number"),
        (TIER + "multiplier = 1e300", "5 error not-a-number"),
        (REWARD + "cost = 999999999999999", "4 error not-a-number"),
        ("tiers = 5", "1 error not-a-table"),
        ("tiers = [5]", "1 error not-a-table"),
        ("a = ", "1 error bad-toml"),
    ],
)
def test_a_problem_has_its_line(text: str, problem: str) -> None:
    assert problem in read(text)[1]


def test_what_was_written_becomes_the_program_of_the_club() -> None:
    club, problems = read(
        f"""
        [program]
        tier_period = "P1Y"
        pending = "P2W"
        qualify_by = "spend"
        {TIER}multiplier = 1.2
        name_en = "First"
        perks = ["x"]
        {RULE.replace("quiz", "purchase")}multiplier = 2
        categories = [10]
        until = "2026-12-31"
        budget = 1000
        {REWARD}cost = 5
        codes = "imported"
        valid = "P3M"
        {CONSENT}required = true
        """.replace("        ", "")
    )
    assert [problem for problem in problems if "error" in problem] == []
    program = build(club)
    tier, rule, reward, consent = program.tiers[0], program.rules[0], program.rewards[0], program.consents[0]
    assert (program.name.read("ru"), program.tier_period.months, program.pending.days) == ("Lumenika", 12, 14)
    assert (program.qualify_by, program.minimum_age) == (QualifyBy.SPEND, 18)
    assert (tier.name.read("en"), tier.name.read("ru"), tier.multiplier) == ("First", "A", Fraction(6, 5))
    assert (rule.kind, rule.multiplier, rule.budget) == (RuleKind.PURCHASE, Fraction(2), 1000)
    assert rule.categories == {"10"}
    assert (rule.until, rule.is_qualifying, reward.codes) == (date(2026, 12, 31), True, CodeOrigin.IMPORTED)
    assert (reward.valid.months, consent.is_required, consent.version) == (3, True, "1")


@given(st.text(max_size=80))
def test_nothing_written_makes_the_reader_fail(text: str) -> None:
    read(text)
    for table in (TIER, RULE, REWARD, CONSENT):
        read(table + text)
        read(f"{table}from = {text}")


def test_the_pack_says_what_receipts_devices_and_orders_are_like() -> None:
    club, problems = read(
        '[receipts]\ndays = 14\nper_day = 2\nper_month = 9\npictures_per_day = 4\n[devices]\nwarranty = "P2Y"\n'
        '[orders]\nstore = "online"\ndate_format = "%d/%m/%Y"\nreturns = ["сторно"]\n[orders.columns]\nnumber = "Док"\n'
    )
    assert problems == []
    terms = build(club).purchases
    assert (terms.receipt_age.days, terms.receipts_per_day, terms.receipts_per_month) == (14, 2, 9)
    assert (terms.pictures_per_day, terms.warranty.months) == (4, 24)
    assert (terms.orders.store, terms.orders.day_format) == ("online", "%d/%m/%Y")
    assert (dict(terms.orders.columns), set(terms.orders.returns)) == ({"number": "Док"}, {"сторно"})


def test_a_pack_that_says_nothing_of_purchases_has_sound_terms() -> None:
    assert build(read(TIER)[0]).purchases == PurchaseTerms()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[receipts]\nper_day = 0", "2 error too-small"),
        ('[devices]\nwarranty = "two years"', "2 error bad-period"),
        ('[orders.columns]\nnumbr = "A"', "2 warning unknown-key"),
        ("[orders]\nshop = 1", "2 warning unknown-key"),
    ],
)
def test_what_cannot_be_said_of_purchases_is_told(text: str, problem: str) -> None:
    assert read(text)[1][0].startswith(problem.rpartition(" ")[0])


def test_what_may_be_named_in_a_pack_is_what_is_read() -> None:
    assert set(ORDER_COLUMNS) == set(known_columns())


def test_quiet_hours_are_taken_from_the_file_or_are_the_evening_and_the_night() -> None:
    club, problems = read('[notices]\nquiet_from = "22:30"\nquiet_until = "9:00"\nexpiry_days = 7')
    assert problems == []
    terms = build(club).notices
    assert (terms.quiet_from, terms.quiet_until, terms.expiry_days) == (time(22, 30), time(9), 7)
    assert build({}).notices == NoticeTerms()
