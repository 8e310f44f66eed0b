"""What people attach in VK is fetched from the address that came with it."""

import pytest

from bot.services.club.pictures import PictureFault
from bot.services.purchases.reading import PictureGoneError
from tests.fakes.vk import FakeVk
from tests.integration.channels.vk.harness import Club


async def test_a_photo_is_fetched_by_its_address(fake: FakeVk, club: Club) -> None:
    async with club.open() as channel:
        assert await channel.fetch(f"photo7_1_key {fake.base_url}file/a.jpg")


@pytest.mark.parametrize("reference", ["photo7_1_key", "photo7_1 http://127.0.0.1:9/x.jpg", "doc1_2 ftp://a/b", ""])
async def test_what_has_no_address_or_a_dead_one_is_gone(fake: FakeVk, club: Club, reference: str) -> None:
    async with club.open() as channel:
        with pytest.raises(PictureGoneError) as gone:
            await channel.fetch(reference)
    assert gone.value.fault is PictureFault.FAILED
