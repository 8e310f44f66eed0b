"""VK's events by the Callback API: `ok` only when they are stored."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import pytest
from aiohttp import web

from bot.channels.vk.channel import VkChannel
from bot.domain.errors import RejectedError, StorageError
from tests.fakes.vk import FakeVk
from tests.fakes.vk.callback import CallbackServer
from tests.integration.channels.vk.harness import Club, button, send_one

SECRET = "s3cret"  # noqa: S105


@dataclass
class Address:
    """Our web server: where VK brings events to."""

    url: str
    channel: VkChannel


@asynccontextmanager
async def serve(club: Club, **changes: object) -> AsyncIterator[Address]:
    """Take events in by our own web server."""
    runner = web.AppRunner(web.Application(), shutdown_timeout=0.05)
    site_url = "https://bot.example/vk/events"
    async with club.listen(**{"callback_url": site_url, "secret": SECRET} | changes) as channel:
        runner.app.add_routes(channel.routes)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield Address(f"http://127.0.0.1:{runner.addresses[0][1]}/vk/events", channel)
        finally:
            await runner.cleanup()


async def confirm(fake: FakeVk, address: Address, secret: str = SECRET) -> CallbackServer:
    fake.callback.pause = 0.01
    server = fake.add_callback_server(address.url, secret=secret)
    await fake.until(lambda: server.status == "ok")
    return server


async def post(address: Address, body: object, kind: str = "application/json") -> tuple[int, str]:
    data = io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
    async with (
        aiohttp.ClientSession() as session,
        session.post(address.url, data=data, headers={"Content-Type": kind}) as answer,
    ):
        return answer.status, await answer.text()


async def test_the_address_is_confirmed_and_events_come_in(fake: FakeVk, club: Club) -> None:
    async with serve(club) as address:
        await confirm(fake, address)
        for number in range(5):
            fake.person(7).say(str(number))
        await fake.until(lambda: len(club.inbox.events) == 5)
    assert club.inbox.texts == list("01234")
    assert {delivery.answer for delivery in fake.callback.deliveries[1:]} == {"ok"}


async def test_the_string_of_the_settings_is_told_without_asking(fake: FakeVk, club: Club) -> None:
    async with serve(club, confirmation="c0de") as address:
        assert await post(address, {"type": "confirmation", "group_id": 1}) == (200, "c0de")
    assert not fake.calls_of("groups.getCallbackConfirmationCode")


async def test_a_code_that_vk_does_not_tell_now_is_asked_for_later(fake: FakeVk, club: Club) -> None:
    fake.faults.add("groups.getCallbackConfirmationCode", 10)
    async with serve(club) as address:
        assert (await post(address, {"type": "confirmation", "group_id": 1}))[0] == 503


async def test_who_asks_to_confirm_again_and_again_costs_one_question(fake: FakeVk, club: Club) -> None:
    async with serve(club) as address:
        asked = [post(address, {"type": "confirmation", "group_id": 1}) for _ in range(20)]
        answers = set(await asyncio.gather(*asked))
    assert len(answers) == len(fake.calls_of("groups.getCallbackConfirmationCode")) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        ([], 403),
        ({}, 403),
        ({"group_id": 2, "secret": SECRET, "type": "message_new"}, 403),
        ({"group_id": 1, "type": "message_new"}, 403),
        ({"group_id": 1, "secret": "пароль", "type": "message_new"}, 403),
        ({"group_id": 1, "secret": "\ud800", "type": "message_new"}, 403),
        ({"group_id": 1, "secret": 5, "type": "message_new"}, 403),
        ({"group_id": 1, "secret": SECRET, "type": "message_new"}, 200),
        ({"group_id": 1, "secret": SECRET, "type": 7, "object": None}, 200),
        (b"x" * 2_000_000, 413),
    ],
)
async def test_only_vk_itself_is_listened_to(fake: FakeVk, club: Club, body: object, status: int) -> None:
    async with serve(club) as address:
        assert (await post(address, body))[0] == status
    assert club.inbox.events == []
    assert club.meter.kinds == (["broken"] if status == 200 else [])


async def test_what_a_body_says_of_itself_does_not_matter(fake: FakeVk, club: Club) -> None:
    body = {"group_id": 1, "secret": SECRET, "type": "message_allow", "object": {"user_id": 7}, "event_id": "e"}
    async with serve(club) as address:
        assert await post(address, body, "text/plain; charset=nonsense") == (200, "ok")
    assert len(club.inbox.events) == 1


async def test_what_cannot_be_stored_comes_again(fake: FakeVk, club: Club) -> None:
    async with serve(club) as address:
        server = await confirm(fake, address)
        fake.callback.second = 0.01
        club.inbox.failures = [StorageError("locked")] * 2
        fake.person(7).say("раз")
        fake.person(7).say("два")
        await fake.until(lambda: len(club.inbox.events) == 2)
        await fake.until(lambda: not server.queue)
    statuses = [delivery.status for delivery in fake.callback.deliveries[1:]]
    assert statuses == [503, 503, 200, 200]
    assert club.inbox.texts == ["раз", "два"]


async def test_what_the_database_never_takes_is_not_asked_for_again(fake: FakeVk, club: Club) -> None:
    async with serve(club) as address:
        server = await confirm(fake, address)
        club.inbox.failures = [RejectedError("no")]
        fake.person(7).say("раз")
        fake.person(7).say("два")
        await fake.until(lambda: not server.queue)
    assert club.inbox.texts == ["два"]


@pytest.mark.parametrize("kind", ["duplicate", "reorder"])
async def test_events_that_come_strangely_are_stored_once(fake: FakeVk, club: Club, kind: str) -> None:
    async with serve(club) as address:
        await confirm(fake, address)
        fake.faults.add("callback", kind)
        with fake.world.lock:
            fake.person(7).say("раз")
            fake.person(7).say("два")
        await fake.until(lambda: len(club.inbox.events) == 2)
    assert sorted(club.inbox.texts) == ["два", "раз"]


async def test_before_the_channel_listens_vk_is_asked_to_wait(fake: FakeVk, club: Club) -> None:
    async with serve(club) as address:
        address.channel._storing.accept = None
        body = {"group_id": 1, "secret": SECRET, "type": "message_allow", "object": {"user_id": 7}, "event_id": "e"}
        assert (await post(address, body))[0] == 503


async def test_both_ways_give_an_event_the_same_id(fake: FakeVk, club: Club) -> None:
    async with club.listen(), serve(club) as address:
        await confirm(fake, address)
        with fake.world.lock:
            fake.person(7).edit(fake.person(7).say("раз"), "Раз")
            fake.person(7).allow()
        await fake.until(lambda: len(fake.callback.deliveries) == 4)
        fake.person(7).say("два")
        await fake.until(lambda: "два" in club.inbox.texts)
    assert len(club.inbox.events) == 4


async def test_presses_are_answered_at_once(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    anna.say("привет")
    async with serve(club) as address:
        await confirm(fake, address)
        await send_one(address.channel, club.queue("?", buttons=((button("Помощь"),),)))
        event_id = anna.press(anna.messages[0], "Помощь")
        assert event_id is not None
        await fake.until(lambda: anna.answer_to(event_id).is_answered)


async def test_with_long_polling_there_is_no_address(fake: FakeVk, club: Club) -> None:
    async with club.open() as channel:
        assert list(channel.routes) == []
