"""The fake of VK as the client of a bot's own address: the Callback API."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiohttp import web

from tests.fakes.vk import FakeVk
from tests.fakes.vk.wire import JsonObject

SECRET = "s3cret"  # noqa: S105


@dataclass
class Bot:
    """A bot's address that answers what it is told to, `ok` when nothing is left to tell."""

    url: str = ""
    got: list[JsonObject] = field(default_factory=list)
    counters: list[str | None] = field(default_factory=list)
    answers: list[web.Response] = field(default_factory=list)
    code: str = ""

    async def take(self, request: web.Request) -> web.Response:
        event: JsonObject = await request.json()
        if event["type"] == "confirmation":
            return web.Response(text=self.code)
        self.got.append(event)
        self.counters.append(request.headers.get("X-Retry-Counter"))
        return self.answers.pop(0) if self.answers else web.Response(text="ok")

    @property
    def texts(self) -> list[str]:
        return [event["object"]["message"]["text"] for event in self.got]


@pytest.fixture
async def fake() -> AsyncIterator[FakeVk]:
    async with FakeVk() as fake:
        fake.callback.pause = 0.01
        yield fake


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    bot = Bot()
    app = web.Application()
    app.router.add_post("/vk", bot.take)
    runner = web.AppRunner(app, shutdown_timeout=0.05)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    bot.url = f"http://127.0.0.1:{runner.addresses[0][1]}/vk"
    yield bot
    await runner.cleanup()


async def confirm(fake: FakeVk, bot: Bot) -> None:
    server = fake.add_callback_server(bot.url, secret=SECRET)
    bot.code = fake.callback.code
    await fake.until(lambda: server.status == "ok")


async def test_events_come_in_order_with_the_secret(fake: FakeVk, bot: Bot) -> None:
    await confirm(fake, bot)
    for number in range(5):
        fake.person(7).say(str(number))
    await fake.until(lambda: len(bot.got) == 5)
    assert bot.texts == list("01234")
    assert {event["secret"] for event in bot.got} == {SECRET}
    assert len({event["event_id"] for event in bot.got}) == 5
    assert bot.counters == [None] * 5


async def test_a_wrong_code_stops_the_server(fake: FakeVk, bot: Bot) -> None:
    bot.code = "wrong"
    server = fake.add_callback_server(bot.url)
    await fake.until(lambda: server.status == "failed")
    fake.person(7).say("раз")
    assert server.queue == []


async def test_anything_but_ok_brings_the_event_again(fake: FakeVk, bot: Bot) -> None:
    await confirm(fake, bot)
    bot.answers = [web.Response(text="OK"), web.Response(status=500, text="ok"), web.Response(text="ok ")]
    fake.person(7).say("раз")
    fake.person(7).say("два")
    await fake.until(lambda: len(bot.got) == 5)
    assert bot.texts == ["раз", "раз", "раз", "раз", "два"]
    assert bot.counters == [None, "1", "2", "3", None]


async def test_retry_after_is_waited_for(fake: FakeVk, bot: Bot) -> None:
    await confirm(fake, bot)
    fake.callback.second = 0.01
    bot.answers = [web.Response(status=503, headers={"Retry-After": "20"})]
    fake.person(7).say("раз")
    await fake.until(lambda: len(fake.callback.deliveries) == 3)  # the bot has an event a moment before it is noted
    first, second = fake.callback.deliveries[-2:]
    assert second.at - first.at >= 0.2


async def test_events_come_twice_and_out_of_order_on_demand(fake: FakeVk, bot: Bot) -> None:
    await confirm(fake, bot)
    fake.faults.add("callback", "duplicate")
    fake.person(7).say("раз")
    await fake.until(lambda: len(bot.got) == 2)
    assert bot.got[0]["event_id"] == bot.got[1]["event_id"]
    fake.faults.add("callback", "reorder")
    with fake.world.lock:
        fake.person(7).say("два")
        fake.person(7).say("три")
    await fake.until(lambda: len(bot.got) == 4)
    assert bot.texts[2:] == ["три", "два"]


async def test_only_wanted_events_come(fake: FakeVk, bot: Bot) -> None:
    server = fake.add_callback_server(bot.url, events=["message_new"])
    bot.code = fake.callback.code
    await fake.until(lambda: server.status == "ok")
    fake.person(7).allow()
    fake.person(7).say("раз")
    await fake.until(lambda: bot.got)
    assert bot.texts == ["раз"]


async def test_an_eleventh_server_is_refused(fake: FakeVk) -> None:
    codes = []
    async with aiohttp.ClientSession() as session:
        for _ in range(11):
            body = {
                "v": "5.199",
                "access_token": fake.token,
                "group_id": "1",
                "url": "http://127.0.0.1:9/",
                "title": "x",
            }
            async with session.post(f"{fake.base_url}method/groups.addCallbackServer", data=body) as answer:
                codes.append((await answer.json()).get("error", {}).get("error_code"))
    assert codes == [None] * 10 + [2000]


async def test_a_fake_starts_again_where_it_was(fake: FakeVk) -> None:
    address = fake.base_url
    await fake.stop()
    await fake.start()
    assert fake.base_url == address
