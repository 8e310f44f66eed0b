"""Awarding: what the rules give for what people do where the bot does not see it: reviews, quizzes, polls."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.audit import AuditAction
from bot.domain.errors import RuleViolationError
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Program, RuleKind
from bot.domain.messages import Address
from bot.domain.replies import Phrase
from bot.services.club.attending import ATTENDERS
from bot.services.club.auditing import MemberFinder, demand, demand_another, write_down
from bot.services.club.happenings import Became, Happening, Happenings
from bot.services.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Awarded:
    """What a rule gave: 0 points where its limits are reached, or where it `is_repeated`, given for this before."""

    member: Member
    points: int
    is_repeated: bool


class Awarding:
    """Never commits."""

    def __init__(self, happenings: Happenings, finder: MemberFinder) -> None:
        self._happenings = happenings
        self._finder = finder

    async def award(
        self,
        uow: UnitOfWork,
        program: Program,
        card: str,
        kind: RuleKind,
        occasion: str,
        *,
        by: Address,
        now: datetime,
    ) -> Awarded:
        """Give what the rules give for a review, a quiz or a poll, once for each `occasion`: which one it was.

        Raises:
            RuleViolationError: not for them, no such member, their own card, or no rule of today gives anything.
        """
        await demand(uow, by, ATTENDERS)
        member = await self._finder.find(uow, card)
        await demand_another(uow, by, member)
        told = Happening(card=member.card, kind=kind, occasion=occasion)
        became, points = await self._happenings.take_in(uow, program, told, now=now)
        if became is Became.NO_RULE:
            raise RuleViolationError(Phrase("staff-award-no-rule", {"kind": str(kind)}))
        if points:
            await write_down(uow, AuditAction.AWARDED, by=by, member=member.id, note=f"{kind}: {points}", now=now)
        return Awarded(member=member, points=points, is_repeated=became is Became.KNOWN)
