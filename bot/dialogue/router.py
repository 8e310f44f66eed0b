"""Which skill takes a turn: explicit action, then open flow, then the first that matches."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.deep_links import WELCOME, follow
from bot.dialogue.phrases import Translator
from bot.dialogue.skill import Skill
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.messages import Event, Pressed, Said, Standing, StandingChanged, Started, Woke
from bot.domain.text import fold, switch_layout

STEERING_WORDS = ("words-cancel", "words-back", "words-skip")
NOTHING_OPEN = Action("help.nothing_open")
UNKNOWN_COMMAND = Action("help.unknown_command")
OLD_BUTTON = Action("help.old_button")
GROUP_HELLO = Action("welcome.group")
FLOW = "flow"


class Router:
    """Knows the skills in order. The last one must match everything."""

    def __init__(self, skills: Sequence[Skill], translator: Translator) -> None:
        self._skills = skills
        self._by_name = {skill.name: skill for skill in skills}
        self._translator = translator

    def explicit_action(self, event: Event, *, in_flow: bool) -> Action | None:
        """Read the wish that `event` states by itself: a press, a deep link, a timer, a command.

        A command's word alone, without the slash, counts too, but not while a form is being filled in.
        """
        match event:
            case Pressed(action=action) | Woke(action=action):
                return action
            case Started(payload=payload):
                return follow(payload)
            case StandingChanged(standing=Standing.ADDED, is_group=True):
                return GROUP_HELLO
            case Said(text=text, is_addressed=True):
                return self._wish(text, in_flow=in_flow)
            case _:
                return None

    def also_wished(self, event: Event) -> Action | None:
        """Return the command that a word for steering an open form is, too."""
        if not isinstance(event, Said) or not self._steers(event.text.strip(" .!").removeprefix("/")):
            return None
        return self._bare_word(event.text.removeprefix("/"))

    def performer(self, action: Action) -> Skill:
        """Return the skill that performs `action`; an action that nobody knows belongs to an old message."""
        return self._by_name.get(action.skill) or self._by_name[OLD_BUTTON.skill]

    def is_personal(self, action: Action) -> bool:
        """Whether this is nobody else's business: a form, or a skill about the person."""
        return action.skill == FLOW or self.performer(action).is_personal

    def urgent(self, turn: Turn) -> Skill | None:
        """Return the skill that takes this free message at once, whatever form is open."""
        return next((skill for skill in self._skills if skill.is_urgent and skill.matches(turn)), None)

    def first_match(self, turn: Turn) -> Skill:
        """Return the first skill that takes this free message."""
        return next(skill for skill in self._skills if skill.matches(turn))

    def _wish(self, text: str, *, in_flow: bool) -> Action | None:
        if text.startswith("/") and not (in_flow and self._steers(text[1:])):
            return self._command(text[1:])
        return None if in_flow else self._bare_word(text)

    def _command(self, text: str) -> Action:
        word, _, rest = text.partition(" ")
        name = fold(word.partition("@")[0])
        found = self._find(name)
        if found is None and self._steers(name):  # the help promises these words, and nothing is open
            return NOTHING_OPEN
        if found is None:
            return Action(UNKNOWN_COMMAND.name, (name[:32],))
        if found.name == WELCOME:  # how the platforms write a deep link that was typed or pasted
            return follow(rest.strip())
        return replace(found, args=(*found.args, rest.strip())) if rest.strip() else found

    def _steers(self, word: str) -> bool:
        """Whether the command is for the open form: ``/cancel``, ``/back``, ``/skip``."""
        return any(fold(word) in self._translator.words(key) for key in STEERING_WORDS)

    def _bare_word(self, text: str) -> Action | None:
        typed = fold(text.strip(" .!?"))
        return self._find(typed) or self._find(fold(switch_layout(typed)))

    def _find(self, word: str) -> Action | None:
        for skill in self._skills:
            for key, action in skill.commands.items():
                if word in self._translator.words(key):
                    return action
        return None
