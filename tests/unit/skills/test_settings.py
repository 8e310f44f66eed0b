"""Which notices somebody wants: switched one by one, or under the notice itself."""

import pytest

from bot.domain.actions import Action
from bot.domain.messages import Pressed
from tests.fakes.talk import Talk, keys, labels
from tests.unit.services.nights import DAY, Nights, told

ALL_ON = [
    "settings-expiring-on-button",
    "settings-available-on-button",
    "settings-tier-on-button",
    "settings-birthday-on-button",
    "settings-receipt-on-button",
    "settings-by-hand-on-button",
]


async def member(nights: Nights) -> Talk:
    talk = nights.talk("ann")
    await nights.join(talk.me)
    return talk


async def test_every_kind_is_switched_off_and_on_by_its_own_button() -> None:
    talk = await member(Nights())
    [shown] = await talk.say("/settings")
    assert keys([shown]) == ["settings-shown(from=21:00, until=10:00)"]
    assert labels(shown) == ALL_ON
    [shown] = await talk.press("settings-tier-on-button")
    assert labels(shown) == [*ALL_ON[:2], "settings-tier-off-button", *ALL_ON[3:]]
    [shown] = await talk.press("settings-tier-off-button")
    assert labels(shown) == ALL_ON


async def test_who_is_not_in_the_club_has_nothing_to_set() -> None:
    [said] = await Nights().talk("bob").say("/settings")
    assert keys([said]) == ["club-not-in(club=A)"]
    assert labels(said) == ["club-join-button"]


async def test_a_notice_has_a_button_that_ends_its_kind() -> None:
    nights = Nights()
    talk = nights.talk("ann")
    ann = await nights.join(talk.me)
    await nights.earn(ann, 10, pending=1)
    [notice] = await nights.live(3 * DAY)
    assert labels(notice) == ["club-button", "notices-stop-button"]
    talk.messages.append(notice)
    assert keys(await talk.press("notices-stop-button")) == ["settings-stopped"]
    await nights.earn(ann, 20, pending=1)
    assert told(await nights.live(3 * DAY)) == []


async def test_nobody_can_ask_for_a_notice_by_a_forged_button() -> None:
    nights = Nights()
    talk = await member(nights)
    action = Action("notices.birthday", ("1000000",))
    forged = Pressed(id="x", sender=talk.me, at=talk.clock.now(), action=action)
    assert await talk.happen(forged) == []


async def test_who_says_stop_gets_no_more_advertising_at_once() -> None:
    nights = Nights()
    talk = nights.talk("ann")
    ann = await nights.join(talk.me)
    await nights.agree(talk.me)
    [shown] = await talk.say("/settings")
    assert labels(shown) == [*ALL_ON, "settings-no-ads-button"]
    assert keys(await talk.say("стоп")) == ["settings-no-ads"]
    assert keys(await talk.say("/stop")) == ["settings-no-ads-anyway"]
    assert labels((await talk.say("/settings"))[0]) == ALL_ON
    await nights.born(ann, 25, 11)
    assert told(await nights.live(5 * DAY)) == []
    assert await nights.available(ann) == 300


async def test_a_stranger_may_say_stop_too() -> None:
    assert keys(await Nights().talk("bob").say("Стоп!")) == ["settings-no-ads-anyway"]


@pytest.mark.parametrize("word", ["стоп", "/stop", "Стоп!"])
async def test_who_says_stop_in_a_form_stops_both(word: str) -> None:
    nights = Nights()
    talk = nights.talk("ann")
    await nights.join(talk.me)
    await nights.agree(talk.me)
    await talk.press("profile.edit:email")
    assert keys(await talk.say(word)) == ["flow-cancelled", "settings-no-ads"]
    assert (await talk.conversation()).flow is None


async def test_another_word_that_closes_a_form_closes_it_only() -> None:
    nights = Nights()
    talk = nights.talk("ann")
    await nights.join(talk.me)
    await talk.press("profile.edit:email")
    assert keys(await talk.say("отмена")) == ["flow-cancelled"]
