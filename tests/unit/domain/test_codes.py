"""One-time codes: when they may be sent, what a try is worth."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.codes import (
    CODE_BOUND,
    CodePolicy,
    SentBefore,
    SentCode,
    TryOutcome,
    code_of,
    demand_may_send,
    read_typed_code,
    refusal,
    try_code,
)
from bot.domain.errors import InputError, RuleViolationError

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
POLICY = CodePolicy()
SENT = SentCode(digest="right", sent_at=NOW)


def ago(*seconds: float) -> Sequence[datetime]:
    return [NOW - timedelta(seconds=each) for each in seconds]


def sent_before(who: str, moments: Sequence[datetime]) -> SentBefore:
    return SentBefore(to_phone=moments) if who == "phone" else SentBefore(by_account=moments)


def refused(before: SentBefore, policy: CodePolicy = POLICY) -> tuple[str, int | str | None]:
    with pytest.raises(RuleViolationError) as caught:
        demand_may_send(before, now=NOW, policy=policy)
    return caught.value.phrase.key, caught.value.phrase.params.get("seconds")


def may_send(before: SentBefore) -> None:
    demand_may_send(before, now=NOW, policy=POLICY)


def test_the_first_code_is_sent_at_once() -> None:
    may_send(SentBefore())


@pytest.mark.parametrize("who", ["phone", "account"])
def test_pauses_grow_with_every_code(who: str) -> None:
    for already, pause in ((1, 60), (2, 120), (3, 240), (4, 480)):
        earlier = [10_000.0 + each for each in range(already - 1)]
        assert refused(sent_before(who, ago(*earlier, pause - 1))) == ("code-wait", 1)
        assert refused(sent_before(who, ago(*earlier, 0.5))) == ("code-wait", pause)
        may_send(sent_before(who, ago(*earlier, pause)))


def test_a_pause_has_a_longest_length() -> None:
    patient = CodePolicy(phone_per_day=100)
    assert refused(SentBefore(to_phone=ago(*range(1, 20))), patient) == ("code-wait", 3_599)


@pytest.mark.parametrize("who", ["phone", "account"])
def test_a_day_has_a_limit_for_phone_and_account(who: str) -> None:
    day = 86_400.0
    spread = ago(day - 1, 80_000, 60_000, 40_000, 20_000)
    assert refused(sent_before(who, spread))[0] == "code-limit"
    may_send(sent_before(who, [NOW - timedelta(days=1), *spread[1:]]))


def test_a_day_has_a_budget_for_the_programme() -> None:
    may_send(SentBefore(by_programme=POLICY.programme_per_day - 1))
    assert refused(SentBefore(by_programme=POLICY.programme_per_day))[0] == "code-not-now"


def test_the_right_code_counts_once() -> None:
    outcome, used = try_code(SENT, "right", now=NOW, policy=POLICY)
    assert (outcome, refusal(outcome, used, POLICY)) == (TryOutcome.ACCEPTED, None)
    assert try_code(used, "right", now=NOW, policy=POLICY)[0] == TryOutcome.EXPIRED


def test_after_five_wrong_tries_not_even_the_right_code_counts() -> None:
    sent, told = SENT, []
    for _ in range(5):
        outcome, sent = try_code(sent, "wrong", now=NOW, policy=POLICY)
        phrase = refusal(outcome, sent, POLICY)
        assert phrase is not None
        told.append((phrase.key, phrase.params.get("left")))
    assert told == [*(("code-wrong", left) for left in (4, 3, 2, 1)), ("code-exhausted", None)]
    assert try_code(sent, "right", now=NOW, policy=POLICY) == (TryOutcome.EXHAUSTED, sent)


def test_the_last_try_may_still_be_the_right_one() -> None:
    assert try_code(replace(SENT, failures=4), "right", now=NOW, policy=POLICY)[0] == TryOutcome.ACCEPTED


def test_a_code_lives_five_minutes() -> None:
    late = NOW + timedelta(minutes=5)
    assert try_code(SENT, "right", now=late - timedelta(seconds=1), policy=POLICY)[0] == TryOutcome.ACCEPTED
    outcome, kept = try_code(SENT, "right", now=late, policy=POLICY)
    assert (outcome, kept) == (TryOutcome.EXPIRED, SENT)
    phrase = refusal(outcome, kept, POLICY)
    assert phrase is not None
    assert phrase.key == "code-expired"


@given(st.integers(0, CODE_BOUND - 1))
def test_every_code_is_read_back_as_people_type_it(number: int) -> None:
    code = code_of(number)
    assert len(code) == 6
    for typed in (code, f" {code[:3]} {code[3:]}\n", f"{code[:3]}-{code[3:]}", f"код: {code}", f"{code} club"):
        assert read_typed_code(typed) == code


@pytest.mark.parametrize("text", ["", "код", "12345", "1234567", "１23456", "12 34 56 78", "123456 и 654321", "1" * 40])
def test_what_is_no_code_costs_no_try(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_typed_code(text)
    assert (caught.value.field, caught.value.phrase.key) == ("code", "code-form")


@pytest.mark.parametrize("number", [-1, CODE_BOUND])
def test_a_number_out_of_bounds_is_a_mistake_of_the_program(number: int) -> None:
    with pytest.raises(ValueError, match="out of bounds"):
        code_of(number)
