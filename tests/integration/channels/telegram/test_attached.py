"""What people attach is fetched from Telegram; what cannot be had is told from what may be had later."""

import pytest

from bot.channels.telegram import attached
from bot.domain.errors import TryLaterError
from bot.domain.messages import Attached
from bot.services.club.pictures import PictureFault
from bot.services.purchases.reading import PictureGoneError
from tests.fakes.telegram import Cut, FakeTelegram, Http429, Http502
from tests.fakes.telegram.faults import Kind
from tests.integration.channels.telegram.opened import Store, opened, receiving


async def _sent(fake: FakeTelegram, store: Store, content: bytes) -> str:
    """Have a photo sent and return its reference."""
    anna = fake.person(7)
    async with opened(fake) as channel, receiving(channel, store):
        anna.send_photo(content)
        [event] = await store.wait(1)
    assert isinstance(event, Attached)
    return event.reference


async def test_a_photo_comes_as_it_was_sent(fake: FakeTelegram, store: Store) -> None:
    reference = await _sent(fake, store, b"a picture of a receipt")
    async with opened(fake) as channel:
        assert await channel.fetch(reference) == b"a picture of a receipt"


async def test_what_telegram_does_not_have_is_gone(fake: FakeTelegram) -> None:
    async with opened(fake) as channel:
        with pytest.raises(PictureGoneError) as gone:
            await channel.fetch("AgAC-unknown")
    assert gone.value.fault is PictureFault.FAILED


async def test_more_than_a_bot_may_have_is_too_big(
    fake: FakeTelegram, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = await _sent(fake, store, b"x" * 5_000)
    monkeypatch.setattr(attached, "MOST_BYTES", 4_999)
    async with opened(fake) as channel:
        with pytest.raises(PictureGoneError) as gone:
            await channel.fetch(reference)
    assert gone.value.fault is PictureFault.TOO_BIG


@pytest.mark.parametrize("kind", [Http502(), Http429(retry_after=1), Cut()])
async def test_while_telegram_is_away_it_is_tried_later(fake: FakeTelegram, kind: Kind) -> None:
    fake.faults.add(kind=kind, method="getFile")
    async with opened(fake) as channel:
        with pytest.raises(TryLaterError):
            await channel.fetch("AgAC-any")
