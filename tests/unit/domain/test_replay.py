"""What would change, told shortly."""

from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.replay import Replayed, changes, outline, turns, written

FAQ = outline([AnswerMeta(kind=AnswerKind.FAQ, sources=("faq:a", "faq:b"))])
OTHER = outline([AnswerMeta(kind=AnswerKind.FAQ, sources=("faq:c",))])
UNKNOWN = outline([AnswerMeta(kind=AnswerKind.UNKNOWN)])


def test_an_outline_has_the_first_source_of_each_answer_once() -> None:
    whole = AnswerMeta(kind=AnswerKind.PRODUCT, sources=("offer:1",))
    rest = AnswerMeta(kind=AnswerKind.NOTICE)
    told = outline([whole, rest, whole, AnswerMeta(kind=AnswerKind.UNKNOWN)])
    assert told == ((AnswerKind.PRODUCT, "offer:1"), (AnswerKind.UNKNOWN, ""))
    assert written(told) == "product offer:1 + unknown"
    assert written(()) == "nothing"


def test_changes_are_counted_the_most_frequent_first() -> None:
    log = [
        Replayed("a", UNKNOWN, FAQ),
        Replayed("b", FAQ, OTHER),
        Replayed("b", FAQ, OTHER),
        Replayed("c", FAQ, FAQ),
    ]
    changed = changes(log)
    assert changed == [(log[1], 2), (log[0], 1)]
    assert turns(changed) == {"faq, another source": 2, "unknown → faq": 1}
