"""Promises: when an answer is to come, as it is said to people."""

from datetime import datetime

from bot.dialogue.phrases import Translator
from bot.dialogue.turn import Turn
from bot.domain.replies import Phrase

_NEAR = {0: "desk-until-today", 1: "desk-until-tomorrow"}


def promised(at: datetime, turn: Turn, translator: Translator) -> str:
    """Say until when, in the brand's time and the reader's language."""
    local, today = (moment.astimezone(turn.brand.timezone) for moment in (at, turn.now))
    days = (local.date() - today.date()).days
    key = _NEAR.get(days, "desk-until-later")
    params = {"time": f"{local:%H:%M}", "day": f"{local:%d.%m}"}
    return translator.text(Phrase(key, params), turn.language)
