"""Messages on the screens of people: texts, pages, pictures, albums, edits, topics, groups that move."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.parse import CAPTIONED
from bot.domain.actions import Action
from bot.domain.errors import ChannelError, RefusedError, UnreachableError
from bot.domain.messages import Address, AttachmentKind
from bot.domain.replies import Link, Mark, MarkKind, OutgoingButton, Private, QueuedMessage
from bot.services.channel import Pace, SendResult
from tests.fakes.telegram import FakeTelegram, Group, Http5xx, Http502, Limits, Person
from tests.fakes.telegram.chats import Message
from tests.fakes.telegram.files import PNG
from tests.integration.channels.telegram.opened import opened
from tests.unit.channels.telegram.messages import URL, attached, buttons, queued

BOLD = (Mark(0, 3, MarkKind.BOLD),)


@pytest.fixture
def anna(fake: FakeTelegram) -> Person:
    """Somebody who has started the bot."""
    return fake.person(has_started=True)


async def send(channel: TelegramChannel, item: QueuedMessage) -> list[SendResult]:
    """Send a message as the core does: in the parts that fit."""
    results: list[SendResult] = []
    for part in channel.fit(item.message):
        results += await channel.send([replace(item, message=part)])
    return results


def edited(message: Message, text: str, **more: object) -> QueuedMessage:
    """A message that takes the place of another."""
    client = () if "text" in message.body else (CAPTIONED,)
    return queued(text, chat=message.chat.id, replaces=str(message.id), client=client, **more)


def test_pace_and_repeats_are_those_of_the_platform(channel: TelegramChannel) -> None:
    assert channel.pace == Pace(per_second=29.0, batch=1, chat_seconds=1.0, group_per_minute=20, most_in_doubt=1)
    assert (channel.name, channel.knows_repeats) == ("telegram", False)


async def test_text_arrives_with_marks_and_buttons(channel: TelegramChannel, anna: Person) -> None:
    refs = await send(channel, queued("GH2 <новый> & 😀", chat=anna.id, marks=BOLD, buttons=buttons(2)))
    shown = anna.messages[-1]
    assert refs == [str(shown.id)]
    assert (shown.text, shown.labels) == ("GH2 <новый> & 😀", ["b0", "b1"])
    assert [item["type"] for item in shown.entities] == ["bold"]


async def test_long_text_arrives_in_parts(channel: TelegramChannel, anna: Person) -> None:
    text = "\n\n".join(f"{number}. " + "слово " * 100 for number in range(20)).strip()
    refs = await send(channel, queued(text, chat=anna.id, buttons=buttons(1)))
    assert refs == [str(message.id) for message in anna.messages]
    assert " ".join(" ".join(message.text for message in anna.messages).split()) == " ".join(text.split())
    assert [bool(message.labels) for message in anna.messages] == [False] * (len(refs) - 1) + [True]


async def test_picture_arrives_with_its_text(channel: TelegramChannel, anna: Person) -> None:
    refs = await send(
        channel, queued("GH2 & 😀", chat=anna.id, marks=BOLD, attachments=(attached(),), buttons=buttons(1))
    )
    shown = anna.messages[-1]
    assert (refs, shown.is_photo, shown.text, shown.labels) == ([str(shown.id)], True, "GH2 & 😀", ["b0"])


async def test_picture_of_ours_is_uploaded(channel: TelegramChannel, anna: Person, tmp_path: Path) -> None:
    path = tmp_path / "card.png"
    path.write_bytes(PNG)
    await send(channel, queued("", chat=anna.id, attachments=(attached(source=str(path)),)))
    assert anna.messages[-1].photo_content == PNG


async def test_album_arrives_as_one(channel: TelegramChannel, anna: Person) -> None:
    refs = await send(channel, queued("две", chat=anna.id, attachments=(attached(), attached())))
    first, second = anna.messages
    assert refs == [str(first.id)]
    assert (first.text, second.text) == ("две", "")
    assert first.body["media_group_id"] == second.body["media_group_id"]


async def test_buttons_of_an_album_stand_under_its_text(channel: TelegramChannel, anna: Person) -> None:
    refs = await send(channel, queued("две", chat=anna.id, attachments=(attached(), attached()), buttons=buttons(1)))
    assert len(refs) == 2
    assert (anna.messages[-1].text, anna.messages[-1].labels) == ("две", ["b0"])


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (AttachmentKind.FILE, "document"),
        (AttachmentKind.VOICE, "voice"),
        (AttachmentKind.AUDIO, "audio"),
        (AttachmentKind.VIDEO, "video"),
        (AttachmentKind.STICKER, "sticker"),
    ],
)
async def test_every_file_arrives(channel: TelegramChannel, anna: Person, kind: AttachmentKind, name: str) -> None:
    results = await send(channel, queued("", chat=anna.id, attachments=(attached(kind),)))
    assert results == [str(anna.messages[-1].id)]
    assert name in anna.messages[-1].body


async def test_place_arrives(channel: TelegramChannel, anna: Person) -> None:
    await send(channel, queued("", chat=anna.id, attachments=(attached(AttachmentKind.LOCATION, "55.75,37.62"),)))
    assert anna.messages[-1].body["location"] == {"latitude": 55.75, "longitude": 37.62}


async def test_picture_that_telegram_cannot_get_does_not_cost_the_answer(
    fake: FakeTelegram, channel: TelegramChannel, anna: Person
) -> None:
    fake.world.files.broken_links.add(URL)
    results = await send(channel, queued("GH2", chat=anna.id, attachments=(attached(),), buttons=buttons(1)))
    shown = anna.messages[-1]
    assert (results, shown.text, shown.labels, shown.is_photo) == ([str(shown.id)], "GH2", ["b0"], False)
    bare = await send(channel, queued("", chat=anna.id, attachments=(attached(),)))
    assert isinstance(bare[0], RefusedError)


async def test_picture_of_ours_that_is_gone_does_not_cost_the_answer(channel: TelegramChannel, anna: Person) -> None:
    await send(channel, queued("GH2", chat=anna.id, attachments=(attached(source="./gone.png"),)))
    assert (anna.messages[-1].text, anna.messages[-1].is_photo) == ("GH2", False)


async def test_what_telegram_refuses_of_the_looks_does_not_cost_the_answer(
    fake: FakeTelegram, channel: TelegramChannel, anna: Person
) -> None:
    refusal = Http5xx(status=400, description="Bad Request: inline keyboard button URL is invalid")
    link = OutgoingButton("Сайт", Link("https://shop.example"))
    item = queued("GH2", chat=anna.id, marks=BOLD, buttons=((link,), *buttons(1)))
    for times, labels in ((1, ["b0"]), (2, [])):
        fake.faults.add(kind=refusal, method="sendMessage", times=times)
        [result] = await send(channel, item)
        shown = anna.messages[-1]
        assert (result, shown.text, shown.labels) == (str(shown.id), "GH2", labels)
    fake.faults.add(kind=refusal, method="sendMessage", times=3)
    assert isinstance((await send(channel, item))[0], RefusedError)


async def test_press_edits_the_message_in_its_place(channel: TelegramChannel, anna: Person) -> None:
    await send(channel, queued("раз", chat=anna.id, buttons=buttons(1)))
    shown = anna.messages[-1]
    results = await send(channel, edited(shown, "два", marks=BOLD))
    assert results == [str(shown.id)]
    assert (len(anna.messages), shown.text, shown.labels, shown.history) == (1, "два", [], ["раз"])


async def test_edit_that_changes_nothing_is_no_error(channel: TelegramChannel, anna: Person) -> None:
    await send(channel, queued("раз", chat=anna.id, buttons=buttons(1)))
    shown = anna.messages[-1]
    assert await send(channel, edited(shown, "раз", buttons=buttons(1))) == [str(shown.id)]
    assert len(anna.messages) == 1


async def test_pages_turn_in_place(channel: TelegramChannel, anna: Person) -> None:
    many = buttons(25)
    await send(channel, queued("выберите", chat=anna.id, buttons=many))
    shown = anna.messages[-1]
    assert shown.labels == [*(f"b{number}" for number in range(9)), "1/3", "›"]
    await send(channel, edited(shown, "выберите", buttons=many, page=2))
    assert shown.labels == [*(f"b{number}" for number in range(18, 25)), "‹", "3/3"]
    assert len(anna.messages) == 1


async def test_long_payload_is_pressed_by_its_place(channel: TelegramChannel, anna: Person) -> None:
    rows = ((OutgoingButton("да", Action("catalogue.show", ("я" * 60,))),),)
    await send(channel, queued("?", chat=anna.id, buttons=rows))
    assert [button.data for row in anna.messages[-1].buttons for button in row] == ["pages.press:7:0:0"]


async def test_caption_is_edited_under_its_picture(channel: TelegramChannel, anna: Person) -> None:
    await send(channel, queued("раз", chat=anna.id, attachments=(attached(),), buttons=buttons(1)))
    shown = anna.messages[-1]
    assert await send(channel, edited(shown, "два")) == [str(shown.id)]
    assert (shown.text, shown.is_photo, len(anna.messages)) == ("два", True, 1)


async def test_next_card_takes_the_place_of_a_card(channel: TelegramChannel, anna: Person) -> None:
    await send(channel, queued("GH1", chat=anna.id, attachments=(attached(),), buttons=buttons(1)))
    shown = anna.messages[-1]
    before = shown.body["photo"]
    assert await send(channel, edited(shown, "GH2", attachments=(attached(),))) == [str(shown.id)]
    assert (shown.text, shown.body["photo"] == before, len(anna.messages)) == ("GH2", False, 1)


async def test_what_cannot_be_edited_is_sent_anew(fake: FakeTelegram, channel: TelegramChannel, anna: Person) -> None:
    await send(channel, queued("раз", chat=anna.id))
    gone = anna.messages[-1]
    del gone.chat.messages[gone.id]
    results = await send(channel, edited(gone, "два"))
    assert results == [str(anna.messages[-1].id)] != [str(gone.id)]
    assert anna.messages[-1].text == "два"


async def test_text_does_not_fit_under_a_picture_and_is_sent_anew(channel: TelegramChannel, anna: Person) -> None:
    await send(channel, queued("раз", chat=anna.id, attachments=(attached(),)))
    await send(channel, edited(anna.messages[-1], "я" * 1100))
    assert [message.is_photo for message in anna.messages] == [True, False]


async def test_topic_of_a_forum_is_answered_in_it(fake: FakeTelegram, channel: TelegramChannel) -> None:
    anna = fake.person()
    forum = fake.supergroup(owner=anna, is_forum=True)
    forum.add_bot(anna)
    topic = forum.open_topic("Вопросы", by=anna)
    address = f"{forum.id}/{topic.thread}"
    await send(channel, queued("раз", chat=address, buttons=buttons(1)))
    await send(channel, queued("две", chat=address, attachments=(attached(), attached())))
    shown = [message for message in forum.messages if message.is_from_bot]
    assert [message.thread for message in shown] == [topic.thread] * 3
    await channel.show_typing(Address(channel.name, address, "1"))
    assert forum.chat.actions == ["typing"]
    again = queued("два", chat=address, replaces=str(shown[0].id))
    assert await send(channel, again) == [str(shown[0].id)]


async def test_topic_that_is_closed_or_gone_is_unreachable(fake: FakeTelegram, channel: TelegramChannel) -> None:
    anna = fake.person()
    forum = fake.supergroup(owner=anna, is_forum=True)
    forum.add_bot(anna)
    topic = forum.open_topic("Вопросы", by=anna)
    forum.close_topic(topic, by=anna)
    results = await send(channel, queued(chat=f"{forum.id}/{topic.thread}"))
    results += await send(channel, queued(chat=f"{forum.id}/99999"))
    assert [type(result) for result in results] == [UnreachableError, UnreachableError]


async def test_more_in_private_is_a_deep_link(fake: FakeTelegram, channel: TelegramChannel) -> None:
    anna = fake.person()
    group = fake.supergroup(owner=anna)
    group.add_bot(anna)
    rows = ((OutgoingButton("Подробнее", Private("f-delivery")),),)
    await send(channel, queued("коротко", chat=group.id, buttons=rows, is_group=True))
    assert [button.url for row in group.messages[-1].buttons for button in row] == [
        "https://t.me/klubok_bot?start=f-delivery"
    ]


async def test_our_name_is_asked_for_again_when_it_could_not_be_had(
    fake: FakeTelegram, channel: TelegramChannel, anna: Person
) -> None:
    fake.faults.add(kind=Http502(), method="getMe")
    item = queued("?", chat=anna.id, buttons=((OutgoingButton("да", Private()),),))
    results = [*await send(channel, item), *await send(channel, item)]
    assert isinstance(results[0], ChannelError)
    assert results[1] == str(anna.messages[-1].id)


async def test_group_that_became_a_supergroup_is_followed(fake: FakeTelegram, channel: TelegramChannel) -> None:
    anna = fake.person()
    group = fake.group(owner=anna)
    group.add_bot(anna)
    await send(channel, queued("раз", chat=group.id))
    successor = group.upgrade(anna)
    await send(channel, queued("два", chat=group.id))
    await send(channel, queued("три", chat=group.id, replaces="1"))
    await channel.show_typing(Address(channel.name, str(group.id), "1"))
    assert _said(successor) == ["два", "три"]
    assert successor.chat.actions == ["typing"]
    refused = [call for call in fake.calls_of("sendMessage") if call.outcome != "ok"]
    assert len(refused) == 1


def _said(group: Group) -> list[str]:
    return [message.text for message in group.messages if message.is_from_bot]


async def test_typing_is_shown_and_its_faults_are_nobodys_business(
    fake: FakeTelegram, channel: TelegramChannel, anna: Person
) -> None:
    at = Address(channel.name, str(anna.id), str(anna.id))
    fake.faults.add(kind=Http502(), method="sendChatAction")
    await channel.show_typing(at)
    await channel.show_typing(at)
    assert anna.chat.actions == ["typing"]


async def test_limits_are_told() -> None:
    async with FakeTelegram(limits=Limits(chat_burst=1)) as strict, opened(strict) as channel:
        boris = strict.person(has_started=True)
        results = [(await send(channel, queued(text, chat=boris.id)))[0] for text in "аб"]
    assert results[0] == "1"
    assert getattr(results[1], "retry_after", 0) >= 1
