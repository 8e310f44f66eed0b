"""Messages that are changed or taken back by who did not see what they show."""

from bot.channels.telegram.channel import TelegramChannel
from tests.fakes.telegram import FakeTelegram
from tests.unit.channels.telegram.messages import attached, queued


async def test_words_under_a_picture_change(channel: TelegramChannel, fake: FakeTelegram) -> None:
    anna = fake.person(has_started=True)
    await channel.send([queued("раз", chat=anna.id, attachments=(attached(),))])
    shown = anna.messages[-1]
    assert await channel.send([queued("два", chat=anna.id, replaces=str(shown.id))]) == [str(shown.id)]
    assert [(message.text, message.is_photo) for message in anna.messages] == [("два", True)]


async def test_a_picture_that_is_taken_back_goes(channel: TelegramChannel, fake: FakeTelegram) -> None:
    anna = fake.person(has_started=True)
    await channel.send([queued("раз", chat=anna.id, attachments=(attached(),))])
    await channel.send([queued("отозвано", chat=anna.id, replaces=str(anna.messages[-1].id), takes_back=True)])
    assert [(message.text, message.is_photo) for message in anna.messages] == [("отозвано", False)]
