"""The form engine, through its first form."""

from datetime import timedelta

import pytest

from bot.domain.answer import AnswerKind
from bot.domain.feedback import Feedback
from tests.fakes.talk import Talk, keys, labels

RATING = "feedback-rating-prompt"
COMMENT = "feedback-comment-prompt(rating=5)"


async def given(talk: Talk) -> list[Feedback]:
    async with talk.uow() as uow:
        return list(await uow.feedback.all())


async def at_comment() -> Talk:
    talk = Talk()
    await talk.say("/feedback")
    await talk.press("feedback-rating-5-button")
    return talk


async def test_form_asks_takes_and_stores_everything_once() -> None:
    talk = Talk()
    assert keys(await talk.say("/feedback")) == [RATING]
    assert keys(await talk.press("feedback-rating-5-button")) == [COMMENT]
    assert keys(await talk.say("Всё понравилось")) == ["feedback-thanks"]
    assert [(one.rating, one.comment) for one in await given(talk)] == [(5, "Всё понравилось")]
    assert (await talk.conversation()).flow is None


@pytest.mark.parametrize("typed", ["5", "отлично", "Отлично!", "jnkbxyj"])
async def test_choice_may_be_typed_as_value_word_or_in_the_wrong_layout(typed: str) -> None:
    talk = Talk()
    await talk.say("/feedback")
    assert keys(await talk.say(typed)) == [COMMENT]


async def test_second_try_gets_a_hint_and_third_an_offer_of_help() -> None:
    talk = Talk()
    await talk.say("/feedback")
    assert keys(await talk.say("ну такое")) == ["feedback-rating-hint"]
    assert keys(await talk.say("ну такое")) == ["feedback-rating-hint"]
    [stuck] = await talk.say("ну такое")
    assert keys([stuck]) == ["flow-stuck"]
    assert labels(stuck) == ["button-flow-again", "button-person", "button-cancel"]
    assert keys(await talk.press("button-flow-again")) == [RATING]


async def test_guess_at_what_was_no_question_counts_as_a_failed_try() -> None:
    talk = Talk()
    await talk.say("/feedback")
    assert keys(await talk.say("доставка")) == ["feedback-rating-hint"]
    assert keys(await talk.say("доставка")) == ["feedback-rating-hint"]
    assert keys(await talk.say("доставка")) == ["flow-stuck"]


async def test_question_in_the_middle_is_answered_and_the_form_goes_on() -> None:
    talk = Talk()
    await talk.say("/feedback")
    replies = await talk.say("Сколько стоит доставка?")
    assert keys(replies) == ["300 рублей", RATING]
    assert [reply.answer.kind for reply in replies] == [AnswerKind.FAQ, AnswerKind.FLOW]
    assert keys(await talk.press("feedback-rating-5-button")) == [COMMENT]


async def test_question_meant_as_the_comment_can_be_kept_as_one() -> None:
    talk = await at_comment()
    replies = await talk.say("Сколько стоит доставка?")
    assert labels(replies[1])[0] == "button-flow-keep"
    assert keys(await talk.press("button-flow-keep")) == ["feedback-thanks"]
    assert [one.comment for one in await given(talk)] == ["Сколько стоит доставка?"]


async def test_question_that_nobody_can_answer_is_taken_as_the_comment() -> None:
    talk = await at_comment()
    assert keys(await talk.say("Почему так долго?")) == ["feedback-thanks"]
    assert [one.comment for one in await given(talk)] == ["Почему так долго?"]


async def test_command_in_the_middle_is_performed_and_the_form_goes_on() -> None:
    talk = await at_comment()
    assert keys(await talk.say("/help")) == ["help-text(brand=Чайная, club=no)", COMMENT]
    assert keys(await talk.say("готово")) == ["feedback-thanks"]


async def test_back_asks_the_previous_question_again() -> None:
    talk = await at_comment()
    assert keys(await talk.say("назад")) == [RATING]
    assert keys(await talk.press("feedback-rating-1-button")) == ["feedback-comment-prompt(rating=1)"]
    assert keys(await talk.press("button-back")) == [RATING]


@pytest.mark.parametrize("word", ["пропустить", "Пропустить.", "skip", "ghjgecnbnm"])
async def test_optional_step_can_be_skipped_by_word(word: str) -> None:
    talk = await at_comment()
    assert keys(await talk.say(word)) == ["feedback-thanks"]
    assert [one.comment for one in await given(talk)] == [""]


async def test_required_step_cannot_be_skipped() -> None:
    talk = Talk()
    await talk.say("/feedback")
    assert keys(await talk.say("пропустить")) == ["feedback-rating-hint"]
    assert await given(talk) == []


@pytest.mark.parametrize("word", ["отмена", "cancel", "jnvtyf"])
async def test_cancel_closes_the_form_and_stores_nothing(word: str) -> None:
    talk = await at_comment()
    assert keys(await talk.say(word)) == ["flow-cancelled"]
    assert (await talk.conversation()).flow is None
    assert await given(talk) == []
    assert await talk.wait(timedelta(days=3)) == []


