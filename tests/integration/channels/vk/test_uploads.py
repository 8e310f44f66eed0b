"""Pictures and files on their way to VK."""

from pathlib import Path

import pytest

from bot.channels.vk.pictures import is_public
from bot.domain.messages import AttachmentKind
from bot.domain.replies import Attachment
from tests.fakes.vk import FakeVk
from tests.integration.channels.vk.harness import Club, send_one


async def test_pictures_and_files_are_brought_once(fake: FakeVk, club: Club, tmp_path: Path) -> None:
    anna = fake.person(7)
    anna.say("фото")
    paper = tmp_path / "правила.txt"
    paper.write_text("правила", encoding="utf-8")
    photo = Attachment(kind=AttachmentKind.PHOTO, name="a.jpg", source=f"{fake.base_url}file/a.jpg")
    file = Attachment(kind=AttachmentKind.FILE, name="правила.txt", source=str(paper))
    async with club.open() as channel:
        for text in ("раз", "два"):
            await send_one(channel, club.queue(text, attachments=(photo, file)))
        name = anna.messages[0].attachment.split(",")[0]
        known = Attachment(kind=AttachmentKind.PHOTO, name="", source=f"{name} https://sun.example/a.jpg")
        await send_one(channel, club.queue("три", attachments=(known,)))
    assert [[each["type"] for each in message.attachments] for message in anna.messages] == [
        ["photo", "doc"], ["photo", "doc"], ["photo"],
    ]  # fmt: skip
    assert len(fake.calls_of("upload")) == 2


@pytest.mark.parametrize("source", ["file/нет", "http://127.0.0.1:9/x.jpg", "/nowhere/x.jpg", "https://[x"])
async def test_a_picture_that_cannot_be_had_costs_no_answer(fake: FakeVk, club: Club, source: str) -> None:
    anna = fake.person(7)
    anna.say("фото")
    photo = Attachment(kind=AttachmentKind.PHOTO, name="a.jpg", source=source)
    async with club.open() as channel:
        assert isinstance(await send_one(channel, club.queue("Вот", attachments=(photo,))), str)
        assert isinstance(await send_one(channel, club.queue("", attachments=(photo,))), str)
    assert [message.text for message in anna.messages] == ["Вот", "a.jpg"]


@pytest.mark.parametrize(
    ("method", "kind"),
    [("upload", "http502"), ("upload", "garbage"), ("upload", "hang"), ("photos.saveMessagesPhoto", 10)],
)
async def test_an_upload_is_tried_twice(fake: FakeVk, club: Club, method: str, kind: str | int) -> None:
    anna = fake.person(7)
    anna.say("фото")
    fake.faults.add(method, kind)
    photo = Attachment(kind=AttachmentKind.PHOTO, name="a.jpg", source=f"{fake.base_url}file/a.jpg")
    async with club.open() as channel:
        await send_one(channel, club.queue("Вот", attachments=(photo,)))
    assert [each["type"] for each in anna.messages[0].attachments] == ["photo"]


async def test_a_picture_too_large_is_left_out(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    anna.say("фото")
    photo = Attachment(kind=AttachmentKind.PHOTO, name="a.jpg", source=f"{fake.base_url}file/a.jpg")
    async with club.open(picture_bytes=4) as channel:
        await send_one(channel, club.queue("Вот", attachments=(photo,)))
    assert anna.messages[0].attachments == []


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433"])
async def test_a_picture_in_our_own_network_is_left_there(fake: FakeVk, club: Club, address: str) -> None:
    anna = fake.person(7)
    anna.say("фото")
    port = fake.base_url.rstrip("/").rpartition(":")[2]
    photo = Attachment(kind=AttachmentKind.PHOTO, name="a.jpg", source=f"http://{address}:{port}/file/a.jpg")
    async with club.open(private_pictures=False) as channel:
        await send_one(channel, club.queue("Вот", attachments=(photo,)))
    assert [(message.text, message.attachments) for message in anna.messages] == [("Вот", [])]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::", True),
        ("10.0.0.1", False),
        ("169.254.169.254", False),
        ("fe80::1%eth0", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:a00:1::", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
    ],
)
def test_public_addresses_are_told_from_private_ones(address: str, expected: bool) -> None:
    assert is_public(address) is expected
