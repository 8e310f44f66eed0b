"""Promises: when an answer is to come, as it is said to people."""

from dataclasses import replace
from datetime import datetime

from bot.dialogue.phrases import Translator
from bot.dialogue.turn import Turn
from bot.domain.desk.ticket import Ticket
from bot.domain.replies import Phrase, Reply
from bot.skills.desk.parts import tell_customer

_NEAR = {0: "desk-until-today", 1: "desk-until-tomorrow"}


def promised(at: datetime, turn: Turn, translator: Translator, *, language: str = "") -> str:
    """Say until when, in the brand's time; in `language`, or that of who talks."""
    local, today = (moment.astimezone(turn.brand.timezone) for moment in (at, turn.now))
    days = (local.date() - today.date()).days
    key = _NEAR.get(days, "desk-until-later")
    params = {"time": f"{local:%H:%M}", "day": f"{local:%d.%m}"}
    return translator.text(Phrase(key, params), language or turn.language)


async def tell_promise(turn: Turn, ticket: Ticket, key: str, at: datetime, translator: Translator) -> Reply:
    """Tell the customer of a ticket until when they are to be answered, in their language."""
    told = await tell_customer(turn, ticket, Phrase(key))
    when = promised(at, turn, translator, language=told.language or "")
    return replace(told, text=Phrase(key, {"when": when}))
