"""Awarding: the staff's command for what people did where the bot does not see it: a review, a quiz, a poll."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.dialogue.phrases import Translator
from bot.dialogue.staff import STAFF, Command, Job, say
from bot.domain.actions import Action
from bot.domain.loyalty.card import masked_card
from bot.domain.loyalty.program import RuleKind
from bot.domain.members.notices import NoticeKind
from bot.domain.replies import Button, Phrase, Reply
from bot.domain.text import fold
from bot.services.club.awarding import Awarded, Awarding
from bot.skills.club.parts import TOLD_POINTS, ClubParts
from bot.skills.club.telling import tell

_AWARD = re.compile(r"(?P<who>[+\d][\d\s()-]*\d)(?:\s+(?P<kind>[^\W\d]+)\s*(?P<occasion>.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Kind:
    """How something that is given for is called: on a button, in a command, and to whom it was given."""

    button: Phrase
    words: str
    told: str


_KINDS: Mapping[RuleKind, _Kind] = {
    RuleKind.REVIEW: _Kind(Phrase("staff-award-review-button"), "staff-award-review-words", "staff-awarded-review"),
    RuleKind.QUIZ: _Kind(Phrase("staff-award-quiz-button"), "staff-award-quiz-words", "staff-awarded-quiz"),
    RuleKind.POLL: _Kind(Phrase("staff-award-poll-button"), "staff-award-poll-words", "staff-awarded-poll"),
}


class AwardingCommands:
    """`/award`, and the buttons under it."""

    def __init__(self, parts: ClubParts, awarding: Awarding, translator: Translator) -> None:
        self._parts = parts
        self._awarding = awarding
        self._translator = translator

    @property
    def table(self) -> Mapping[str, Command]:
        """Every command by its name."""
        return {"award": Command("desk-command-award", self.award)}

    async def award(self, job: Job) -> Sequence[Reply]:
        """Give what the rules give: ``/award CARD review LINK``; a card alone brings a button for each kind.

        What was done is told by the words behind the kind, or by the day where there are none: once for each.
        """
        order = job.order
        if order.number:
            kind = next((each for each in _KINDS if each == order.rest), None)
            return await self._give(job, order.number, kind, "") if kind is not None else say("staff-award-how")
        match = _AWARD.fullmatch(order.rest)
        if match is None:
            return say("staff-award-how")
        if match["kind"] is None:
            return self._ask(match["who"], job)
        return await self._give(job, match["who"], self._kind(match["kind"]), match["occasion"])

    async def _give(self, job: Job, card: str, kind: RuleKind | None, occasion: str) -> Sequence[Reply]:
        if kind is None:
            return say("staff-award-how")
        turn, program = job.turn, self._parts.program()
        what = occasion or turn.now.astimezone(program.zone).date().isoformat()
        given = await self._awarding.award(turn.uow, program, card, kind, what, by=job.own, now=turn.now)
        if given.points == 0:
            key = "staff-award-repeated" if given.is_repeated else "staff-award-limit"
            return say(key, card=masked_card(given.member.card))
        done = say("staff-adjusted", points=given.points, card=masked_card(given.member.card))
        return [*done, *await self._tell(job, given, kind)]

    async def _tell(self, job: Job, given: Awarded, kind: RuleKind) -> Sequence[Reply]:
        text = Phrase(_KINDS[kind].told, {"points": given.points})
        later = Action(TOLD_POINTS, (str(given.points),))
        return await tell(job.turn, self._parts.program(), given.member, NoticeKind.BY_HAND, text=text, later=later)

    def _ask(self, who: str, job: Job) -> Sequence[Reply]:
        program, card = self._parts.program(), re.sub(r"\D", "", who)
        day = job.turn.now.astimezone(program.zone).date()
        kinds = [kind for kind in _KINDS if program.active(kind, day)]
        if not kinds:
            return say("staff-award-no-rules")
        buttons = tuple((Button(_KINDS[kind].button, Action(f"{STAFF}.award", (card, str(kind)))),) for kind in kinds)
        return [Reply(text=Phrase("staff-award-what"), buttons=buttons)]

    def _kind(self, word: str) -> RuleKind | None:
        words = self._translator.words
        return next((kind for kind, named in _KINDS.items() if fold(word) in words(named.words)), None)
