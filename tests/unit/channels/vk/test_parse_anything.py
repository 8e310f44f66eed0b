"""Whatever VK, or somebody else, sends: reading it does no harm."""

import copy
import json
import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.vk.parse import BROKEN
from tests.unit.channels.vk.samples import RECORDED, read

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
)


@given(raw=ANYTHING)
def test_anything_is_read_without_an_exception(raw: object) -> None:
    assert read(raw).ignored


@given(body=ANYTHING, number=st.integers(0, len(RECORDED) - 1))
def test_any_body_under_a_known_type_is_read(body: object, number: int) -> None:
    parsed = read({**RECORDED[number], "object": body})
    assert parsed.events or parsed.ignored


def mutated(chance: random.Random) -> object:
    """Spoil a recorded event at one to four places."""
    raw = copy.deepcopy(chance.choice(RECORDED))
    for _ in range(chance.randint(1, 4)):
        spoil(raw, chance)
    return raw


def spoil(place: Any, chance: random.Random) -> None:
    while isinstance(place, dict | list) and place:
        key = chance.choice(list(place)) if isinstance(place, dict) else chance.randrange(len(place))
        if isinstance(place[key], dict | list) and place[key] and chance.random() < 0.8:
            place = place[key]
            continue
        junk: tuple[object, ...] = (
            None,
            True,
            -1,
            0,
            10**30,
            1e300,
            "",
            "\x00\ud800",
            "7",
            [],
            {},
            [[]],
            {"a": {}},
            [None] * 3,
        )
        if isinstance(place, dict) and chance.random() < 0.3:
            del place[key]
        else:
            place[key] = copy.deepcopy(chance.choice(junk))
        return


def test_twenty_thousand_mutated_updates_do_no_harm() -> None:
    chance = random.Random(7)  # noqa: S311
    kinds = set()
    for _ in range(20_000):
        parsed = read(mutated(chance))
        assert parsed.events or parsed.ignored
        kinds.add(parsed.ignored)
        for event in parsed.events:
            assert json.dumps([event.id, event.sender.chat_id, event.ref], ensure_ascii=False).encode()
            assert "\x00" not in event.id
    assert {BROKEN, ""} <= kinds
