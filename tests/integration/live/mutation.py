"""Updates of every kind, recorded from the fakes, and what chance makes of them."""

import copy
import random
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.updates import ON_DEMAND
from tests.fakes.vk import FakeVk

Json: TypeAlias = dict[str, Any]

JUNK: tuple[object, ...] = (
    *(None, True, False, 0, -1, 7, 2**31, 2**63, 10**30, 1.5, 1e300, float("nan"), float("inf")),
    *("", "7", "x", "я" * 5000, "\x00", "/start", "{", [], {}, [[]], [None], {"a": {}}, {"id": "1"}, {"type": None}),
)
KINDS = ("telepathy", "message_from_the_future", "inline_query", "poll_answer")


def record_telegram() -> list[Json]:
    """Have a person do everything there is in Telegram, and return the updates."""
    fake = FakeTelegram(is_checked=False)
    fake.world.updates.allowed = ["message", "edited_message", "callback_query", "my_chat_member", *ON_DEMAND]
    anna = fake.person(77, username="anna")
    said = anna.start("ref_1")
    anna.say("@klubok_bot привет /help https://example.org", reply_to=said)
    anna.send_photo(caption="чек")
    anna.send_album(2, caption="два")
    anna.send_document()
    anna.send_voice()
    anna.send_sticker()
    anna.send_location(55.75, 37.62)
    anna.send_contact()
    anna.edit(said, "/help")
    anna.react(said, "👍")
    keyboard = {"inline_keyboard": [[{"text": "Помощь", "callback_data": "help.show"}]]}
    with fake.world.lock:
        ours = fake.world.post(anna.chat, fake.world.me, {"text": "Здравствуйте", "reply_markup": keyboard})
    anna.press(ours, "Помощь")
    anna.block()
    anna.unblock()
    group = fake.supergroup(owner=anna)
    group.add_bot(anna, as_admin=True)
    anna.say("@klubok_bot вопрос 1", chat=group)
    return copy.deepcopy(fake.updates.history)


def record_vk() -> list[Json]:
    """Have a person do everything there is in VK, and return the events."""
    fake = FakeVk()
    anna = fake.person(77)
    said = anna.start(ref="r", ref_source="s")
    anna.say("вопрос 1", reply_to=said)
    for send in (anna.send_photo, anna.send_doc, anna.send_audio_message, anna.send_sticker, anna.send_geo):
        send()
    anna.edit(said, "иначе")
    anna.react(said, 1)
    anna.allow("key")
    anna.deny()
    anna.join_group()
    anna.leave_group()
    for place in ("wall", "photo", "video", "market", "board"):
        anna.comment("сколько стоит?", on=place)
    room = fake.chat(1, [anna])
    room.invite_bot(anna)
    anna.say(room.mention("вопрос 2"), chat=room)
    fake.admin_replies(anna, "отвечу сама")
    press = {
        "user_id": 77,
        "peer_id": 77,
        "event_id": "e1",
        "payload": {"a": "help.show"},
        "conversation_message_id": 1,
    }
    fake.publish("message_event", press)
    return [{**event, "v": "5.199"} for event in copy.deepcopy(fake.world.events.published)]


def mutations(recorded: Sequence[Json], count: int, *, seed: int) -> Iterator[Json]:
    """Spoil so many updates, each at one to four places; some get a kind that nobody knows."""
    chance = random.Random(seed)  # noqa: S311
    for _ in range(count):
        update = copy.deepcopy(chance.choice(recorded))
        for _ in range(chance.randint(1, 4)):
            _spoil(update, recorded, chance)
        yield update


def _spoil(update: Json, recorded: Sequence[Json], chance: random.Random) -> None:
    places = list(_places(update))
    if not places:
        return
    holder, key = chance.choice(places)
    match chance.randrange(5):
        case 0:
            del holder[key]
        case 1:
            donor, name = chance.choice(list(_places(chance.choice(recorded))))
            holder[key] = copy.deepcopy(donor[name])
        case 2 if isinstance(holder, dict):
            holder[chance.choice(KINDS)] = holder.pop(key)
        case _:
            holder[key] = copy.deepcopy(chance.choice(JUNK))


def _places(value: object) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON value, at any depth."""
    if isinstance(value, dict | list):
        for key, item in list(value.items() if isinstance(value, dict) else enumerate(value)):
            yield value, key
            yield from _places(item)
