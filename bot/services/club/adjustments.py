"""Adjustments: points given or taken by hand, with a reason, and a second person above a limit."""

from datetime import datetime

from bot.domain.errors import RuleViolationError
from bot.domain.loyalty.commands import Adjust
from bot.domain.loyalty.entry import Basis
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Program
from bot.domain.replies import Phrase
from bot.services.club.points import Points, Posted
from bot.services.club.ports import ClubUnit


class Adjustments:
    """What staff does to points. Never commits."""

    def __init__(self, points: Points) -> None:
        self._points = points

    async def adjust(
        self,
        unit: ClubUnit,
        program: Program,
        member: Member,
        points: int,
        *,
        actor: str,
        reason: str,
        key: str,
        now: datetime,
        approver: str = "",
    ) -> Posted:
        """Give `points`, or take them where they are below 0, once for each key. Both people stand in the entry.

        Raises:
            RuleViolationError: there is no reason, a second person is needed, or there are not so many points.
        """
        if not reason.strip():
            raise RuleViolationError(Phrase("club-adjust-reason"))
        if abs(points) > program.adjust_limit and approver in {"", actor}:
            raise RuleViolationError(Phrase("club-adjust-second", {"limit": program.adjust_limit}))
        command = Adjust(
            account=member.account,
            key=f"adjust:{key}",
            points=points,
            expires_at=program.points_expire.end(now, program.zone) if program.points_expire else None,
            basis=Basis(actor=actor, reason=reason.strip(), inputs={"approver": approver} if approver else {}),
        )
        return await self._points.post(unit, command, now=now)
