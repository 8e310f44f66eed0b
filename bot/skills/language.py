"""Language: switch it, and keep it."""

from collections.abc import Mapping, Sequence

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.conversation import LanguageOrigin
from bot.domain.replies import Button, Phrase, Reply

_NAMES = {"ru": Phrase("language-ru-button"), "en": Phrase("language-en-button")}
_COMMANDS = {"ru": "command-language-ru", "en": "command-language-en"}


class LanguageSkill:
    """A language chosen here is no longer changed by what the person types."""

    name = "language"
    is_urgent = False
    is_personal = False
    commands: Mapping[str, Action] = {
        "command-language": Action("language.choose"),
        **{key: Action("language.set", (code,)) for code, key in _COMMANDS.items()},
    }

    def matches(self, turn: Turn) -> bool:
        """Only by its commands or a button."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Set the language named, or offer the choice."""
        wanted = turn.action.argument(0).strip().lower() if turn.action else ""
        offered = [code for code in turn.brand.languages if code in _NAMES]
        if len(offered) == 1:
            return [Reply(text=Phrase("language-only"))]
        if wanted not in offered:
            buttons = tuple(Button(_NAMES[code], Action("language.set", (code,))) for code in offered)
            return [Reply(text=Phrase("language-choose"), buttons=(buttons,))]
        turn.conversation.language = wanted
        turn.conversation.language_origin = LanguageOrigin.CHOSEN
        return [Reply(text=Phrase("language-set"), replaces=True)]
