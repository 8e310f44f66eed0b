"""What becomes of a message after a try."""

from datetime import timedelta

import pytest

from bot.domain.errors import ChannelError, RefusedError, ThrottledError, UnknownOutcomeError, UnreachableError
from bot.domain.ids import TranscriptId
from bot.domain.replies import OutgoingMessage, QueuedMessage
from bot.runtime.fate import MOST_ATTEMPTS, Failed, Gone, Sent, Unknown, decide, is_outage, log_failure, outcome
from tests.contract.samples import ANN, NOON

MESSAGE = OutgoingMessage(to=ANN, answers=TranscriptId(1), number=0, text="hi")


def item(attempts: int = 0, *, was_unknown: bool = False) -> QueuedMessage:
    """A message that was tried before."""
    return QueuedMessage(id=TranscriptId(2), message=MESSAGE, attempts=attempts, was_unknown=was_unknown)


def test_what_arrived_has_a_reference() -> None:
    assert decide(item(), "42", now=NOON) == Sent(id=TranscriptId(2), reference="42")


def test_who_is_gone_is_gone() -> None:
    fate = decide(item(), UnreachableError("blocked"), now=NOON)
    assert isinstance(fate, Gone)
    assert fate.to == ANN


def test_what_the_platform_refuses_is_given_up() -> None:
    fate = decide(item(), RefusedError("bad"), now=NOON)
    assert isinstance(fate, Failed)
    assert fate.retry_at is None


def test_being_throttled_counts_for_nothing() -> None:
    fate = decide(item(MOST_ATTEMPTS), ThrottledError(7), now=NOON)
    assert fate == Failed(
        id=TranscriptId(2),
        error="ThrottledError: retry after 7 s",
        retry_at=NOON + timedelta(seconds=7),
        is_attempt=False,
    )


def test_pauses_grow_and_end() -> None:
    pauses = []
    for attempts in range(MOST_ATTEMPTS):
        fate = decide(item(attempts), ChannelError("502"), now=NOON)
        assert isinstance(fate, Failed)
        pauses.append(None if fate.retry_at is None else (fate.retry_at - NOON).total_seconds())
    assert pauses == [1, 2, 4, 8, 16, 32, 60, None]


def test_an_outage_is_nobodys_fault() -> None:
    fate = decide(item(500), ChannelError("502"), now=NOON, is_platform_up=False)
    assert isinstance(fate, Failed)
    assert (fate.retry_at, fate.is_attempt) == (NOON + timedelta(minutes=1), False)


def test_what_may_have_arrived_is_repeated_once() -> None:
    first = decide(item(), UnknownOutcomeError("cut"), now=NOON)
    again = decide(item(1, was_unknown=True), UnknownOutcomeError("cut"), now=NOON)
    assert isinstance(first, Unknown)
    assert isinstance(again, Unknown)
    assert first.retry_at is not None
    assert again.retry_at is None


def test_what_may_have_arrived_is_left_at_that_where_repeats_are_unwanted() -> None:
    fate = decide(item(), UnknownOutcomeError("cut"), now=NOON, repeats_unknown=False)
    assert isinstance(fate, Unknown)
    assert fate.retry_at is None


@pytest.mark.parametrize(
    ("result", "name", "is_down"),
    [
        ("1", "sent", False),
        (UnreachableError("x"), "unreachable", False),
        (RefusedError("x"), "refused", False),
        (ThrottledError(1), "throttled", False),
        (UnknownOutcomeError("x"), "unknown", True),
        (ChannelError("x"), "failed", True),
        (RuntimeError("x"), "failed", False),
    ],
)
def test_every_result_has_a_name(result: str | Exception, name: str, *, is_down: bool) -> None:
    assert outcome(result) == name
    assert is_outage(result) is is_down


@pytest.mark.parametrize(
    ("result", "level"),
    [
        (UnreachableError("blocked"), "INFO"),
        (ChannelError("502"), "INFO"),
        (RefusedError("strange"), "WARNING"),
        (UnknownOutcomeError("cut"), "WARNING"),
    ],
)
def test_somebody_has_to_look_only_at_what_is_no_ones_wish(
    caplog: pytest.LogCaptureFixture, result: ChannelError, level: str
) -> None:
    caplog.set_level("INFO")
    log_failure(item(), result, decide(item(), result, now=NOON))
    assert [record.levelname for record in caplog.records] == [level]
