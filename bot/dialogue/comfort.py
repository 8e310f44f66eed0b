"""Comfort: who is angry gets help first, and then what they asked for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from bot.dialogue.phrases import Translator
from bot.dialogue.skill import Skill
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.messages import Said
from bot.domain.replies import Button, Phrase, Reply
from bot.domain.text import has_letters, words

_SENTENCE_END = re.compile(r"(?<=[?!.…])\s+|\n+")
_SMALLTALK = AnswerMeta(kind=AnswerKind.SMALLTALK)
_PERSON = Button(Phrase("button-person"), Action("people.contacts", ("anger",)))
_ABILITIES = Button(Phrase("button-help"), Action("help.show"))


class Comfort:
    """Stands for `skill`. What was asked in anger is answered behind an apology and a way to people."""

    def __init__(self, skill: Skill, translator: Translator) -> None:
        self._skill = skill
        self._translator = translator
        self.name = skill.name
        self.is_urgent = skill.is_urgent
        self.is_personal = skill.is_personal
        self.commands: Mapping[str, Action] = skill.commands

    def matches(self, turn: Turn) -> bool:
        """As the skill does."""
        return self._skill.matches(turn)

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Let the skill answer; apologise first where somebody is angry."""
        event = turn.event
        calm = turn.text if turn.action is not None or event.is_group else self._calmed(turn.text)
        if not isinstance(event, Said) or calm == turn.text:
            return await self._skill.respond(turn)
        asks = has_letters(calm)
        calmed = replace(turn, event=replace(event, text=calm if asks else turn.text))
        replies = await self._skill.respond(calmed)
        turn.conversation = calmed.conversation
        return _comforted(replies, asks=asks)

    def _calmed(self, text: str) -> str:
        """Take the angry words out of `text`, and with them the sentences that ask nothing."""
        met = self._met(text)
        if not met:
            return text
        angry = _pattern(met)
        sentences = _SENTENCE_END.split(text.replace("ё", "е").replace("Ё", "Е"))
        calm = [angry.sub(" ", sentence) for sentence in sentences]
        if calm == sentences:
            return text
        kept = [new for old, new in zip(sentences, calm, strict=True) if old == new or old.rstrip().endswith("?")]
        return " ".join(" ".join(kept or calm).split()).strip(" ,.!")

    def _met(self, text: str) -> frozenset[str]:
        """Return the angry expressions that may be in `text`: most messages have none, and pay for one look only."""
        said = set(words(text))
        expressions = self._translator.words("words-angry")
        return frozenset(each for each in expressions if each.split()[0] in said or (each in text and _is_sign(each)))


@lru_cache(maxsize=64)
def _pattern(expressions: frozenset[str]) -> re.Pattern[str]:
    """Match any expression, the longest first; nothing where there is none."""
    longest_first = sorted(expressions, key=lambda expression: (-len(expression), expression))
    return re.compile("|".join(map(_written, longest_first)) or r"(?!)", re.IGNORECASE)


def _written(expression: str) -> str:
    """Match an expression as whole words, with anything but words between; emoji anywhere.

    Part of a longer word with a hyphen is another word ("idiot-proof"), unless a particle hangs on it ("-то").
    """
    parts = r"\W+".join(map(re.escape, expression.split()))
    return parts if _is_sign(expression) else rf"(?<!\w)(?<!\w-){parts}(?!\w|-\w{{3}})"


def _is_sign(expression: str) -> bool:
    return not has_letters(expression)


def _comforted(replies: Sequence[Reply], *, asks: bool) -> Sequence[Reply]:
    """Put an apology before what helps; a choice helps nobody who only is angry."""
    unhelpful = {AnswerKind.UNKNOWN} if asks else {AnswerKind.UNKNOWN, AnswerKind.CLARIFY}
    helpful = [reply for reply in replies if reply.answer.kind not in unhelpful]
    if not helpful:
        meta = replace(replies[0].answer, kind=AnswerKind.UNKNOWN, sources=()) if replies else _SMALLTALK
        return [Reply(text=Phrase("smalltalk-upset"), buttons=((_PERSON, _ABILITIES),), answer=meta)]
    return [Reply(text=Phrase("smalltalk-sorry"), buttons=((_PERSON,),), answer=_SMALLTALK), *helpful]
