"""Desk: `CodeSender` for trials: the code goes to the operators' log, and a person tells it."""

import logging

from bot.domain.contact_data.phone import masked_phone

logger = logging.getLogger("bot.operators")


class DeskCodeSender:
    """Writes codes where operators see them. For trials: whoever reads the log could confirm any phone."""

    async def send(self, phone: str, text: str) -> None:
        """Write `text` to the log, with the end of the phone."""
        logger.warning("code.trial to=%s text=%r", masked_phone(phone), text)
