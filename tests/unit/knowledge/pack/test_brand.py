"""brand.toml: what it may say, and what is told about the rest."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.brand import Brand, Interval, Line
from bot.domain.catalogue import Category
from bot.knowledge.pack.brand import catalogue_urls, check_lines, read_brand
from bot.knowledge.pack.check import Check
from tests.unit.knowledge.pack.noted import noted

FULL = """\
name = "Lumenika"
site = "https://lumenika.example"
store = "https://store.lumenika.example"
languages = ["en", "ru"]
timezone = "Asia/Omsk"
catalogue = ["https://store.lumenika.example/feed.xml"]
[hours]
mon = ["10:00-14:00", "15:00-24:00"]
holidays = "RU"
closed = ["2026-12-31", 2027-01-01]
[contacts]
phone = "+7 800 000-00-00"
email = "help@lumenika.example"
[[lines]]
id = "cameras"
name = "Lumix"
categories = ["10", 11]
"""


def read(text: str) -> tuple[Brand | None, list[str]]:
    check = Check("brand.toml")
    return read_brand(text, check, languages=("ru", "en")), noted(check)


def test_only_the_name_is_required() -> None:
    brand, problems = read('name = "Lumenika"')
    assert brand == Brand(name="Lumenika")
    assert problems == []


@pytest.mark.parametrize(("written", "read_as"), [("", True), ("ratings = true", True), ("ratings = false", False)])
def test_ratings_can_be_switched_off(written: str, read_as: bool) -> None:
    brand, problems = read(f'name = "Lumenika"\n{written}')
    assert problems == []
    assert brand is not None
    assert brand.has_ratings is read_as


def test_ratings_are_true_or_false() -> None:
    assert read('name = "Lumenika"\nratings = "no"') == (None, ["2 error not-a-truth"])


def test_everything_is_read() -> None:
    brand, problems = read(FULL)
    assert problems == []
    assert brand is not None
    assert (brand.languages, brand.timezone.key) == (("en", "ru"), "Asia/Omsk")
    assert brand.hours.week == {0: (Interval(time(10), time(14)), Interval(time(15), time.max))}
    assert brand.hours.closed == {date(2026, 12, 31), date(2027, 1, 1)}
    assert brand.lines == (Line(id="cameras", name="Lumix", categories=("10", "11")),)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1 error missing"),
        ('name = ""', "1 error missing"),
        ("name = 5", "1 warning unquoted"),
        ('name = ["x"]', "1 error not-text"),
        ('name = "x"\nsite = "www.x.example"', "2 error bad-url"),
        ('name = "x"\nstore = "https://"', "2 error bad-url"),
        ('name = "x"\nlanguages = ["ru", "de"]', "2 error unknown-language"),
        ('name = "x"\nlanguages = [\n  "ru",\n  "de",\n]', "4 error unknown-language"),
        ('name = "x"\nlanguages = ["ru", "ru"]', "2 warning repeated-language"),
        ('name = "x"\nlanguages = []', "2 error missing"),
        ('name = "x"\nlanguages = "ru"', "2 warning not-a-list"),
        ('name = "x"\ntimezone = "Moscow"', "2 error bad-timezone"),
        ('name = "x"\ntimezone = "../../etc/passwd"', "2 error bad-timezone"),
        ('name = "x"\ntimezone = "Europe"', "2 error bad-timezone"),
        ('name = "x"\ncatalogue = ["http://x.example/f.xml"]', "2 error bad-url"),
        ('name = "x"\n\n[hours]\nmon = ["10-19"]', "4 error bad-hours"),
        ('name = "x"\n[hours]\nmon = ["19:00-10:00"]', "3 error bad-hours"),
        ('name = "x"\n[hours]\nmon = ["10:00-24:01"]', "3 error bad-hours"),
        ('name = "x"\n[hours]\nmon = ["10:00-15:00", "14:00-16:00"]', "3 error bad-hours"),
        ('name = "x"\n[hours]\nholidays = "Russia"', "3 error bad-country"),
        ('name = "x"\n[hours]\nholidays = "XX"', "3 warning unknown-calendar"),
        ('name = "x"\n[hours]\nclosed = ["31.12.2026"]', "3 error bad-date"),
        ('name = "x"\n[hours]\nmonday = ["10:00-19:00"]', "3 warning unknown-key"),
        ('name = "x"\nhours = 5', "2 error not-a-table"),
        ('name = "x"\n[contacts]\nphone = "call us"', "3 warning bad-phone"),
        ('name = "x"\n[contacts]\nemail = "help.example"', "3 warning bad-email"),
        ('name = "x"\n[[lines]]\nname = "y"', "2 error missing"),
        ('name = "x"\n[[lines]]\nid = "a b"\nname = "y"', "3 error bad-id"),
        ('name = "x"\n[[lines]]\nid = "a"\nname = "y"\n[[lines]]\nid = "a"\nname = "z"', "6 error repeated-id"),
        ('name = "x"\nlines = ["a"]', "2 error not-a-table"),
        ('name = "x"\nnmae = "y"', "2 warning unknown-key"),
        ('name = "x"\nsite = ', "2 error bad-toml"),
        ('name = "x"\nname = "y"', "2 error bad-toml"),
        (f"name = {'[' * 3000}", "None error bad-toml"),
        (f"name = 0x{'f' * 9000}", "None error bad-toml"),
    ],
)
def test_a_problem_has_its_line(text: str, problem: str) -> None:
    brand, problems = read(text)
    assert problem in problems
    assert (brand is None) == any("error" in found for found in problems)


def test_everything_wrong_is_told_at_once() -> None:
    _, problems = read('site = "x"\ntimezone = "y"\n[hours]\nmon = ["z"]')
    assert problems == ["1 error missing", "1 error bad-url", "2 error bad-timezone", "4 error bad-hours"]


def test_a_misspelt_key_gets_a_suggestion() -> None:
    check = Check("brand.toml")
    read_brand('name = "x"\nlangauges = ["ru"]', check, languages=("ru",))
    assert "did you mean languages?" in check.problems[0].text


def test_categories_of_lines_are_looked_up_in_the_feed() -> None:
    check = Check("brand.toml")
    check_lines(FULL, check, categories={"10": Category("10", "Камеры")})
    assert noted(check) == ["17 warning unknown-category"]


def test_addresses_of_feeds_are_found_in_a_broken_brand() -> None:
    assert catalogue_urls('site = 5\ncatalogue = ["https://x.example/f.xml", "no"]') == ("https://x.example/f.xml",)


@given(st.text(max_size=60), st.sampled_from(FULL.splitlines(keepends=True)))
def test_nothing_written_makes_the_reader_fail(text: str, line: str) -> None:
    read(FULL.replace(line, text))
    read(line.partition("=")[0] + "= " + text)
