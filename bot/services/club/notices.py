"""Notices: who is told, where and when; nobody who does not want it, nobody at night."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.actions import Action
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Program
from bot.domain.members.consent import is_given_on
from bot.domain.members.notices import PROMOTIONAL, NoticeKind, told_at
from bot.domain.messages import Address
from bot.domain.timer import Timer
from bot.services.ports import UnitOfWork

PREFIX = "notices."
"""Begins the actions that tell, each followed by its kind."""
LOST = "lost"
"""Stands behind a tier that is lower than the one before."""


class Notices:
    """Never commits."""

    async def plan(
        self, uow: UnitOfWork, program: Program, member: Member, kind: NoticeKind, *args: str, now: datetime
    ) -> bool:
        """Have a member told, now or when the quiet hours end; False where nobody may or can be told.

        The same notice, by kind and `args`, that still waits is told once. What came to be over is not said: whoever
        says it looks again at what there is by then.
        """
        to = await self.way(uow, program, member, kind)
        if to is None:
            return False
        action = Action(f"{PREFIX}{kind}", args)
        at = told_at(program.notices, now, program.zone)
        await uow.timers.set(Timer(key=":".join((action.name, *args)), address=to, due_at=at, action=action))
        return True

    async def way(self, uow: UnitOfWork, program: Program, member: Member, kind: NoticeKind) -> Address | None:
        """Return where a member may be told: of the chats where they can be reached the one linked last.

        None for who left, who switched it off, and for what promotes something where nobody agreed to it.
        """
        if not member.is_active or kind in await uow.membership.notices.muted(member.id):
            return None
        for address in await uow.club.members.addresses(member.id):
            if await self._may_tell(uow, program, address, kind):
                return address
        return None

    async def listener(self, uow: UnitOfWork, program: Program, address: Address, kind: NoticeKind) -> Member | None:
        """Return who is to be told at `address`, asked once more before it is said; None when it no longer holds."""
        member = await uow.club.members.who(address)
        if member is None or not member.is_active or kind in await uow.membership.notices.muted(member.id):
            return None
        return member if await self._may_tell(uow, program, address, kind) else None

    async def switch(self, uow: UnitOfWork, member: Member, kind: NoticeKind) -> bool:
        """Switch a kind on or off; return whether it is on now."""
        was_muted = kind in await uow.membership.notices.muted(member.id)
        await uow.membership.notices.mute(member.id, kind, is_muted=not was_muted)
        return was_muted

    async def kinds(self, uow: UnitOfWork, member: Member) -> Sequence[tuple[NoticeKind, bool]]:
        """Return every kind, and whether it is on."""
        muted = await uow.membership.notices.muted(member.id)
        return [(kind, kind not in muted) for kind in NoticeKind]

    async def _may_tell(self, uow: UnitOfWork, program: Program, address: Address, kind: NoticeKind) -> bool:
        if not await uow.people.is_reachable(address):
            return False
        if kind not in PROMOTIONAL:
            return True
        document = next((each for each in program.consents if each.id == program.notices.consent), None)
        if document is None:
            return False
        events = await uow.membership.consents.of([address])
        return is_given_on(events, document.id, version=document.version, channel=address.channel)
