"""Pages: more buttons of a message than fit on it at once."""

from collections.abc import Mapping, Sequence

from bot.dialogue.stored import stored_message
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.replies import Button, OutgoingButton, Phrase, Reply, Text


class PagesSkill:
    """Shows another page, in the place of the message."""

    name = "pages"
    is_urgent = False
    is_personal = False
    commands: Mapping[str, Action] = {}

    def matches(self, turn: Turn) -> bool:
        """Only by a button."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Show the page that the button names."""
        action = turn.action or Action("pages.show")
        message = await stored_message(turn, action)
        page = action.argument(2)
        if message is None or not page.isdecimal():
            abilities = Button(Phrase("button-help"), Action("help.show"))
            return [Reply(text=Phrase("help-outdated"), buttons=((abilities,),))]
        return [
            Reply(
                text=Text(message.text, message.marks),
                buttons=tuple(tuple(map(_button, row)) for row in message.buttons),
                page=int(page[:6]),
                replaces=True,
            )
        ]


def _button(button: OutgoingButton) -> Button:
    return Button(Text(button.label), button.target)
