"""Promo codes: points for a code of a campaign."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import PromoCodeError
from bot.domain.loyalty.commands import Earn
from bot.domain.loyalty.entry import Basis, Entry
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Program
from bot.domain.loyalty.promo import PromoCode, normal_code, readings
from bot.domain.replies import Phrase
from bot.services.club.points import Points
from bot.services.club.ports import ClubUnit

MOST_TRIES = 10
"""Wrong codes of a member within one hour of the clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What a code gave; no entry while its points wait for the first purchase."""

    promo: PromoCode
    entry: Entry | None = None


class PromoCodes:
    """Codes and their use. Never commits."""

    def __init__(self, points: Points) -> None:
        self._points = points

    async def add(self, unit: ClubUnit, codes: Sequence[PromoCode]) -> int:
        """Store codes, found later however they are typed; return how many were new."""
        return await unit.club.promo.add([replace(promo, code=normal_code(promo.code)) for promo in codes])

    async def try_code(self, unit: ClubUnit, program: Program, member: Member, *, text: str, now: datetime) -> Applied:
        """Do as `apply` does, but let nobody guess: wrong codes are counted, and after some there is a pause.

        What was counted is only kept where the refusal does not undo the turn.

        Raises:
            PromoCodeError: as `apply`, or there were too many wrong ones within the hour.
        """
        key, hour = f"promo.tries.{member.id}", f"{now:%Y-%m-%dT%H}"
        noted_hour, _, noted = (await unit.bookmarks.read(key) or "").partition(" ")
        tries = int(noted) if noted_hour == hour else 0
        if tries >= MOST_TRIES:
            raise PromoCodeError(Phrase("club-promo-too-many"))
        try:
            return await self.apply(unit, program, member, text=text, now=now)
        except PromoCodeError:
            await unit.bookmarks.write(key, f"{hour} {tries + 1}")
            raise

    async def apply(self, unit: ClubUnit, program: Program, member: Member, *, text: str, now: datetime) -> Applied:
        """Give what the code in `text` gives. Case, spaces and the keyboard layout do not matter.

        Raises:
            PromoCodeError: there is no such code for this member now. Who else used it is not told.
        """
        promo = await unit.club.promo.find(readings(text))
        if promo is None or promo.member not in {None, member.id}:
            raise PromoCodeError(Phrase("club-promo-unknown"))
        await self._check(unit, promo, member, now=now)
        await unit.club.promo.use(promo.code, member.id, at=now, is_waiting=promo.is_first_purchase)
        if promo.is_first_purchase:
            return Applied(promo=promo)
        command = Earn(
            account=member.account,
            key=f"promo:{promo.code}:{member.id}",
            points=promo.points,
            expires_at=program.points_expire.end(now, program.zone) if program.points_expire else None,
            basis=Basis(source=f"promo:{promo.code}", campaign=promo.campaign, inputs={"code": promo.code}),
        )
        return Applied(promo=promo, entry=(await self._points.post(unit, command, now=now)).entry)

    async def _check(self, unit: ClubUnit, promo: PromoCode, member: Member, *, now: datetime) -> None:
        if promo.since is not None and now < promo.since:
            raise PromoCodeError(Phrase("club-promo-early"))
        if promo.until is not None and now >= promo.until:
            raise PromoCodeError(Phrase("club-promo-late"))
        if await unit.club.promo.has_used(promo.code, member.id):
            raise PromoCodeError(Phrase("club-promo-again"))
        if promo.limit is not None and promo.uses >= promo.limit:
            raise PromoCodeError(Phrase("club-promo-gone"))
        if promo.is_first_purchase and await unit.club.purchases.kept(member.id) is not None:
            raise PromoCodeError(Phrase("club-promo-first"))
