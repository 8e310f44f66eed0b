"""Problems are counted exactly and kept in bounded number."""

from bot.domain.problems import Severity, count_by_kind
from bot.knowledge.feed.findings import KEPT_OF_A_KIND, Findings


def test_thousands_of_one_kind_keep_a_hundred_and_a_total() -> None:
    findings = Findings("feed.xml")
    for number in range(5000):
        findings.add("broken-price", f"offer {number}", line=number)
    problems = findings.problems()
    assert len(problems) == KEPT_OF_A_KIND + 1
    assert str(KEPT_OF_A_KIND * 49) in problems[-1].text
    assert count_by_kind(problems) == {"broken-price": 5000}


def test_a_tally_is_one_problem_with_its_number() -> None:
    findings = Findings("feed.xml")
    for _ in range(764):
        findings.tally("no-url", "offers without a url")
    (problem,) = findings.problems()
    assert problem.text == "offers without a url: 764"
    assert problem.count == 764


def test_texts_invented_by_a_feed_do_not_fill_memory() -> None:
    findings = Findings("feed.xml")
    for number in range(10_000):
        findings.tally("unsupported-type", f"type {number}")
    assert len(findings.problems()) < KEPT_OF_A_KIND
    assert count_by_kind(findings.problems()) == {"unsupported-type": 10_000}


def test_errors_that_are_only_counted_stay_errors() -> None:
    findings = Findings("feed.xml")
    for _ in range(KEPT_OF_A_KIND + 5):
        findings.add("broken", "b", severity=Severity.ERROR)
    assert findings.problems()[-1].severity is Severity.ERROR
    assert count_by_kind(findings.problems()) == {"broken": KEPT_OF_A_KIND + 5}