async def test_button_pressed_ten_times_counts_once() -> None:
    talk = Talk()
    await talk.say("/feedback")
    for _ in range(10):
        assert keys(await talk.press("flow.pick:feedback:rating:5")) == [COMMENT]
    assert keys(await talk.press("button-skip")) == ["feedback-thanks"]
    for _ in range(9):
        assert keys(await talk.press("flow.skip:feedback:comment")) == ["flow-closed(title=feedback-title)"]
    assert len(await given(talk)) == 1


async def test_earlier_answer_can_be_corrected_by_its_old_button() -> None:
    talk = await at_comment()
    assert keys(await talk.press("flow.pick:feedback:rating:2")) == ["feedback-comment-prompt(rating=2)"]


async def test_old_button_of_a_closed_form_opens_it_anew_with_that_answer() -> None:
    talk = await at_comment()
    await talk.press("button-skip")
    assert keys(await talk.press("flow.pick:feedback:rating:4")) == ["feedback-comment-prompt(rating=4)"]


@pytest.mark.parametrize(
    "payload",
    [
        "flow.pick:feedback:rating:99",
        "flow.pick:feedback:nonsense:1",
        "flow.pick:gone:x:1",
        "flow.pick",
        "flow",
        "flow.keep:feedback:comment",
    ],
)
async def test_button_that_makes_no_sense_is_answered(payload: str) -> None:
    for talk in (Talk(), await at_comment()):
        assert await talk.press(payload)
        assert await given(talk) == []


async def test_starting_the_open_form_again_goes_on_with_it() -> None:
    talk = await at_comment()
    assert keys(await talk.say("/feedback")) == [COMMENT]


async def test_too_long_a_comment_is_refused_with_the_limit() -> None:
    talk = await at_comment()
    assert keys(await talk.say("а" * 2001)) == ["feedback-comment-too-long(limit=2000)"]
    assert keys(await talk.say("а" * 2000)) == ["feedback-thanks"]


async def test_reminds_once_then_closes_and_keeps_the_rating() -> None:
    talk = await at_comment()
    assert keys(await talk.wait(timedelta(hours=1))) == ["flow-reminder(title=feedback-title)"]
    assert await talk.wait(timedelta(hours=5)) == []
    assert keys(await talk.wait(timedelta(days=1))) == ["feedback-thanks"]
    assert [(one.rating, one.comment) for one in await given(talk)] == [(5, "")]


async def test_form_that_was_taken_up_after_the_reminder_gets_its_time_anew() -> None:
    talk = Talk()
    await talk.say("/feedback")
    await talk.wait(timedelta(hours=23))
    assert keys(await talk.press("button-flow-continue")) == [RATING]
    assert keys(await talk.wait(timedelta(hours=2))) == ["flow-reminder(title=feedback-title)"]
    assert keys(await talk.press("feedback-rating-5-button")) == [COMMENT]


async def test_form_without_answers_closes_with_a_word() -> None:
    talk = Talk()
    await talk.say("/feedback")
    assert keys(await talk.wait(timedelta(hours=2))) == ["flow-reminder(title=feedback-title)"]
    assert keys(await talk.wait(timedelta(days=1))) == ["flow-expired(title=feedback-title)"]
    assert keys(await talk.press("button-flow-start-over")) == [RATING]


async def test_form_left_long_ago_closes_without_a_reminder() -> None:
    talk = Talk()
    await talk.say("/feedback")
    assert keys(await talk.wait(timedelta(days=2))) == ["flow-expired(title=feedback-title)"]


async def test_reminder_is_not_sent_to_somebody_who_went_on() -> None:
    talk = Talk()
    await talk.say("/feedback")
    await talk.wait(timedelta(minutes=50))
    await talk.press("feedback-rating-5-button")
    assert await talk.wait(timedelta(minutes=50)) == []
    assert keys(await talk.wait(timedelta(minutes=15))) == ["flow-reminder(title=feedback-title)"]


async def test_form_expired_while_the_program_was_down_does_not_swallow_a_question() -> None:
    talk = await at_comment()
    talk.clock.advance(timedelta(days=3))
    assert keys(await talk.say("Чайник")) == ["Чайник K-1"]
    assert [one.rating for one in await given(talk)] == [5]


async def test_form_expired_while_the_program_was_down_is_not_taken_up_by_a_command() -> None:
    talk = Talk()
    await talk.say("/feedback")
    talk.clock.advance(timedelta(days=3))
    assert keys(await talk.say("/help")) == ["help-text(brand=Чайная, club=no)"]
    assert keys(await talk.say("/feedback")) == [RATING]


async def test_two_people_fill_the_form_in_at_once() -> None:
    first = Talk()
    second = Talk(first.uow, user="u2")
    await first.say("/feedback")
    await second.say("/feedback")
    assert keys(await first.press("feedback-rating-5-button")) == [COMMENT]
    assert keys(await second.say("1")) == ["feedback-comment-prompt(rating=1)"]
