"""Questions of the log with their answers and ratings, and those that nobody wants an answer for."""

from dataclasses import replace

from bot.domain.actions import Action
from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.logged import LoggedQuestion
from bot.domain.messages import Address, Event, Pressed, StoredEvent
from bot.domain.rating import Rating, Thumb
from bot.services.gaps import logged_questions
from bot.services.ports import UnitOfWorkFactory
from tests.contract.samples import ANN, BOB, CONSOLE, NOON, accept, handled, message, said

UNKNOWN = AnswerMeta(kind=AnswerKind.UNKNOWN, confidence=0.1)


async def _take(
    open_uow: UnitOfWorkFactory, event: Event, skill: str, *answers: AnswerMeta, outcome: str = "x"
) -> None:
    """Store an event and its turn."""
    await accept(open_uow, event)
    async with open_uow() as uow:
        [stored] = await uow.transcript.waiting(1)
        said_back = [replace(message(stored, number), answer=answer) for number, answer in enumerate(answers)]
        await uow.transcript.record([replace(handled(stored, *said_back, outcome=outcome), skill=skill)])
        await uow.commit()


async def _questions(open_uow: UnitOfWorkFactory, *, limit: int = 100) -> list[LoggedQuestion]:
    async with open_uow() as uow:
        return list(await uow.transcript.questions(after=0, limit=limit))


async def test_what_was_looked_up_is_read_in_order_with_its_answers(open_uow: UnitOfWorkFactory) -> None:
    faq = AnswerMeta(kind=AnswerKind.FAQ, confidence=0.93, sources=("faq:a", "offer:12"))
    await _take(open_uow, said("1", text="one"), "ask", faq, UNKNOWN)
    await _take(open_uow, said("2", text="привет"), "smalltalk", AnswerMeta(kind=AnswerKind.SMALLTALK))
    await _take(open_uow, said("3", BOB, text="two"), "ask", UNKNOWN)
    await accept(open_uow, said("4", text="not answered yet"))
    first, second = await _questions(open_uow)
    assert (first.text, first.answers) == ("one", (faq, UNKNOWN))
    assert (second.text, second.answers, second.event.at) == ("two", (UNKNOWN,), NOON)
    assert [each.text for each in await _questions(open_uow, limit=1)] == ["one"]


async def test_only_a_choice_turned_down_is_read_of_the_help(open_uow: UnitOfWorkFactory) -> None:
    down = Pressed(id="1", sender=ANN, at=NOON, action=Action("help.not_found"))
    await _take(open_uow, down, "help", UNKNOWN, outcome="unknown")
    await _take(open_uow, replace(down, id="2", action=Action("help.show")), "help", outcome="notice")
    [read] = await _questions(open_uow)
    assert read.is_none_of_these


async def test_nobody_is_named(open_uow: UnitOfWorkFactory) -> None:
    stranger = Address(CONSOLE, "chat-of-carol", "carol")
    await _take(open_uow, replace(said("1", stranger), name="Carol Danvers"), "ask")
    await _take(open_uow, said("2", BOB), "ask")
    await _take(open_uow, said("3", stranger), "ask")
    senders = [question.event.sender for question in await _questions(open_uow)]
    assert senders[0] == senders[2] != senders[1]
    assert not {"chat-of-carol", "carol"} & {part for sender in senders for part in (sender.chat_id, sender.user_id)}
    assert [question.event.name for question in await _questions(open_uow)] == [None] * 3


async def test_a_thumb_down_is_seen(open_uow: UnitOfWorkFactory) -> None:
    await _take(open_uow, said("1"), "ask", UNKNOWN)
    await _take(open_uow, said("2"), "ask", UNKNOWN, UNKNOWN)
    first, second = await _questions(open_uow)
    async with open_uow() as uow:
        up = Rating(sender=ANN, answers=first.id, number=0, thumb=Thumb.UP, given_at=NOON)
        await uow.ratings.put(up)
        await uow.ratings.put(replace(up, answers=second.id, number=1, thumb=Thumb.DOWN))
        await uow.commit()
    assert [question.is_disliked for question in await _questions(open_uow)] == [False, True]


async def test_lines_answered_together_are_told(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1", text="one"), said("2", text="two"))
    async with open_uow() as uow:
        [head] = await uow.transcript.waiting(1)
        row = await uow.transcript.find(ANN.channel, "2")
        assert row is not None
        last = StoredEvent(id=row, event=said("2", text="two"))
        turn = replace(handled(last, message(last)), skill="ask", merged=(head.id,))
        await uow.transcript.record([turn])
        await uow.commit()
    assert [(each.text, each.is_merged) for each in await _questions(open_uow)] == [("one", True), ("two", False)]


async def test_a_long_log_is_read_chunk_by_chunk(open_uow: UnitOfWorkFactory) -> None:
    for number in range(3):
        await _take(open_uow, said(str(number), text=str(number)), "ask")
    told: list[int] = []
    async with open_uow() as uow:
        read = [question.text async for question in logged_questions(uow, tell=told.append)]
    assert read == ["0", "1", "2"]
    assert told == [3]


async def test_ignored_questions_are_kept_once_and_sorted(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        await uow.ignored.add(["погода", "Weather", "погода"], at=NOON)
        await uow.ignored.add(["погода", "а"], at=NOON)
        await uow.commit()
    async with open_uow() as uow:
        assert list(await uow.ignored.all()) == ["Weather", "а", "погода"]
        await uow.ignored.add([], at=NOON)
