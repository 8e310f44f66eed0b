"""Welcome: the first message, which shows what the bot can do."""

from collections.abc import Mapping, Sequence

from bot.dialogue.router import GROUP_HELLO
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.replies import Button, Phrase, Private, Reply, rows
from bot.services.ports import Answers


class WelcomeSkill:
    """Greets whoever starts; deep links that lead somewhere are followed by the router."""

    name = "welcome"
    is_urgent = False
    is_personal = False
    commands: Mapping[str, Action] = {"command-start": Action("welcome.start")}

    def __init__(self, answers: Answers, *, has_club: bool = False) -> None:
        self._answers = answers
        self._has_club = has_club

    def matches(self, turn: Turn) -> bool:
        """Only by its command, a button or a link."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Say who we are and what can be asked; in a group that took us in, how to call us."""
        if turn.action == GROUP_HELLO:
            more = Button(Phrase("button-more-private"), Private())
            return [Reply(text=Phrase("welcome-group", {"brand": turn.brand.name}), buttons=((more,),))]
        buttons = [
            Button(Phrase("button-help"), Action("help.show")),
            *([Button(Phrase("club-button"), Action("club.show"))] if self._has_club else []),
            Button(Phrase("button-feedback"), Action("feedback.start")),
            Button(Phrase("button-person"), Action("people.contacts")),
        ]
        if len(turn.brand.languages) > 1:
            buttons.append(Button(Phrase("button-language"), Action("language.choose")))
        return [Reply(text=self._text(turn), buttons=rows(buttons, width=2))]

    def _text(self, turn: Turn) -> Phrase:
        """Greet, with what can be asked of this brand."""
        lines = [f"• {line}" for line in self._answers.examples(turn.language)]
        examples = "\n".join(lines) if lines else "none"
        return Phrase("welcome-text", {"brand": turn.brand.name, "examples": examples})
