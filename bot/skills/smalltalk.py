"""Small talk: greeting, thanks, goodbye, anger, and who is speaking. Never pretends to be human."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from unicodedata import category

from bot.dialogue.phrases import Translator
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.replies import Button, Phrase, Reply
from bot.domain.text import fold, switch_layout, words

_SMALLTALK = AnswerMeta(kind=AnswerKind.SMALLTALK)
_TOPICS = {
    "words-who-are-you": "smalltalk-who",
    "words-thanks": "smalltalk-thanks",
    "words-bye": "smalltalk-bye",
    "words-how-are-you": "smalltalk-how",
    "words-greeting": "smalltalk-greeting",
    "words-understood": "smalltalk-understood",
    "words-upset": "smalltalk-upset",
}
_POLITE = "words-polite"
_LONGEST_WORDS = 8


class SmalltalkSkill:
    """Takes a message only when nothing but small talk is in it: "hello, where is my order" is a question."""

    name = "smalltalk"
    is_urgent = False
    is_personal = False
    commands: Mapping[str, Action] = {}

    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    def matches(self, turn: Turn) -> bool:
        """Whether every word belongs to small talk."""
        return self._topic(turn.text) is not None

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Answer in kind, with a way on."""
        key = self._topic(turn.text) or "smalltalk-greeting"
        text = Phrase(key, {"brand": turn.brand.name})
        abilities = Button(Phrase("button-help"), Action("help.show"))
        person = Button(Phrase("button-person"), Action("people.contacts"))
        ways = {"smalltalk-greeting": (abilities,), "smalltalk-who": (person,), "smalltalk-upset": (person, abilities)}
        buttons = (ways[key],) if key in ways else ()
        return [Reply(text=text, buttons=buttons, answer=_SMALLTALK)]

    def _topic(self, text: str) -> str | None:
        said = words(text) or _faces(text)
        if not said or len(said) > _LONGEST_WORDS:
            return None
        return self._find(" ".join(said)) or self._find(" ".join(words(switch_layout(fold(text)))))

    def _find(self, said: str) -> str | None:
        """Take known expressions out of `said`; the first topic found counts if no other word is left."""
        found = None
        rest = f" {said} "
        for listed, key in _TOPICS.items():
            for expression in self._longest_first(listed):
                if f" {expression} " in rest:
                    found = found or key
                    rest = rest.replace(f" {expression} ", " ")
        if found is None:
            return None
        for expression in self._longest_first(_POLITE):
            rest = rest.replace(f" {expression} ", " ")
        return found if not rest.strip() else None

    def _longest_first(self, key: str) -> list[str]:
        return _sorted(self._translator.words(key))


@lru_cache(maxsize=64)
def _sorted(expressions: frozenset[str]) -> list[str]:
    return sorted(expressions, key=len, reverse=True)


def _faces(text: str) -> list[str]:
    """Split a message without words into its emoji, each once; shades of skin and the like are dropped."""
    return list(dict.fromkeys(sign for sign in text if category(sign) == "So"))
