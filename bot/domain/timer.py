"""Timer: an action to perform at a time, for one conversation."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.actions import Action
from bot.domain.messages import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """`key` is unique within the conversation; setting it again moves it. `due_at` is UTC."""

    key: str
    address: Address
    due_at: datetime
    action: Action
