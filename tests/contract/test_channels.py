"""One suite for every channel: what the core may rely on, whichever platform it is."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from itertools import count
from typing import cast

import pytest

from bot.domain.actions import Action
from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.errors import ChannelError, RefusedError, ThrottledError, UnreachableError
from bot.domain.fitting import ELLIPSIS
from bot.domain.ids import TranscriptId
from bot.domain.messages import Address, AttachmentKind
from bot.domain.paging import BACK, ONWARD
from bot.domain.replies import (
    NOTICE,
    Attachment,
    Link,
    Mark,
    MarkKind,
    OutgoingButton,
    OutgoingMessage,
    Private,
    QueuedMessage,
    Target,
)
from bot.services.channel import SendResult
from tests.contract.odd import ODD_LINKS, TEXTS
from tests.contract.stages import (
    CHANNELS,
    PLATFORMS,
    ConsoleStage,
    FakeStage,
    Platform,
    Stage,
    open_telegram,
    open_vk,
)

_ids = count(1)


@pytest.fixture(params=CHANNELS)
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """Each channel."""
    async for one in _open(request.param):
        yield one


@pytest.fixture(params=PLATFORMS)
async def platform(request: pytest.FixtureRequest) -> AsyncIterator[Platform]:
    """Each channel of which something can go wrong."""
    async for one in _open(request.param):
        yield cast("Platform", one)


async def _open(name: str) -> AsyncIterator[Stage]:
    match name:
        case "telegram":
            async with open_telegram() as telegram:
                yield telegram
        case "vk":
            async with open_vk() as vk:
                yield vk
        case "console":
            yield ConsoleStage()
        case _:
            yield FakeStage()


def message(to: Address, text: str = "Да", **more: object) -> OutgoingMessage:
    """Write to somebody."""
    written = OutgoingMessage(to=to, answers=TranscriptId(next(_ids)), number=0, text=text)
    return replace(written, **more)  # type: ignore[arg-type]


def queued(one: OutgoingMessage) -> QueuedMessage:
    """Queue a message as the outbox does."""
    return QueuedMessage(id=TranscriptId(next(_ids)), message=one)


async def send(stage: Stage, items: Sequence[QueuedMessage]) -> list[SendResult]:
    """Send as the courier does: no more in a batch than the channel takes."""
    size = stage.channel.pace.batch if stage.channel.pace else 1
    results: list[SendResult] = []
    for start in range(0, len(items), size):
        results += await stage.channel.send(items[start : start + size])
    return results


async def say(stage: Stage, one: OutgoingMessage) -> list[str]:
    """Say what `one` says, in parts that fit, each in a call of its own; all must arrive."""
    results = [await send(stage, [queued(part)]) for part in stage.channel.fit(one)]
    assert results
    references = [result for [result] in results if isinstance(result, str)]
    assert len(references) == len(results), results
    return references


def bare(text: str) -> str:
    """Leave out white space, which may be lost where a text is divided."""
    return "".join(text.split())


def column(*targets: Target, label: str = "b") -> tuple[tuple[OutgoingButton, ...], ...]:
    """Buttons one under the other."""
    return tuple((OutgoingButton(f"{label}{number}", target),) for number, target in enumerate(targets))


async def test_a_channel_has_a_name_and_a_pace_that_can_be_kept(stage: Stage) -> None:
    assert stage.channel.name
    pace = stage.channel.pace
    assert pace is None or (pace.per_second > 0 and pace.batch > 0 and pace.chat_seconds >= 0)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_every_part_goes_in_one_call_and_nothing_is_lost(stage: Stage, text: str) -> None:
    to = stage.meet()
    references = await say(stage, message(to, text, buttons=column(Action("help.show"))))
    shown = stage.screen(to)
    assert len(shown) == len(references) == len(set(references))
    assert bare("".join(bubble.text for bubble in shown)) in {bare(text), bare(text) or ELLIPSIS}
    assert [bool(bubble.labels) for bubble in shown] == [False] * (len(shown) - 1) + [True]


async def test_fitting_is_repeatable_and_keeps_the_address(stage: Stage) -> None:
    one = message(stage.meet(), TEXTS["paragraphs"], buttons=column(*[Action("a.b")] * 60))
    parts = stage.channel.fit(one)
    assert list(parts) == list(stage.channel.fit(one))
    assert {(part.to, part.answers, part.client) for part in parts} == {(one.to, one.answers, one.client)}
    assert [list(stage.channel.fit(part)) for part in parts] == [[part] for part in parts]


async def test_what_is_answered_is_logged_once_however_many_parts_it_has(stage: Stage) -> None:
    meta = AnswerMeta(kind=AnswerKind.FAQ, confidence=0.9, sources=("faq:delivery",))
    pictures = [Attachment(kind=AttachmentKind.PHOTO, name="a.jpg", source=stage.picture)] * 12
    one = message(stage.meet(), TEXTS["long"], answer=meta, attachments=tuple(pictures))
    first, *others = stage.channel.fit(one)
    assert (first.answer, {part.answer for part in others} - {NOTICE}) == (meta, set())


async def test_marks_of_every_kind_are_taken(stage: Stage) -> None:
    text = "🧶 Пряжа <мягкая> & тёплая " * 400
    marks = [Mark(start, 9, kind) for start, kind in ((0, MarkKind.BOLD), (5, MarkKind.ITALIC), (4090, MarkKind.BOLD))]
    links = [Mark(30 + 20 * number, 5, MarkKind.LINK, url) for number, url in enumerate(ODD_LINKS)]
    outside = [Mark(len(text) - 2, 50, MarkKind.BOLD), Mark(-3, 5, MarkKind.BOLD), Mark(7, 0, MarkKind.ITALIC)]
    to = stage.meet()
    await say(stage, message(to, text, marks=(*marks, *links, *outside)))
    assert bare("".join(bubble.text for bubble in stage.screen(to))) == bare(text)


async def test_many_pictures_with_a_long_text_are_taken(stage: Stage) -> None:
    pictures = [Attachment(kind=AttachmentKind.PHOTO, name="a.jpg", source=stage.picture)] * 12
    to, text = stage.meet(), TEXTS["paragraphs"]
    await say(stage, message(to, text, attachments=tuple(pictures), buttons=column(Action("help.show"))))
    shown = stage.screen(to)
    assert bare("".join(bubble.text for bubble in shown)) == bare(text)
    assert shown[-1].labels == ("b0",)


async def test_any_number_of_buttons_can_be_reached(stage: Stage) -> None:
    to, reached = stage.meet(), list[str]()
    one = message(to, "Выберите", buttons=column(*[Action("ask.faq", (str(number),)) for number in range(60)]))
    [reference] = await say(stage, one)
    labels = stage.screen(to)[-1].labels
    for page in range(1, 61):
        reached += [label for label in labels if label.startswith("b")]
        if ONWARD not in labels:
            break
        [reference] = await say(stage, replace(one, page=page, replaces=reference))
        labels = stage.screen(to)[-1].labels
        assert BACK in labels
    assert reached == [f"b{number}" for number in range(60)]


async def test_long_labels_and_payloads_are_taken(stage: Stage) -> None:
    rows = (
        (OutgoingButton("Очень длинная надпись 🧶 " * 10, Action("ask.faq", ("я" * 200,))),),
        tuple(OutgoingButton(f"{number} " * 100, Action("ask.faq", (":%\"'\\" * 60,))) for number in range(5)),
        (OutgoingButton("", Action("a.b")), OutgoingButton(" \n", Action("a.b"))),
    )
    to = stage.meet()
    await say(stage, message(to, "Выберите", buttons=rows))
    labels = stage.screen(to)[-1].labels
    assert len(labels) == 8
    assert labels[0].startswith("Очень длинная надпись")


@pytest.mark.parametrize("url", ODD_LINKS)
async def test_no_link_costs_the_answer(stage: Stage, url: str) -> None:
    to = stage.meet()
    buttons = column(Link(url), Action("help.show"), Private("f-доставка и оплата?&#"), Private())
    await say(stage, message(to, "Вот", buttons=buttons))
    [shown] = stage.screen(to)
    assert shown.text.startswith("Вот")
    assert {"b1", "b2", "b3"} <= set(shown.labels)


async def test_a_repeat_is_known_where_the_channel_says_so(stage: Stage) -> None:
    to = stage.meet()
    item = queued(message(to, "раз"))
    first, second = await send(stage, [item]), await send(stage, [item])
    shown = stage.screen(to)
    assert len(shown) == (1 if stage.channel.knows_repeats else 2)
    assert (first == second) == stage.channel.knows_repeats


async def test_a_reference_names_the_message_to_be_replaced(stage: Stage) -> None:
    to = stage.meet()
    [reference] = await say(stage, message(to, "раз", buttons=column(Action("a.b"))))
    again = await say(stage, message(to, "два", replaces=reference))
    assert stage.screen(to)[-1].text == "два"
    assert len(stage.screen(to)) == len({reference, *again})


@pytest.mark.parametrize("reference", ["", "999999", "нет такого", "-1", "0", "1.5", "²", "9" * 30])
async def test_what_cannot_be_replaced_is_said_anew(stage: Stage, reference: str) -> None:
    to = stage.meet()
    await say(stage, message(to, "раз"))
    await say(stage, message(to, "два", replaces=reference))
    assert [bubble.text for bubble in stage.screen(to)] == ["раз", "два"]


async def test_results_come_one_for_each_message_in_order(stage: Stage) -> None:
    people = [stage.meet(number) for number in range(40)]
    texts = ["всем одно"] * 30 + [f"привет, {number}" for number in range(10)]
    results = await send(stage, [queued(message(to, text)) for to, text in zip(people, texts, strict=True)])
    assert len(results) == len(people)
    assert all(isinstance(result, str) for result in results)
    assert [[bubble.text for bubble in stage.screen(to)] for to in people] == [[text] for text in texts]


async def test_somebody_who_does_not_want_us_is_unreachable_and_nobody_else(platform: Platform) -> None:
    people = [platform.meet(number) for number in range(5)]
    platform.block(people[1])
    results = await send(platform, [queued(message(to)) for to in people])
    assert [isinstance(result, str) for result in results] == [True, False, True, True, True]
    assert isinstance(results[1], UnreachableError)


async def test_too_fast_says_how_long_to_wait(platform: Platform) -> None:
    item = queued(message(platform.meet()))
    platform.throttle()
    [result] = await send(platform, [item])
    assert isinstance(result, ThrottledError)
    assert result.retry_after > 0
    [again] = await send(platform, [item])
    assert isinstance(again, str)


async def test_a_refused_message_does_not_spoil_the_others(platform: Platform) -> None:
    people = [platform.meet(number) for number in range(5)]
    platform.refuse()
    results = await send(platform, [queued(message(to, to.chat_id)) for to in people])
    arrived = [isinstance(result, str) for result in results]
    assert [type(result) for result in results if not isinstance(result, str)] == [RefusedError]
    assert [bool(platform.screen(to)) for to in people] == arrived


async def test_a_platform_that_is_down_is_a_result_and_no_exception(platform: Platform) -> None:
    people = [platform.meet(number) for number in range(3)]
    await platform.go_down()
    results = await send(platform, [queued(message(to)) for to in people])
    assert len(results) == len(people)
    for result in results:
        assert isinstance(result, ChannelError)
        assert not isinstance(result, RefusedError | UnreachableError)


async def test_typing_is_shown_and_never_raises(stage: Stage) -> None:
    await stage.channel.show_typing(stage.meet())


async def test_typing_never_raises_while_the_platform_is_down(platform: Platform) -> None:
    to = platform.meet()
    await platform.go_down()
    await platform.channel.show_typing(to)
