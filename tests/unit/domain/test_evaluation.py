"""How an answer is judged."""

import pytest

from bot.domain.answer import AnswerKind
from bot.domain.evaluation import Asked, Case, Expected, Said, Verdict, judge, share_false, share_right, tally

FAQ, CLARIFY, UNKNOWN = AnswerKind.FAQ, AnswerKind.CLARIFY, AnswerKind.UNKNOWN
DELIVERY = Expected(kinds=(FAQ,), sources=("faq:delivery", "faq:delivery-time"))


def said(kind: AnswerKind, *sources: str, text: str = "300 ₽") -> Said:
    """A reply."""
    return Said(kind=kind, sources=sources, text=text)


@pytest.mark.parametrize(
    ("replies", "verdict"),
    [
        ([said(FAQ, "faq:delivery")], Verdict.RIGHT),
        ([said(FAQ, "faq:returns"), said(FAQ, "faq:delivery")], Verdict.RIGHT),
        ([said(CLARIFY, "faq:a", "faq:b", "faq:delivery")], Verdict.CHOICE),
        ([said(CLARIFY, "faq:a", "faq:b", "faq:c", "faq:delivery")], Verdict.MISSED),
        ([said(UNKNOWN)], Verdict.MISSED),
        ([said(FAQ, "faq:returns")], Verdict.FALSE),
        ([said(AnswerKind.PRODUCT, "faq:delivery")], Verdict.FALSE),
        ([], Verdict.MISSED),
    ],
)
def test_replies_are_judged(replies: list[Said], verdict: Verdict) -> None:
    assert judge(DELIVERY, replies) is verdict


def test_all_texts_must_be_there_in_any_reply() -> None:
    expected = Expected(kinds=(FAQ,), texts=("300", "два дня"))
    assert judge(expected, [said(FAQ), said(FAQ, text="Два")]) is Verdict.FALSE
    assert judge(expected, [said(FAQ), said(UNKNOWN, text="за два дня")]) is Verdict.RIGHT


def test_a_hoped_for_choice_is_right_and_not_only_a_choice() -> None:
    expected = Expected(kinds=(CLARIFY,), sources=("faq:delivery",))
    assert judge(expected, [said(CLARIFY, "faq:a", "faq:delivery")]) is Verdict.RIGHT


def test_not_to_know_is_right_where_nothing_is_to_be_known() -> None:
    expected = Expected(kinds=(UNKNOWN,))
    assert judge(expected, [said(UNKNOWN)]) is Verdict.RIGHT
    assert judge(expected, [said(CLARIFY, "faq:a")]) is Verdict.MISSED
    assert judge(expected, [said(FAQ, "faq:a")]) is Verdict.FALSE


def test_results_are_counted_by_kind_and_conversations_apart() -> None:
    one = Case(id="1", turns=(Asked(text="a", expected=DELIVERY),))
    two = Case(id="2", turns=(Asked(text="a"), Asked(text="b", expected=DELIVERY)))
    result = tally([(one, Verdict.RIGHT), (one, Verdict.FALSE), (two, Verdict.CHOICE)])
    assert list(result.counts) == ["faq", "faq, in context"]
    assert (share_right(result.counts["faq"]), share_false(result.counts["faq"])) == (0.5, 0.5)
    assert share_right(result.total) == pytest.approx(2 / 3)
