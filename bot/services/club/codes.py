"""Codes: how a one-time code gets to a phone."""

from typing import Protocol

from bot.domain.replies import Phrase


class CodeSender(Protocol):
    """Sends a short text to a phone, by whatever the brand has."""

    async def send(self, phone: str, text: str) -> None:
        """Send `text` to `phone` (E.164).

        Raises:
            ThrottledError: too many now; wait.
            RefusedError: this one never goes out, such as to a phone that does not exist.
            UnknownOutcomeError: it may have gone out; another code costs a try, so let the person ask for it.
            ChannelError: it did not go out; try later.
        """
        ...


def code_message(code: str, *, brand: str) -> Phrase:
    """Say the code; it comes first, so that it is seen in the notification."""
    return Phrase("code-message", {"code": code, "brand": brand})
