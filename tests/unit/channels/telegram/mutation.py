"""Updates broken at random."""

import copy
import random
from collections.abc import Iterator

from tests.unit.channels.telegram.recorded import RECORDED, Json

JUNK: list[object] = [
    None, True, False, 0, -1, 2**70, 1.5, float("nan"), float("inf"), "", "x", "\x00\ud83d", "я" * 20_000, [], [[]],
    [None], [1], {}, {"id": None}, {"id": 1}, {"type": "private", "id": "1"}, {"message_id": -5, "date": 0},
]  # fmt: skip


def places(value: object) -> Iterator[tuple[Json | list[object], str | int]]:
    """Every place in a JSON value, at any depth."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield value, key
            yield from places(item)
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield value, number
            yield from places(item)


def mutate(update: Json, chance: random.Random) -> Json:
    """Break an update in one to three places: drop, replace by junk, or put in what was elsewhere."""
    mutated = copy.deepcopy(update)
    for _ in range(chance.randint(1, 3)):
        spots = list(places(mutated))
        if not spots:
            break
        holder, key = chance.choice(spots)
        if chance.random() < 0.3:
            del holder[key]  # type: ignore[arg-type] # the key is of its holder
            continue
        donor, name = chance.choice(list(places(chance.choice(list(RECORDED.values())))))
        value = chance.choice(JUNK) if chance.random() < 0.7 else copy.deepcopy(donor[name])  # type: ignore[index]
        holder[key] = value  # type: ignore[index]
    return mutated
