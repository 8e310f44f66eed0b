"""Welcome: the first message, which shows what the bot can do."""

from collections.abc import Mapping, Sequence

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.replies import Button, Phrase, Reply, rows


class WelcomeSkill:
    """Greets whoever starts; deep links that lead somewhere are followed by the router."""

    name = "welcome"
    is_urgent = False
    commands: Mapping[str, Action] = {"command-start": Action("welcome.start")}

    def matches(self, turn: Turn) -> bool:
        """Only by its command, a button or a link."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Say who we are and what can be asked."""
        buttons = (
            Button(Phrase("button-help"), Action("help.show")),
            Button(Phrase("button-feedback"), Action("feedback.start")),
            Button(Phrase("button-person"), Action("people.contacts")),
            Button(Phrase("button-language"), Action("language.choose")),
        )
        return [Reply(text=Phrase("welcome-text", {"brand": turn.brand.name}), buttons=rows(buttons, width=2))]
