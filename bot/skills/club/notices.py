"""Notices: what members hear from us unasked. Nobody but a timer can ask for one."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Program
from bot.domain.members.notices import NoticeKind, is_quiet
from bot.domain.messages import Woke
from bot.domain.replies import Button, Phrase, Reply
from bot.services.club.notices import LOST
from bot.skills.club.care import CareParts
from bot.skills.club.parts import CLUB

_Telling: TypeAlias = Callable[[Turn, Program, Member], Awaitable[Phrase | None]]


class NoticesSkill:
    """Says what is due, if it still holds."""

    name = "notices"
    is_urgent = False
    is_personal = True
    commands: Mapping[str, Action] = {}

    def __init__(self, parts: CareParts) -> None:
        self._parts = parts

    def matches(self, turn: Turn) -> bool:
        """Only by a timer."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Say it, put it off until the quiet hours are over, or say nothing where it no longer holds."""
        action, program = turn.action, self._parts.program()
        kind = _kind(action)
        if action is None or kind is None or not isinstance(turn.event, Woke):
            return []
        member = await self._parts.notices.listener(turn.uow, program, turn.conversation.address, kind)
        if member is None:
            return []
        if is_quiet(program.notices, turn.now, program.zone):
            await self._parts.notices.plan(turn.uow, program, member, kind, *action.args, now=turn.now)
            return []
        telling = self._tellings.get(kind)
        text = await telling(turn, program, member) if telling is not None else None
        return [] if text is None else [_notice(text, kind)]

    @property
    def _tellings(self) -> Mapping[NoticeKind, _Telling]:
        return {
            NoticeKind.EXPIRING: self._expiring,
            NoticeKind.AVAILABLE: self._available,
            NoticeKind.TIER: self._tier,
            NoticeKind.BIRTHDAY: self._birthday,
        }

    async def _expiring(self, turn: Turn, program: Program, member: Member) -> Phrase | None:
        """Nothing where they were spent meanwhile."""
        try:
            day = date.fromisoformat(_argument(turn))
        except ValueError:
            return None
        balance = await self._parts.points.balance(turn.uow, member.account, now=turn.now)
        over = datetime.combine(day + timedelta(days=1), time(), tzinfo=program.zone)
        points = sum(points for moment, points in balance.expiring if moment <= over)
        return Phrase("notices-expiring", {"points": points, "day": f"{day:%d.%m.%Y}"}) if points else None

    async def _available(self, turn: Turn, program: Program, member: Member) -> Phrase | None:
        balance = await self._parts.points.balance(turn.uow, member.account, now=turn.now)
        return Phrase("notices-available", {"points": balance.available}) if balance.available else None

    async def _tier(self, turn: Turn, program: Program, member: Member) -> Phrase | None:
        """Nothing where they have another tier by now."""
        tier = program.tier(_argument(turn))
        if tier is None or member.standing is None or member.standing.tier != tier.id:
            return None
        if turn.action is not None and turn.action.argument(1) == LOST:
            return Phrase("notices-tier-lost", {"tier": tier.name.read(turn.language)})
        listed = "\n".join(f"• {perk}" for perk in tier.perks_in(turn.language))
        return Phrase("notices-tier", {"tier": tier.name.read(turn.language), "perks": listed})

    async def _birthday(self, turn: Turn, program: Program, member: Member) -> Phrase | None:
        digits = _argument(turn)
        profile = await turn.uow.membership.profiles.get(member.id)
        points = int(digits) if digits.isascii() and digits.isdecimal() else 0
        return Phrase("notices-birthday", {"name": profile.name, "points": points}) if points else None


def _notice(text: Phrase, kind: NoticeKind) -> Reply:
    stop = Button(Phrase("notices-stop-button"), Action("settings.stop", (str(kind),)))
    return Reply(text=text, buttons=((CLUB,), (stop,)), is_private=kind is NoticeKind.BIRTHDAY)


def _kind(action: Action | None) -> NoticeKind | None:
    return next((kind for kind in NoticeKind if action is not None and kind == action.verb), None)


def _argument(turn: Turn) -> str:
    return turn.action.argument(0) if turn.action else ""
