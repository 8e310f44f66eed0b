"""From the log to gaps: what counts as a miss, what belongs together, what is left out."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.domain.actions import Action
from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.gaps import Gap, Miss, Trouble, gather, misses_of, without_ignored, without_learned
from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.knowledge import Lesson
from bot.domain.likeness import Shape, shape_of
from bot.domain.logged import LoggedQuestion
from bot.domain.messages import Address, Event, Pressed, Said

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
_numbers = count(1)


def shaping(text: str) -> Shape:
    return shape_of(text.split())


def logged(event: Event, *kinds: AnswerKind, is_merged: bool = False, is_disliked: bool = False) -> LoggedQuestion:
    answers = tuple(AnswerMeta(kind=kind) for kind in kinds)
    id_ = TranscriptId(int(event.id))
    return LoggedQuestion(id=id_, event=event, answers=answers, is_merged=is_merged, is_disliked=is_disliked)


def said(text: str, who: str = "ann") -> Said:
    return Said(id=str(next(_numbers)), sender=Address(ChannelName("console"), who, who), at=NOON, text=text)


def pressed(name: str, who: str = "ann") -> Pressed:
    sender = Address(ChannelName("console"), who, who)
    return Pressed(id=str(next(_numbers)), sender=sender, at=NOON, action=Action(name))


def misses(*log: LoggedQuestion) -> list[tuple[str, Trouble]]:
    return [(miss.text, miss.trouble) for miss in misses_of(log)]


def miss(text: str, *, at: datetime = NOON, trouble: Trouble = Trouble.UNKNOWN) -> Miss:
    return Miss(text=text, at=at, trouble=trouble)


def wordings(gaps: Sequence[Gap]) -> list[list[str]]:
    return [gap.wordings for gap in gaps]


def test_what_was_not_known_and_what_was_disliked_are_misses() -> None:
    assert misses(
        logged(said("a"), AnswerKind.UNKNOWN),
        logged(said("b"), AnswerKind.FAQ),
        logged(said("c"), AnswerKind.FAQ, is_disliked=True),
        logged(said("d"), AnswerKind.FAQ, AnswerKind.UNKNOWN),
        logged(pressed("ask.follow"), AnswerKind.UNKNOWN),
    ) == [("a", Trouble.UNKNOWN), ("c", Trouble.DISLIKED), ("d", Trouble.UNKNOWN)]


def test_none_of_these_is_said_of_the_question_that_led_to_the_choice() -> None:
    assert misses(
        logged(said("a"), AnswerKind.CLARIFY),
        logged(said("b", "bob"), AnswerKind.CLARIFY),
        logged(pressed("help.not_found"), AnswerKind.UNKNOWN),
        logged(pressed("help.not_found"), AnswerKind.UNKNOWN),
        logged(said("c", "bob"), AnswerKind.FAQ),
        logged(pressed("help.not_found", "bob"), AnswerKind.UNKNOWN),
    ) == [("a", Trouble.NONE_FITS)]


def test_a_choice_that_led_to_a_disliked_answer_is_a_miss() -> None:
    assert misses(
        logged(said("a"), AnswerKind.CLARIFY), logged(pressed("ask.faq"), AnswerKind.FAQ, is_disliked=True)
    ) == [("a", Trouble.DISLIKED)]


def test_lines_answered_together_are_one_question_and_nobody_is_named() -> None:
    assert misses(
        logged(said("у меня утюг"), is_merged=True),
        logged(said("и ещё", "bob"), AnswerKind.FAQ),
        logged(said("звоните 89123456789"), AnswerKind.UNKNOWN),
    ) == [("у меня утюг\nзвоните …", Trouble.UNKNOWN)]


def test_alike_questions_are_one_gap_the_most_frequent_first() -> None:
    later = NOON + timedelta(days=1)
    gaps = gather(
        [miss("погода"), miss("чинить утюг"), miss("чинитть утюг", at=later, trouble=Trouble.DISLIKED)], shaping
    )
    assert wordings(gaps) == [["чинить утюг", "чинитть утюг"], ["погода"]]
    assert (gaps[0].count, gaps[0].first_at, gaps[0].last_at) == (2, NOON, later)
    assert gaps[0].troubles == {Trouble.UNKNOWN: 1, Trouble.DISLIKED: 1}


def test_ids_stay_when_only_the_latest_are_asked_for() -> None:
    later = NOON + timedelta(days=1)
    log = [miss("чинить утюг"), miss("погода"), miss("чинитть утюг", at=later)]
    [everything, _] = gather(log, shaping)
    [latest] = gather(log, shaping, since=later)
    assert latest.id == everything.id
    assert (latest.count, latest.first_at, latest.wordings) == (1, NOON, ["чинитть утюг"])


def test_what_is_like_an_ignored_question_stays_ignored() -> None:
    gaps = gather([miss("погода"), miss("чинить утюг")], shaping)
    assert wordings(without_ignored(gaps, ["чинитть утюг"], shaping)) == [["погода"]]
    assert wordings(without_ignored(gaps, [], shaping)) == [["погода"], ["чинить утюг"]]


def test_what_was_attached_is_gone_until_it_goes_wrong_again() -> None:
    lesson = Lesson(faq="repair", questions=("чинить утюг",), at=NOON)
    log = [miss("чинитть утюг"), miss("погода"), miss("чинить утюг", at=NOON + timedelta(seconds=1))]
    assert list(without_learned(log, [lesson], shaping)) == log[1:]
    assert list(without_learned(log, [], shaping)) == log
