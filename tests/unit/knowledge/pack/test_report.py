"""The report of a check."""

from bot.domain.brand import Brand
from bot.domain.pack import Pack
from bot.domain.problems import error, warning
from bot.knowledge.pack.loader import LoadedPack
from bot.knowledge.pack.report import format_report

PACK = Pack(brand=Brand(name="Lumenika"))


def test_a_clean_pack_has_totals_only() -> None:
    report = format_report(LoadedPack(pack=PACK))
    assert report.splitlines() == [
        "No problems.",
        "Lumenika: 0 offers, 0 categories, 0 FAQ entries, 0 articles; languages: ru, en",
    ]


def test_errors_come_first_and_files_and_lines_in_order() -> None:
    problems = (
        warning("odd", "w", file="a.md", line=1),
        error("bad", "e2", file="b.md", line=10),
        error("bad", "e1", file="b.md", line=9),
    )
    assert format_report(LoadedPack(pack=None, problems=problems)).splitlines() == [
        "b.md:9: error: e1",
        "b.md:10: error: e2",
        "a.md:1: warning: w",
        "2 errors, 1 warning: 2 bad, 1 odd",
        "The pack cannot be used: correct the errors above.",
    ]


def test_many_warnings_of_a_kind_are_counted_exactly() -> None:
    problems = tuple(warning("no-url", "no url", file="catalogue.xml", line=line) for line in range(1, 6))
    loaded = LoadedPack(pack=PACK, problems=problems, counts={"no-url": 100})
    lines = format_report(loaded, shown_of_a_kind=3).splitlines()
    assert lines[2:5] == [
        "catalogue.xml:3: warning: no url",
        "… and 97 more of no-url",
        "0 errors, 100 warnings: 100 no-url",
    ]


def test_errors_are_never_left_out() -> None:
    problems = tuple(error("bad", "e", file="a.md", line=line) for line in range(50))
    assert format_report(LoadedPack(pack=None, problems=problems), shown_of_a_kind=1).count(": error:") == 50
