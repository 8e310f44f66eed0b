"""Inbox, pump, courier: what happens when things go wrong."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.domain.answer import AnswerKind
from bot.domain.errors import ChannelError, RejectedError, StorageError, ThrottledError, UnreachableError
from bot.domain.messages import Said
from bot.runtime.courier import Courier
from bot.runtime.fate import MOST_ATTEMPTS
from bot.runtime.group import GroupCommit
from tests.fakes.channel import FakeChannel
from tests.fakes.talk import Talk, keys


def said(talk: Talk, text: str, number: int) -> Said:
    return Said(id=f"e{number}", sender=talk.me, at=talk.clock.now(), text=text)


async def test_event_that_comes_twice_is_answered_once() -> None:
    talk = Talk()
    event = said(talk, "привет", 1)
    assert len(await talk.happen(event)) == 1
    assert await talk.happen(event) == []


async def test_skill_that_breaks_spoils_its_own_turn_only() -> None:
    talk = Talk()
    other = Talk(talk.uow, user="u2")
    await talk.inbox.accept(said(talk, "сломайся", 1))
    await talk.inbox.accept(Said(id="o1", sender=other.me, at=talk.clock.now(), text="привет"))
    assert keys(await talk.settle()) == ["error-turn", "smalltalk-greeting(brand=Чайная)"]


async def test_lines_of_one_person_are_answered_in_order() -> None:
    talk = Talk()
    for number, text in enumerate(["/feedback", "5", "спасибо за всё хорошее"]):
        await talk.inbox.accept(said(talk, text, number))
    assert keys(await talk.settle()) == [
        "feedback-rating-prompt",
        "feedback-comment-prompt(rating=5)",
        "feedback-thanks",
    ]


async def test_every_reply_carries_its_kind() -> None:
    talk = Talk()
    for text in ["/help", "чайник", "чистка", "доставка", "ничего", "привет", "/feedback", "/person"]:
        await talk.say(text)
    kinds = {message.answer.kind for message in talk.messages}
    assert kinds == {
        AnswerKind.NOTICE,
        AnswerKind.PRODUCT,
        AnswerKind.ARTICLE,
        AnswerKind.CLARIFY,
        AnswerKind.UNKNOWN,
        AnswerKind.SMALLTALK,
        AnswerKind.FLOW,
        AnswerKind.HANDOFF,
    }


async def queue_two(talk: Talk) -> None:
    await talk.inbox.accept(said(talk, "привет", 1))
    await talk.pump.work()
    await talk.inbox.accept(said(talk, "чайник", 2))
    await talk.pump.work()


async def test_failed_message_holds_back_the_later_ones_of_its_chat() -> None:
    talk = Talk()
    await queue_two(talk)
    channel = FakeChannel(ThrottledError(30))
    courier = Courier(uow=talk.uow, channels=[channel], clock=talk.clock)
    await courier.deliver()
    assert await courier.deliver() == 0
    assert channel.taken == []
    talk.clock.advance(_seconds(31))
    await courier.deliver()
    assert keys(channel.taken) == ["smalltalk-greeting(brand=Чайная)", "Чайник K-1"]


async def test_message_to_somebody_who_is_gone_is_given_up() -> None:
    talk = Talk()
    await queue_two(talk)
    channel = FakeChannel(UnreachableError("blocked"))
    courier = Courier(uow=talk.uow, channels=[channel], clock=talk.clock)
    while await courier.deliver():
        pass
    assert channel.taken == []
    async with talk.uow() as uow:
        assert (await uow.transcript.count_by_status())["out:unreachable"] == 2
        assert not await uow.people.is_reachable(talk.me)


async def test_somebody_who_writes_again_is_answered_again() -> None:
    talk = Talk()
    await queue_two(talk)
    channel = FakeChannel(UnreachableError("blocked"))
    courier = Courier(uow=talk.uow, channels=[channel], clock=talk.clock)
    await courier.deliver()
    await talk.inbox.accept(said(talk, "привет", 9))
    await talk.pump.work()
    await courier.deliver()
    assert keys(channel.taken) == ["smalltalk-greeting(brand=Чайная)"]


async def test_message_is_given_up_after_so_many_attempts() -> None:
    talk = Talk()
    await talk.inbox.accept(said(talk, "привет", 1))
    await talk.pump.work()
    channel = FakeChannel(*[ChannelError("502") for _ in range(100)])
    courier = Courier(uow=talk.uow, channels=[channel], clock=talk.clock)
    for _ in range(MOST_ATTEMPTS + 5):
        await courier.deliver()
        talk.clock.advance(_seconds(3600))
    assert 100 - len(channel.errors) == MOST_ATTEMPTS
    async with talk.uow() as uow:
        assert (await uow.transcript.count_by_status())["out:failed"] == 1


async def test_group_commit_writes_what_waits_together() -> None:
    groups: list[int] = []

    async def write(items: Sequence[int]) -> Sequence[int]:
        groups.append(len(items))
        await asyncio.sleep(0)
        return [item * 2 for item in items]

    group = GroupCommit(write)
    assert await asyncio.gather(*(group.submit(number) for number in range(50))) == [n * 2 for n in range(50)]
    assert groups[0] + groups[1] == 50
    assert len(groups) == 2


async def test_group_that_fails_tells_everybody_and_the_next_one_works() -> None:
    is_broken = True

    async def write(items: Sequence[int]) -> Sequence[int]:
        await asyncio.sleep(0)
        if is_broken:
            raise StorageError("disk full")
        return items

    group = GroupCommit(write)
    results = await asyncio.gather(*(group.submit(number) for number in range(5)), return_exceptions=True)
    assert all(isinstance(result, StorageError) for result in results)
    is_broken = False
    assert await group.submit(1) == 1


async def test_caller_who_leaves_does_not_spoil_the_group() -> None:
    started = asyncio.Event()
    release = asyncio.Event()

    async def write(items: Sequence[int]) -> Sequence[int]:
        started.set()
        await release.wait()
        return items

    group = GroupCommit(write)
    async with asyncio.TaskGroup() as tasks:
        first = tasks.create_task(group.submit(1))
        await started.wait()
        second = tasks.create_task(group.submit(2))
        third = tasks.create_task(group.submit(3))
        await asyncio.sleep(0)
        second.cancel()
        release.set()
    assert first.result() == 1
    assert third.result() == 3
    with pytest.raises(asyncio.CancelledError):
        second.result()


def _seconds(number: int) -> timedelta:
    return timedelta(seconds=number)


async def test_writer_who_leaves_does_not_take_the_others_along() -> None:
    started = asyncio.Event()
    blocked = asyncio.Event()

    async def write(items: Sequence[int]) -> Sequence[int]:
        if not started.is_set():
            started.set()
            await blocked.wait()
        return items

    group = GroupCommit(write)
    async with asyncio.TaskGroup() as tasks:
        writer = tasks.create_task(group.submit(1))
        await started.wait()
        others = [tasks.create_task(group.submit(number)) for number in (2, 3)]
        await asyncio.sleep(0)
        writer.cancel()
    assert [other.result() for other in others] == [2, 3]
    assert writer.cancelled()


async def test_refusal_is_explained_and_nothing_of_the_turn_is_kept() -> None:
    talk = Talk()
    assert keys(await talk.say("откажи")) == ["refused-on-purpose(limit=3)"]
    async with talk.uow() as uow:
        assert await uow.feedback.all() == []


async def test_turn_that_the_database_refuses_is_given_up_and_the_others_are_answered() -> None:
    talk = Talk()
    other = Talk(talk.uow, user="u2")
    await talk.inbox.accept(said(talk, "конфликт", 1))
    await talk.inbox.accept(Said(id="o1", sender=other.me, at=talk.clock.now(), text="привет"))
    assert keys(await talk.settle()) == ["error-turn", "smalltalk-greeting(brand=Чайная)"]
    assert await talk.pump.work() == 0


async def test_channel_that_breaks_does_not_lose_the_marks_of_what_was_sent() -> None:
    talk = Talk()
    other = Talk(talk.uow, user="u2")
    await talk.inbox.accept(said(talk, "привет", 1))
    await talk.inbox.accept(Said(id="o1", sender=other.me, at=talk.clock.now(), text="привет"))
    await talk.pump.work()
    channel = FakeChannel()
    channel.errors.append(RuntimeError("broken"))
    courier = Courier(uow=talk.uow, channels=[channel], clock=talk.clock)
    await courier.deliver()
    assert len(channel.taken) == 1
    talk.clock.advance(_seconds(2))
    while await courier.deliver():
        pass
    assert len(channel.taken) == 2


async def test_being_throttled_is_no_attempt() -> None:
    talk = Talk()
    await talk.inbox.accept(said(talk, "привет", 1))
    await talk.pump.work()
    channel = FakeChannel(*[ThrottledError(1) for _ in range(3 * MOST_ATTEMPTS)])
    courier = Courier(uow=talk.uow, channels=[channel], clock=talk.clock)
    for _ in range(3 * MOST_ATTEMPTS + 1):
        await courier.deliver()
        talk.clock.advance(_seconds(2))
    assert len(channel.taken) == 1


async def test_an_event_that_the_database_refuses_does_not_keep_those_of_others() -> None:
    talk = Talk()
    bad = said(talk, "отрава", 1)
    talk.uow.__self__.poison = bad.id  # type: ignore[attr-defined]
    others = [said(talk, f"чайник {number}", 10 + number) for number in range(3)]
    results = await asyncio.gather(
        *(talk.inbox.accept(event) for event in (others[0], bad, *others[1:])), return_exceptions=True
    )
    assert isinstance(results[1], RejectedError)
    assert [results[0], *results[2:]] == [True, True, True]
