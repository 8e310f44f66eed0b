"""A community's settings: what is wrong is said, what can be is switched on."""

import pytest

from bot.channels.vk.api import Api
from bot.channels.vk.options import VkOptions
from bot.channels.vk.setup import set_up
from bot.domain.errors import ConfigurationError
from bot.runtime.clock import SystemClock
from tests.fakes.vk import FakeVk
from tests.integration.channels.vk.harness import Club

URL = "http://127.0.0.1:9/vk"


async def findings(club: Club, **changes: object) -> list[tuple[str, bool]]:
    async with club.open(**changes) as channel:
        return [(finding.says, finding.is_fatal) for finding in await channel.findings()]


async def lines(options: VkOptions) -> list[str]:
    api = Api(options, ticks=SystemClock().ticks)
    try:
        return [str(step) async for step in set_up(api, options)]
    finally:
        api.close()


async def test_a_community_in_order_has_no_findings(fake: FakeVk, club: Club) -> None:
    assert await findings(club) == []


async def test_long_poll_switched_off_is_fatal_and_says_where_to_click(fake: FakeVk, club: Club) -> None:
    fake.long_poll.settings.is_enabled = False
    [(says, is_fatal)] = await findings(club)
    assert is_fatal
    assert "«Управление → Настройки → Работа с API», tab «Long Poll API»" in says


async def test_events_switched_off_are_named(fake: FakeVk, club: Club) -> None:
    fake.long_poll.settings.events |= {"message_reply": False, "group_join": False}
    fake.long_poll.settings.api_version = "5.103"
    (version, _), (events, is_fatal) = await findings(club)
    assert "«Версия API: 5.199»" in version
    assert "message_reply, group_join" in events
    assert "«Типы событий»" in events
    assert not is_fatal
    fake.long_poll.settings.events["message_new"] = False
    assert (await findings(club))[1][1]


async def test_missing_rights_are_named(fake: FakeVk, club: Club) -> None:
    fake.world.permissions -= {"photos", "messages"}
    (messages, is_fatal), (photos, is_fatal_too) = await findings(club)
    assert "«сообщения сообщества»" in messages
    assert "«фотографии»" in photos
    assert (is_fatal, is_fatal_too) == (True, False)
    fake.world.permissions.discard("manage")
    assert "«управление сообществом»" in (await findings(club))[1][0]


@pytest.mark.parametrize("code", [5, 15, 27, 100])
async def test_a_key_that_vk_does_not_take_is_fatal(fake: FakeVk, club: Club, code: int) -> None:
    fake.faults.add("groups.getById", code)
    [(says, is_fatal)] = await findings(club)
    assert says.startswith("KLUBOK_VK__TOKEN is not a key of a community that VK takes")
    assert is_fatal


async def test_settings_that_vk_does_not_tell_are_no_finding(fake: FakeVk, club: Club) -> None:
    for method in ("groups.getTokenPermissions", "groups.getLongPollSettings"):
        fake.faults.add(method, 10)
    assert await findings(club) == []


async def test_an_unknown_or_unconfirmed_address_is_said(fake: FakeVk, club: Club) -> None:
    [(unknown, _)] = await findings(club, callback_url=URL)
    assert "does not know KLUBOK_VK__CALLBACK_URL" in unknown
    server = fake.add_callback_server(URL, secret="s", events=["message_new"])  # noqa: S106
    await fake.until(lambda: server.status == "failed")
    [(other_secret, _)] = await findings(club, callback_url=URL)
    assert "another secret key" in other_secret
    [(unconfirmed, _)] = await findings(club, callback_url=URL, secret="s")  # noqa: S106
    assert "«Подтвердить»" in unconfirmed
    server.status = "ok"
    [(events, is_fatal)] = await findings(club, callback_url=URL, secret="s")  # noqa: S106
    assert "message_event" in events
    assert is_fatal


async def test_the_start_goes_on_with_small_findings_and_stops_with_fatal_ones(
    fake: FakeVk, club: Club, caplog: pytest.LogCaptureFixture
) -> None:
    fake.long_poll.settings.events["message_edit"] = False
    async with club.listen():
        fake.person(7).say("раз")
        await fake.until(lambda: club.inbox.events)
    assert "message_edit" in caplog.text
    fake.long_poll.settings.is_enabled = False
    async with club.open() as channel:
        with pytest.raises(ConfigurationError, match="Long Poll"):
            await channel.receive(club.inbox.accept)


async def test_setup_switches_on_what_it_may(fake: FakeVk, club: Club) -> None:
    fake.long_poll.settings.is_enabled = False
    fake.long_poll.settings.api_version = "5.80"
    fake.long_poll.settings.events |= dict.fromkeys(fake.long_poll.settings.events, False)
    fake.world.has_bot_features = False
    said = await lines(club.options())
    assert said[-1] == "Nothing is left to do by hand."
    assert fake.world.has_bot_features
    assert fake.long_poll.settings.events["message_new"]
    assert not fake.long_poll.settings.events["like_add"]


async def test_setup_adds_our_address_once_and_asks_for_confirmation_again(fake: FakeVk, club: Club) -> None:
    options = club.options(callback_url=URL, secret="s3cret")  # noqa: S106
    first = await lines(options)
    assert any("«Подтвердить»" in line for line in first)
    [server] = fake.callback.servers.values()
    assert (server.url, server.secret_key, server.settings.events["message_new"]) == (URL, "s3cret", True)
    await lines(options)
    assert len(fake.callback.servers) == 1
    assert len(fake.calls_of("groups.editCallbackServer")) == 1
    await fake.until(lambda: not server.queue)
    server.status = "ok"
    assert (await lines(options))[-1] == "Nothing is left to do by hand."
    assert "s3cret" not in " ".join(first)


async def test_setup_says_what_the_key_may_not_do(fake: FakeVk, club: Club) -> None:
    fake.world.permissions.discard("manage")
    said = await lines(club.options())
    assert said[0].startswith("By hand: set it up under «Управление → Настройки → Работа с API», tab «Long Poll API»")
    assert "«Возможности ботов»" in said[1]
    assert any("«управление сообществом»" in line for line in said)


async def test_setup_with_a_wrong_key_says_so(fake: FakeVk, club: Club) -> None:
    with pytest.raises(ConfigurationError, match="KLUBOK_VK__TOKEN"):
        await lines(club.options(token="other"))  # noqa: S106


async def test_a_dead_network_ends_setup_with_a_line(fake: FakeVk, club: Club) -> None:
    fake.faults.add("*", "cut", times=20)
    said = await lines(club.options())
    assert said[-1].startswith("By hand: run this again")
