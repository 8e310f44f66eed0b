"""What was said in the middle of a form: a choice, a word that steers, a question."""

from bot.dialogue.flow.form import Step
from bot.dialogue.phrases import Translator
from bot.domain.text import fold, switch_layout, words

SKIP = "flow.skip"
_STEERING = {"flow.cancel": "words-cancel", "flow.back": "words-back", SKIP: "words-skip"}


class Hearing:
    """Understands typed answers in every language and in the wrong keyboard layout."""

    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    def command(self, said: str | None) -> str | None:
        """Return the name of the form's action that the words ask for, such as ``flow.cancel``."""
        spellings = _spellings(said)
        return next((name for name, key in _STEERING.items() if spellings & self._translator.words(key)), None)

    def choice(self, step: Step, said: str | None) -> str | None:
        """Return the value of the choice that was typed: its value or one of its words."""
        spellings = _spellings(said)
        for choice in step.choices:
            if spellings & ({fold(choice.value)} | self._translator.words(choice.words)):
                return choice.value
        return None

    def is_question(self, said: str) -> bool:
        """Whether it may be a question to us rather than an answer to ours."""
        first = next(iter(words(said)), "")
        return said.rstrip().endswith("?") or first in self._translator.words("words-question")


def _spellings(said: str | None) -> frozenset[str]:
    typed = fold((said or "").strip(" .,!←").removeprefix("/"))
    return frozenset({typed, fold(switch_layout(typed))} if typed else ())
