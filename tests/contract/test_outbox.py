"""Messages leave in the order of each chat, once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.actions import Action
from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.errors import RejectedError
from bot.domain.ids import TranscriptId
from bot.domain.messages import AttachmentKind
from bot.domain.replies import Attachment, Link, OutgoingButton, OutgoingMessage
from bot.services.ports import HandledTurn, UnitOfWork, UnitOfWorkFactory
from tests.contract.samples import (
    ANN,
    BOB,
    CONSOLE,
    DESK,
    NOON,
    accept,
    answer_all,
    counts,
    handled,
    message,
    said,
    unsent_texts,
)

LATER = NOON + timedelta(seconds=30)


async def test_messages_are_queued_in_the_order_of_turns_and_numbers(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"), said("2", BOB))
    await answer_all(open_uow, replies=2)
    assert await unsent_texts(open_uow) == [("c1", "hi 0"), ("c1", "hi 1"), ("c2", "hi 0"), ("c2", "hi 1")]
    assert await unsent_texts(open_uow, limit=1) == [("c1", "hi 0")]
    assert await counts(open_uow) == {"in:handled": 2, "out:queued": 4}


async def test_a_message_comes_back_as_it_was(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"))
    async with open_uow() as uow:
        (event,) = await uow.transcript.waiting(1)
        plain = message(event)
        rich = OutgoingMessage(
            to=plain.to,
            answers=event.id,
            number=1,
            text="Смотрите 🧶",
            buttons=(
                (OutgoingButton("да", Action("feedback.rate", ("5",))),),
                (OutgoingButton("нет", Action("menu.open")), OutgoingButton("сайт", Link("https://a.example"))),
            ),
            attachments=(Attachment(kind=AttachmentKind.PHOTO, name="card.png", source="/tmp/card.png"),),  # noqa: S108
        )
        await uow.transcript.record([handled(event, plain, rich)])
        await uow.commit()
    async with open_uow() as uow:
        queued = await uow.transcript.unsent([CONSOLE], now=NOON, limit=10)
    assert [item.message for item in queued] == [plain, rich]
    assert [item.attempts for item in queued] == [0, 0]


async def test_who_never_wrote_can_be_written_to(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"))
    async with open_uow() as uow:
        (event,) = await uow.transcript.waiting(1)
        await uow.transcript.record([handled(event, message(event), message(event, 1, to=DESK))])
        await uow.commit()
    assert await unsent_texts(open_uow) == [("c1", "hi 0")]
    assert await unsent_texts(open_uow, channel=DESK.channel) == [("-100", "hi 1")]


async def test_only_the_channels_asked_for_are_served(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"), said("2", DESK))
    await answer_all(open_uow)
    async with open_uow() as uow:
        assert await uow.transcript.unsent([], now=NOON, limit=10) == []
        both = await uow.transcript.unsent([CONSOLE, DESK.channel], now=NOON, limit=10)
    assert [item.message.to.chat_id for item in both] == ["c1", "-100"]


async def test_what_was_sent_is_not_sent_again(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"))
    await answer_all(open_uow, replies=3)
    async with open_uow() as uow:
        first, second, _ = await uow.transcript.unsent([CONSOLE], now=NOON, limit=10)
        await uow.transcript.mark_sent({first.id: "m1", second.id: "m2"}, at=NOON)
        await uow.commit()
    assert await unsent_texts(open_uow) == [("c1", "hi 2")]
    assert await counts(open_uow) == {"in:handled": 1, "out:queued": 1, "out:sent": 2}


async def test_a_message_to_be_retried_holds_back_its_chat_only(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"), said("2", BOB))
    await answer_all(open_uow, replies=3)
    async with open_uow() as uow:
        first, second, *_ = await uow.transcript.unsent([CONSOLE], now=NOON, limit=10)
        await uow.transcript.mark_sent({first.id: "m1"}, at=NOON)
        await uow.transcript.mark_failed(second.id, error="too fast", retry_at=LATER)
        await uow.commit()
    assert await unsent_texts(open_uow) == [("c2", "hi 0"), ("c2", "hi 1"), ("c2", "hi 2")]
    assert (await unsent_texts(open_uow, now=LATER))[:2] == [("c1", "hi 1"), ("c1", "hi 2")]


async def test_failed_tries_are_counted(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"))
    await answer_all(open_uow)
    for attempt in range(3):
        async with open_uow() as uow:
            (queued,) = await uow.transcript.unsent([CONSOLE], now=NOON, limit=1)
            assert queued.attempts == attempt
            await uow.transcript.mark_failed(queued.id, error="again", retry_at=NOON)
            await uow.commit()


async def test_a_try_that_the_platform_put_off_is_no_attempt(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"))
    await answer_all(open_uow)
    for retry_at, is_attempt, attempts in ((NOON, True, 1), (LATER, False, 1), (LATER, True, 2)):
        async with open_uow() as uow:
            (queued,) = await uow.transcript.unsent([CONSOLE], now=LATER, limit=1)
            await uow.transcript.mark_failed(queued.id, error="wait", retry_at=retry_at, is_attempt=is_attempt)
            await uow.commit()
        async with open_uow() as uow:
            (queued,) = await uow.transcript.unsent([CONSOLE], now=LATER, limit=1)
            assert queued.attempts == attempts
            assert bool(await uow.transcript.unsent([CONSOLE], now=NOON, limit=1)) is (retry_at == NOON)


async def test_the_answers_to_one_event_can_be_asked_for(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"), said("2", BOB))
    async with open_uow() as uow:
        first, second = await uow.transcript.waiting(2)
        to_bob, answer, more = message(first, to=BOB), message(second), message(second, 1)
        await uow.transcript.record([handled(first, to_bob), handled(second, answer, more)])
        await uow.commit()
    assert await _answers(open_uow, first.id) == [to_bob]
    assert await _answers(open_uow, second.id) == [answer, more]
    assert await _answers(open_uow, second.id, limit=1) == [answer]
    assert await _answers(open_uow, TranscriptId(999_999)) == []


async def test_an_answer_asked_for_waits_for_what_is_to_be_retried_before_it(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"), said("2", BOB))
    async with open_uow() as uow:
        first, second = await uow.transcript.waiting(2)
        await uow.transcript.record([handled(first, message(first, to=BOB)), handled(second, message(second))])
        earlier, _ = await uow.transcript.unsent([CONSOLE], now=NOON, limit=2)
        await uow.transcript.mark_failed(earlier.id, error="again", retry_at=LATER)
        await uow.commit()
    assert await _answers(open_uow, second.id) == []
    assert await _answers(open_uow, second.id, now=LATER) == [message(second)]


async def _answers(
    open_uow: UnitOfWorkFactory, event: TranscriptId, *, now: datetime = NOON, limit: int = 10
) -> list[OutgoingMessage]:
    async with open_uow() as uow:
        return [item.message for item in await uow.transcript.unsent([CONSOLE], now=now, limit=limit, answers=event)]


async def _record(uow: UnitOfWork, turns: Sequence[HandledTurn]) -> None:
    """The commit tells at the latest what is wrong."""
    await uow.transcript.record(turns)
    await uow.commit()


@pytest.mark.parametrize(("answers", "confidence"), [(None, 1.5), (999_999, 0.5)], ids=["check", "foreign key"])
async def test_values_that_no_database_takes_are_rejected(
    open_uow: UnitOfWorkFactory, answers: int | None, confidence: float
) -> None:
    await accept(open_uow, said("1"), said("2", BOB))
    async with open_uow() as uow:
        first, second = await uow.transcript.waiting(2)
        good = message(first)
        bad = replace(
            message(second, text="secret"),
            answers=TranscriptId(answers or second.id),
            answer=AnswerMeta(kind=AnswerKind.FAQ, confidence=confidence),
        )
        with pytest.raises(RejectedError) as caught:
            await _record(uow, [handled(first, good), handled(second, bad)])
    assert "secret" not in str(caught.value)
    assert await counts(open_uow) == {"in:waiting": 2}


async def test_a_message_given_up_frees_those_behind_it(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"))
    await answer_all(open_uow, replies=2)
    for retry_at in (LATER, None):
        async with open_uow() as uow:
            first, *_ = await uow.transcript.unsent([CONSOLE], now=LATER, limit=10)
            await uow.transcript.mark_failed(first.id, error="gone", retry_at=retry_at)
            await uow.commit()
    assert await unsent_texts(open_uow) == [("c1", "hi 1")]
    assert await counts(open_uow) == {"in:handled": 1, "out:failed": 1, "out:queued": 1}


async def test_what_is_over_stays_over(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"))
    await answer_all(open_uow)
    async with open_uow() as uow:
        (queued,) = await uow.transcript.unsent([CONSOLE], now=NOON, limit=1)
        await uow.transcript.mark_sent({queued.id: "m1"}, at=NOON)
        await uow.transcript.mark_failed(queued.id, error="late news", retry_at=NOON)
        await uow.commit()
    assert await unsent_texts(open_uow) == []


async def test_the_reference_of_what_answered_an_event_is_found(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1"), said("2", BOB))
    await answer_all(open_uow, replies=2)
    async with open_uow() as uow:
        queued = await uow.transcript.unsent([CONSOLE], now=NOON, limit=9)
        references = {item.id: f"r{place}" for place, item in enumerate(queued[:2])}
        await uow.transcript.mark_sent(references, at=NOON)
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.transcript.reference(CONSOLE, "1") == "r1"
        assert await uow.transcript.reference(CONSOLE, "2") == ""
        assert await uow.transcript.reference(CONSOLE, "3") == ""


@pytest.mark.parametrize("end", ["sent", "failed", "unknown", "unreachable", "given up"])
async def test_words_that_tell_who_somebody_is_are_kept_until_they_were_sent(
    open_uow: UnitOfWorkFactory, end: str
) -> None:
    await accept(open_uow, said("1", text=""))
    async with open_uow() as uow:
        (event,) = await uow.transcript.waiting(1)
        private = replace(message(event, text="+79120000000"), is_private=True)
        await uow.transcript.record([handled(event, private, message(event, 1))])
        await uow.commit()
    async with open_uow() as uow:
        queued, _ = await uow.transcript.unsent([CONSOLE], now=NOON, limit=9)
        await uow.transcript.mark_failed(queued.id, error="later", retry_at=NOON)
        await uow.commit()
    async with open_uow() as uow:
        queued, _ = await uow.transcript.unsent([CONSOLE], now=LATER, limit=9)
        assert queued.message == private
        await _end(uow, queued.id, end)
        await uow.commit()
    async with open_uow() as uow:
        assert "+79120000000" not in str(await uow.membership.privacy.said([ANN], limit=9))


async def _end(uow: UnitOfWork, row: TranscriptId, end: str) -> None:
    match end:
        case "sent":
            await uow.transcript.mark_sent({row: "r"}, at=NOON)
        case "failed":
            await uow.transcript.mark_failed(row, error="no", retry_at=None)
        case "unknown":
            await uow.transcript.mark_unknown(row, error="who knows", retry_at=None)
        case "unreachable":
            await uow.transcript.mark_unreachable(row, error="blocked")
        case _:
            await uow.transcript.give_up(ANN, error="blocked")
