"""Promises: when an answer is to come, as it is said to people."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.dialogue.phrases import Translator
from bot.dialogue.turn import Turn
from bot.domain.desk.ticket import Ticket
from bot.domain.replies import Phrase, Reply
from bot.skills.desk.parts import tell_customer

_UNTIL = ("desk-until-today", "desk-until-tomorrow", "desk-until-later")
_AT = ("desk-at-today", "desk-at-tomorrow", "desk-at-later")


def promised(at: datetime, turn: Turn, translator: Translator, *, language: str = "") -> str:
    """Say until when, in the brand's time; in `language`, or that of who talks."""
    return _said(_UNTIL, at, turn, translator, language or turn.language)


def reminded(at: datetime, turn: Turn, translator: Translator) -> str:
    """Say when, in the brand's time, to who talks."""
    return _said(_AT, at, turn, translator, turn.language)


def _said(keys: Sequence[str], at: datetime, turn: Turn, translator: Translator, language: str) -> str:
    local, today = (moment.astimezone(turn.brand.timezone) for moment in (at, turn.now))
    *near, later = keys
    days = (local.date() - today.date()).days
    key = near[days] if 0 <= days < len(near) else later
    return translator.text(Phrase(key, {"time": f"{local:%H:%M}", "day": f"{local:%d.%m}"}), language)


async def tell_promise(turn: Turn, ticket: Ticket, key: str, at: datetime, translator: Translator) -> Reply:
    """Tell the customer of a ticket until when they are to be answered, in their language."""
    told = await tell_customer(turn, ticket, Phrase(key))
    when = promised(at, turn, translator, language=told.language or "")
    return replace(told, text=Phrase(key, {"when": when}))
