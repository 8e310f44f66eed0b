"""Context: what a method of the API works on."""

from dataclasses import dataclass

from tests.fakes.vk.callback import Callback
from tests.fakes.vk.longpoll import LongPoll
from tests.fakes.vk.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The state and the two ways events leave it."""

    world: World
    long_poll: LongPoll
    callback: Callback
