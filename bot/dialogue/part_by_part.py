"""PartByPart: lets a skill answer several questions of one message, each by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.dialogue.dividing import Divider
from bot.dialogue.phrases import Translator
from bot.dialogue.skill import Skill
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.answer import ANSWERS, AnswerKind, AnswerMeta
from bot.domain.conversation import Conversation
from bot.domain.messages import Said
from bot.domain.replies import NOTICE, Reply


@dataclass(frozen=True, slots=True)
class _Try:
    """What would be said, and what the conversation would be after it."""

    replies: Sequence[Reply]
    conversation: Conversation


class PartByPart:
    """Stands for `skill`. A message is divided only where that says more and nothing gets worse.

    Both the whole and its parts are tried, on copies of the conversation: the parts one after the other, so that the
    second may be about what the first one showed.
    """

    def __init__(self, skill: Skill, translator: Translator) -> None:
        self._skill = skill
        self._divider = Divider(translator)
        self.name = skill.name
        self.is_urgent = skill.is_urgent
        self.is_personal = skill.is_personal
        self.commands: Mapping[str, Action] = skill.commands

    def matches(self, turn: Turn) -> bool:
        """As the skill does."""
        return self._skill.matches(turn)

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Answer the parts in order, or the whole."""
        event = turn.event
        may_divide = turn.action is None and isinstance(event, Said) and not event.is_group
        parts = self._divider.divide(turn.text) if may_divide else ()
        if len(parts) < 2:  # noqa: PLR2004 - one is the whole
            return await self._skill.respond(turn)
        whole, divided = await self._try([turn.text], turn), await self._try(parts, turn)
        chosen = divided if _says_more(divided, whole) else whole
        turn.conversation = chosen.conversation
        return chosen.replies

    async def _try(self, texts: Sequence[str], turn: Turn) -> _Try:
        conversation = replace(turn.conversation)
        replies: list[Reply] = []
        for text in texts:
            event = replace(turn.event, text=text) if isinstance(turn.event, Said) else turn.event
            replies += await self._skill.respond(replace(turn, event=event, conversation=conversation))
        return _Try(replies, conversation)


def _says_more(divided: _Try, whole: _Try) -> bool:
    """Whether every part has an answer of its own, or one has where the whole has none.

    What is surely answered as a whole from a place that no part leads to is one question with two halves, and so is
    what an entry has word for word.
    """
    first = whole.replies[0].answer if whole.replies else NOTICE
    if first.kind is AnswerKind.FAQ and first.confidence == 1.0:
        return False
    metas = [reply.answer for reply in divided.replies]
    known = [_first_source(meta) for meta in metas if meta.kind is not AnswerKind.UNKNOWN]
    if not any(meta.kind in ANSWERS for meta in metas) or len(set(known)) < len(known):
        return False
    if first.kind in ANSWERS:
        return len(known) == len(metas) and _first_source(first) in known
    return True


def _first_source(meta: AnswerMeta) -> str:
    return next(iter(meta.sources), "")
