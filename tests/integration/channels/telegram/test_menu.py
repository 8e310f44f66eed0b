"""The menu of commands."""

from tests.fakes.telegram import FakeTelegram, Http502
from tests.integration.channels.telegram.opened import Store, opened, receiving

MENU = {"ru": [("help", "Что я умею")], "en": [("help", "What I can do")]}


async def test_the_menu_is_shown_in_every_language_and_the_first_to_all_others(
    fake: FakeTelegram, store: Store
) -> None:
    async with opened(fake, menu=MENU) as channel, receiving(channel, store):
        await fake.eventually(lambda: len(fake.calls_of("setMyCommands")) == 3)
    shown = [
        (call.parameters.get("language_code"), call.parameters["commands"][0]["description"])
        for call in fake.calls_of("setMyCommands")
    ]
    assert shown == [(None, "Что я умею"), ("ru", "Что я умею"), ("en", "What I can do")]


async def test_a_menu_that_cannot_be_shown_stops_nothing(fake: FakeTelegram, store: Store) -> None:
    fake.faults.add(kind=Http502(), method="setMyCommands")
    async with opened(fake, menu=MENU) as channel, receiving(channel, store):
        fake.person().say("привет")
        await fake.eventually(lambda: store.events)
    assert len(fake.calls_of("setMyCommands")) == 1
