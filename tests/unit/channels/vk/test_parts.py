"""The small parts of the VK channel: numbers, pace, errors, payloads, texts."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.vk.errors import CallError, explain
from bot.channels.vk.mentions import read_text
from bot.channels.vk.options import VK, VkOptions
from bot.channels.vk.pacing import Pacing
from bot.channels.vk.payloads import read_action, read_payload, write_payload
from bot.channels.vk.random_ids import SALTS, RandomIds
from bot.channels.vk.signatures import Signatures
from bot.domain.actions import Action
from bot.domain.errors import (
    ChannelError,
    ConfigurationError,
    FloodError,
    RefusedError,
    ThrottledError,
    UnreachableError,
)
from bot.domain.ids import TranscriptId
from bot.domain.messages import Address

ANNA = Address(VK, "7", "7")
SALT = st.integers(SALTS.start, SALTS.stop - 1)


@given(salt=SALT, message=st.integers(1, 2**31 - 3))
def test_a_number_leads_back_to_its_message(salt: int, message: int) -> None:
    number = RandomIds(salt).number(TranscriptId(message))
    assert 0 < number < 2**31
    assert RandomIds(salt).message(number) == message


@given(salt=SALT)
def test_messages_have_different_numbers(salt: int) -> None:
    ids = RandomIds(salt)
    assert len({ids.number(TranscriptId(message)) for message in range(1, 500)}) == 499


@pytest.mark.parametrize("number", [0, -1, 2**31 - 1, 2**31, 2**62])
def test_what_is_no_number_of_ours_leads_nowhere(number: int) -> None:
    assert RandomIds(7).message(number) is None


def test_another_database_gives_other_numbers() -> None:
    first, second = (
        {RandomIds(salt).number(TranscriptId(id_)) for id_ in range(1, 1000)} for salt in (12345, 987654321)
    )
    assert not first & second


class Notes:
    """Bookmarks in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    async def read(self, key: str) -> str | None:
        return self.kept.get(key)

    async def write(self, key: str, value: str) -> None:
        self.kept[key] = value


async def sign_with(notes: Notes, ours: Sequence[tuple[int, Address]] = ()) -> Signatures:
    async def is_ours(message: TranscriptId, to: Address) -> bool:
        return (message, to) in ours

    return await Signatures.open(notes, is_ours)


async def test_the_salt_is_kept() -> None:
    notes = Notes()
    first = (await sign_with(notes)).sign(TranscriptId(5), ANNA)
    assert (await sign_with(notes)).sign(TranscriptId(5), ANNA) == first
    assert (await sign_with(Notes())).sign(TranscriptId(5), ANNA) != first


async def test_a_group_has_one_number_over_restarts() -> None:
    notes, olga = Notes(), Address(VK, "8", "8")
    signatures = await sign_with(notes)
    alone = signatures.sign(TranscriptId(6), olga)
    await signatures.note_group([TranscriptId(5), TranscriptId(6)])
    again = await sign_with(notes, ours=[(6, olga)])
    assert again.sign(TranscriptId(6), olga) == signatures.sign(TranscriptId(5), ANNA) != alone
    assert await (await sign_with(notes, ours=[(6, olga)])).is_ours(again.sign(TranscriptId(5), ANNA), olga)
    assert not await again.is_ours(alone + 1, ANNA)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (901, UnreachableError), (902, UnreachableError), (900, UnreachableError), (18, UnreachableError),
        (7, UnreachableError), (917, UnreachableError), (911, RefusedError), (912, RefusedError), (914, RefusedError),
        (100, RefusedError), (9, ThrottledError), (29, FloodError), (6, FloodError), (14, FloodError),
        (5, FloodError), (27, FloodError), (28, FloodError), (10, CallError), (1, CallError),
        (15, CallError), (0, CallError), (4242, CallError),
    ],
)  # fmt: skip
def test_each_refusal_has_its_consequence(code: int, kind: type[ChannelError]) -> None:
    error = explain(CallError("no", code), flood_seconds=9, slow_seconds=5)
    assert type(error) is kind
    if isinstance(error, ThrottledError):
        assert error.retry_after == {9: 9, 29: 9, 6: 1}.get(code, 5)


@given(name=st.text(max_size=30), args=st.lists(st.text(max_size=30), max_size=3))
def test_what_a_button_carries_comes_back(name: str, args: list[str]) -> None:
    action = read_action(read_payload(write_payload(Action("x" + name.replace(":", ""), tuple(args)))))
    assert action is not None


@pytest.mark.parametrize("payload", [None, 5, "", "x", "5", "[1]", '{"a":5}', "{" * 9, "[" * 100_000])
def test_a_payload_that_is_not_ours_is_no_action(payload: object) -> None:
    assert read_action(read_payload(payload)) is None


