"""Help: what can be asked and which commands there are; a way out of every dead end."""

from collections.abc import Mapping, Sequence

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.brand import Brand
from bot.domain.replies import Button, Phrase, Reply, rows


class HelpSkill:
    """Also answers what leads nowhere: unknown commands, buttons of old messages, "none of these"."""

    name = "help"
    is_urgent = False
    is_personal = False
    commands: Mapping[str, Action] = {"command-help": Action("help.show")}

    def __init__(self, *, has_club: bool = False) -> None:
        self._has_club = has_club

    def matches(self, turn: Turn) -> bool:
        """Only by its command or a button."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Show the abilities, after a word about what went wrong."""
        match turn.action:
            case Action(name="help.unknown_command"):
                text = Phrase("help-unknown-command", {"command": turn.action.argument(0)})
                return [Reply(text=text, buttons=_ways_out())]
            case Action(name="help.nothing_open"):
                return [Reply(text=Phrase("help-nothing-open"), buttons=_ways_out())]
            case Action(name="help.old_button"):
                return [Reply(text=Phrase("help-outdated"), buttons=_ways_out())]
            case Action(name="help.not_found"):
                unknown = AnswerMeta(kind=AnswerKind.UNKNOWN)
                return [Reply(text=Phrase("help-not-found"), buttons=_ways_out(), answer=unknown)]
            case _:
                return [self._abilities(turn.brand)]

    def _abilities(self, brand: Brand) -> Reply:
        has_choice = len(brand.languages) > 1
        params = {"brand": brand.name, "club": "yes" if self._has_club else "no"}
        buttons = [
            *([Button(Phrase("club-button"), Action("club.show"))] if self._has_club else []),
            Button(Phrase("button-feedback"), Action("feedback.start")),
            Button(Phrase("button-person"), Action("people.contacts")),
        ]
        if has_choice:
            buttons.append(Button(Phrase("button-language"), Action("language.choose")))
        text = Phrase("help-text" if has_choice else "help-text-one-language", params)
        return Reply(text=text, buttons=rows(buttons, width=2))


def _ways_out() -> tuple[tuple[Button, ...], ...]:
    return (
        (
            Button(Phrase("button-help"), Action("help.show")),
            Button(Phrase("button-person"), Action("people.contacts")),
        ),
    )
