"""Comfort: who is angry gets help first, and then what they asked for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.dialogue.phrases import Translator
from bot.dialogue.skill import Skill
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.messages import Said
from bot.domain.replies import Button, Phrase, Reply
from bot.domain.text import has_letters

_SENTENCE_END = re.compile(r"(?<=[?!.…])\s+|\n+")
_SMALLTALK = AnswerMeta(kind=AnswerKind.SMALLTALK)
_PERSON = Button(Phrase("button-person"), Action("people.contacts"))
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
        calmed = replace(turn, event=replace(event, text=calm if has_letters(calm) else turn.text))
        replies = await self._skill.respond(calmed)
        turn.conversation = calmed.conversation
        return _comforted(replies)

    def _calmed(self, text: str) -> str:
        """Take the angry words out of `text`, and with them the sentences that ask nothing."""
        sentences = _SENTENCE_END.split(text.replace("ё", "е").replace("Ё", "Е"))
        calm = [self._without_anger(sentence) for sentence in sentences]
        if calm == sentences:
            return text
        kept = [new for old, new in zip(sentences, calm, strict=True) if old == new or old.rstrip().endswith("?")]
        return " ".join(" ".join(kept or calm).split()).strip(" ,.!")

    def _without_anger(self, sentence: str) -> str:
        for expression in sorted(self._translator.words("words-angry"), key=len, reverse=True):
            sentence = re.sub(_pattern(expression), " ", sentence, flags=re.IGNORECASE)
        return sentence


def _pattern(expression: str) -> str:
    """Match an expression as whole words, with any white space between; emoji anywhere."""
    words = r"\W+".join(re.escape(word) for word in expression.split())
    return rf"(?<!\w){words}(?!\w)" if has_letters(expression) else words


def _comforted(replies: Sequence[Reply]) -> Sequence[Reply]:
    helpful = [reply for reply in replies if reply.answer.kind is not AnswerKind.UNKNOWN]
    if not helpful:
        meta = replies[0].answer if replies else _SMALLTALK
        return [Reply(text=Phrase("smalltalk-upset"), buttons=((_PERSON, _ABILITIES),), answer=meta)]
    return [Reply(text=Phrase("smalltalk-sorry"), buttons=((_PERSON,),), answer=_SMALLTALK), *helpful]
