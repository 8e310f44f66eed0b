"""The report of a check."""

from bot.domain.brand import Brand
from bot.domain.pack import Pack
from bot.domain.problems import error, warning
from bot.knowledge.pack.loader import LoadedPack
from bot.knowledge.pack.report import SHOWN_OF_A_KIND, format_report

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
    single = [warning("no-url", "no url", file="catalogue.xml", line=line) for line in range(1, SHOWN_OF_A_KIND + 3)]
    rest = warning("no-url", "and 78 more", file="catalogue.xml", count=100 - len(single))
    lines = format_report(LoadedPack(pack=PACK, problems=(rest, *single))).splitlines()
    assert lines[SHOWN_OF_A_KIND - 1 : -1] == [
        f"catalogue.xml:{SHOWN_OF_A_KIND}: warning: no url",
        f"… and {100 - SHOWN_OF_A_KIND} more of no-url",
        "0 errors, 100 warnings: 100 no-url",
    ]


def test_a_line_that_sums_up_hides_nothing() -> None:
    problem = warning("no-url", "offers without a url: 150", file="catalogue.xml", count=150)
    assert format_report(LoadedPack(pack=PACK, problems=(problem,))).splitlines()[:2] == [
        "catalogue.xml: warning: offers without a url: 150",
        "0 errors, 150 warnings: 150 no-url",
    ]


def test_a_number_at_the_end_of_a_line_is_no_count() -> None:
    problem = warning("odd", "read this as: 150", file="faq.yaml")
    assert "0 errors, 1 warning: 1 odd" in format_report(LoadedPack(pack=PACK, problems=(problem,)))


def test_errors_are_never_left_out() -> None:
    problems = tuple(error("bad", "e", file="a.md", line=line) for line in range(SHOWN_OF_A_KIND + 30))
    report = format_report(LoadedPack(pack=None, problems=problems))
    assert report.count(": error:") == SHOWN_OF_A_KIND + 30