@pytest.mark.parametrize(
    ("text", "shown", "is_named"),
    [
        ("[club1|@shop] привет", "привет", True),
        ("[club1|Клубок], привет", "привет", True),
        ("привет, [public1|Клубок]", "привет,", True),
        ("[id1|Анна] привет", "Анна привет", False),
        ("[club11|Другие] привет", "Другие привет", False),
        ("&lt;b&gt; &amp;lt; &copy", "<b> &lt; &copy", False),
        ("[club1] [x|y] [club1|", "[club1] [x|y] [club1|", False),
    ],
)
def test_texts_read_as_people_see_them(text: str, shown: str, is_named: bool) -> None:
    assert read_text(text, 1) == (shown, is_named)


class Ticks:
    """A steady clock that sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ticks(monkeypatch: pytest.MonkeyPatch) -> Ticks:
    ticks, sleep = Ticks(), asyncio.sleep

    async def move(seconds: float) -> None:
        ticks.now += seconds
        await sleep(0)

    monkeypatch.setattr("bot.channels.vk.pacing.asyncio.sleep", move)
    return ticks


def most_in_a_second(times: Sequence[float]) -> int:
    return max(sum(1 for other in times if 0 <= other - time < 1 - 1e-9) for time in times)


async def test_no_second_holds_more_than_the_pace_even_after_idleness(ticks: Ticks) -> None:
    pacing, times = Pacing(18, ticks), []
    for number in range(60):
        if number in {20, 40}:
            ticks.now += 5
        await pacing.take()
        times.append(ticks.now)
    assert most_in_a_second(times) == 18
    assert times[19] - times[0] == pytest.approx(19 / 18)


async def test_a_stalled_loop_is_not_followed_by_a_burst(ticks: Ticks) -> None:
    pacing, times = Pacing(18, ticks), []

    async def leave() -> None:
        await pacing.take()
        times.append(ticks.now)

    await asyncio.gather(*(leave() for _ in range(5)))
    ticks.now += 3
    await asyncio.gather(*(leave() for _ in range(40)))
    assert most_in_a_second(times) == 18


async def test_a_loop_that_wakes_late_still_sends_its_number(ticks: Ticks, monkeypatch: pytest.MonkeyPatch) -> None:
    on_time = asyncio.sleep

    async def wake_late(seconds: float) -> None:
        await on_time(seconds + 0.01)

    monkeypatch.setattr("bot.channels.vk.pacing.asyncio.sleep", wake_late)
    pacing, times = Pacing(18, ticks), []
    for _ in range(181):
        await pacing.take()
        times.append(ticks.now)
    assert most_in_a_second(times) <= 18
    assert 180 / (times[-1] - times[0]) > 17.5


async def test_the_urgent_overtake(ticks: Ticks) -> None:
    pacing, order = Pacing(10, ticks), []

    async def leave(name: str, *, is_urgent: bool = False) -> None:
        await pacing.take(is_urgent=is_urgent)
        order.append(name)

    await asyncio.gather(*(leave(str(number)) for number in range(5)), leave("urgent", is_urgent=True))
    assert order.index("urgent") <= 2  # one stood at the door already


async def test_what_is_not_urgent_at_all_goes_only_when_nobody_waits(ticks: Ticks) -> None:
    pacing = Pacing(10, ticks)
    assert pacing.try_take()
    assert not pacing.try_take()
    ticks.now += 0.11
    assert pacing.try_take()


def test_secrets_are_not_shown() -> None:
    shown = repr(VkOptions(token="t0ken", group_id=1, secret="s3cret", confirmation="c0de"))  # noqa: S106
    assert not [secret for secret in ("t0ken", "s3cret", "c0de") if secret in shown]


def test_the_path_is_that_of_the_address() -> None:
    options = VkOptions(token="t", group_id=1, callback_url="https://bot.example/vk/events")  # noqa: S106
    assert options.callback_path == "/vk/events"


@pytest.mark.parametrize(
    ("changes", "variable"),
    [
        ({"token": ""}, "TOKEN"),
        ({"token": "a b"}, "TOKEN"),
        ({"token": "ключ"}, "TOKEN"),
        ({"group_id": 0}, "GROUP_ID"),
        ({"api_url": "api.vk.ru"}, "API_URL"),
        ({"api_url": "http://["}, "API_URL"),
        ({"callback_url": "bot.example"}, "CALLBACK_URL"),
        ({"callback_url": "https://bot.example/{vk"}, "CALLBACK_URL"),
        ({"secret": "пароль"}, "SECRET"),
        ({"secret": "s" * 51}, "SECRET"),
    ],
)
def test_wrong_options_are_named_by_their_variable(changes: dict[str, str | int], variable: str) -> None:
    good = VkOptions(token="vk1.a.x", group_id=1)  # noqa: S106
    good.check()
    with pytest.raises(ConfigurationError, match=f"^KLUBOK_VK__{variable}: expected"):
        replace(good, **changes).check()  # type: ignore[arg-type]


def test_a_secret_follows_from_the_token() -> None:
    one, other = (VkOptions(token=token, group_id=1) for token in ("a", "b"))
    assert one.secret_key != other.secret_key
    assert len(one.secret_key) == 50
