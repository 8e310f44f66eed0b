"""Attending: the staff's commands about members: who it is, points by hand, vouchers."""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256

from bot.dialogue.staff import STAFF, Command, Job, say
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.audit import AdjustmentId
from bot.domain.contact_data.phone import masked_phone
from bot.domain.loyalty.card import grouped, masked_card
from bot.domain.loyalty.member import Member, MemberId
from bot.domain.loyalty.voucher import Voucher, VoucherStatus
from bot.domain.members.notices import NoticeKind
from bot.domain.replies import Button, Card, Line, Phrase, Reply
from bot.services.club.attending import APPROVERS, Adjusted, Attending, Seen
from bot.services.club.overview import overview
from bot.services.staff import those_who
from bot.skills.club.parts import TOLD_POINTS, ClubParts, day, number_of, points_by_hand
from bot.skills.club.telling import tell

_KEY_LENGTH = 12
_LONGEST_POINTS = 9
_ADJUST = re.compile(r"(?P<who>[+\d][\d\s()-]*?)\s+(?P<points>[+−-]\s?\d+)\s*(?P<reason>.*)", re.DOTALL)
_BIRTHDAY = re.compile(r"(?P<who>[+\d][\d\s()-]*?)\s+(?P<day>\d{1,2}[./]\d{1,2}(?:[./]\d{4})?)")
_WHY: Mapping[str, Phrase] = {
    "call": Phrase("staff-reveal-call-button"),
    "check": Phrase("staff-reveal-check-button"),
    "delivery": Phrase("staff-reveal-delivery-button"),
}
"""Why somebody may need a member's name and phone; the key goes to the audit log."""


class AttendingCommands:
    """`/member`, `/adjust`, `/vouchers`, and the buttons under them."""

    def __init__(self, parts: ClubParts, attending: Attending) -> None:
        self._parts = parts
        self._attending = attending

    @property
    def table(self) -> Mapping[str, Command]:
        """Every command by its name."""
        return {
            "member": Command("desk-command-member", self.member),
            "reveal": Command("desk-command-reveal", self.reveal),
            "adjust": Command("desk-command-adjust", self.adjust),
            "agree": Command("desk-command-agree", self.agree),
            "decline": Command("desk-command-decline", self.decline),
            "birthday": Command("desk-command-birthday", self.birthday),
            "vouchers": Command("desk-command-vouchers", self.vouchers),
            "use": Command("desk-command-use", self.use),
            "refund": Command("desk-command-refund", self.refund),
        }

    async def member(self, job: Job) -> Sequence[Reply]:
        """Show a member, masked."""
        if not job.order.rest:
            return say("staff-member-how")
        turn = job.turn
        turn.is_private = True
        seen = await self._attending.look(turn.uow, job.order.rest, by=job.own, now=turn.now)
        member, profile = seen.member, seen.profile
        title = Phrase("staff-member", {"card": masked_card(member.card), "initial": profile.name[:1] or "—"})
        lines = [*await self._standing(turn, member), *await self._things(turn, member)]
        if profile.phone:
            lines.append(Phrase("staff-member-phone", {"phone": masked_phone(profile.phone)}))
        buttons = tuple((Button(label, _action("reveal", str(member.id), why)),) for why, label in _WHY.items())
        return [Reply(text=Card(title=title, lines=tuple(lines)), buttons=buttons)]

    async def reveal(self, job: Job) -> Sequence[Reply]:
        """Show name and phone whole, for a reason that a button names."""
        number = number_of(job.order.number)
        if number is None or job.order.rest not in _WHY:
            return say("staff-member-how")
        seen = await self._attending.reveal(
            job.turn.uow, MemberId(number), job.order.rest, by=job.own, now=job.turn.now
        )
        profile = seen.profile
        title = Phrase("staff-revealed", {"name": profile.name or "—", "card": grouped(seen.member.card)})
        lines: list[Line] = [Phrase("staff-revealed-phone", {"phone": profile.phone or "—"})]
        if profile.email:
            lines.append(Phrase("staff-revealed-email", {"email": profile.email}))
        return [Reply(text=Card(title=title, lines=tuple(lines)), is_private=True)]

    async def adjust(self, job: Job) -> Sequence[Reply]:
        """Give or take points: ``/adjust CARD +100 reason``."""
        job.turn.is_private = True
        match = _ADJUST.fullmatch(job.order.rest)
        if match is None or len(match["points"]) > _LONGEST_POINTS:
            return say("staff-adjust-how")
        turn, points = job.turn, int(match["points"].replace("−", "-").replace(" ", ""))
        if points == 0:
            return say("staff-adjust-how")
        adjusted = await self._attending.adjust(
            turn.uow,
            self._parts.program(),
            match["who"],
            points,
            match["reason"],
            by=job.own,
            key=_key(turn),
            now=turn.now,
        )
        if adjusted.waiting is None:
            return [*self._done(adjusted), *await self._tell_member(turn, adjusted)]
        return await self._ask_second(job, adjusted, match["reason"])

    async def agree(self, job: Job) -> Sequence[Reply]:
        """Agree to what a colleague asked for."""
        return await self._decide(job, is_agreed=True)

    async def decline(self, job: Job) -> Sequence[Reply]:
        """Refuse what a colleague asked for."""
        return await self._decide(job, is_agreed=False)

    async def birthday(self, job: Job) -> Sequence[Reply]:
        """Correct a birthday: ``/birthday CARD 07.03``."""
        job.turn.is_private = True
        match = _BIRTHDAY.fullmatch(job.order.rest)
        if match is None:
            return say("staff-birthday-how")
        member = await self._attending.correct_birthday(
            job.turn.uow, self._parts.program(), match["who"], match["day"], by=job.own, now=job.turn.now
        )
        return say("staff-birthday-done", card=masked_card(member.card))

    async def vouchers(self, job: Job) -> Sequence[Reply]:
        """Show a voucher by its code, and what can be done with it."""
        if not job.order.rest:
            return say("staff-voucher-how")
        voucher, seen = await self._attending.voucher(job.turn.uow, job.order.rest, by=job.own, now=job.turn.now)
        buttons = (
            (
                Button(Phrase("staff-use-button"), _action("use", voucher.code)),
                Button(Phrase("staff-refund-button"), _action("refund", voucher.code)),
            ),
        )
        is_valid = voucher.is_valid(job.turn.now)
        return [Reply(text=self._voucher(voucher, seen, job.turn), buttons=buttons if is_valid else ())]

    async def use(self, job: Job) -> Sequence[Reply]:
        """Take a voucher in."""
        code = job.order.number or job.order.rest
        voucher = await self._attending.use(job.turn.uow, code.upper(), by=job.own, now=job.turn.now)
        return say("staff-used", code=voucher.code)

    async def refund(self, job: Job) -> Sequence[Reply]:
        """Take a voucher back, and give its points back."""
        code = job.order.number or job.order.rest
        voucher = await self._attending.refund(job.turn.uow, self._parts.program(), code, by=job.own, now=job.turn.now)
        return say("staff-refunded", code=voucher.code, points=voucher.cost)

    async def _decide(self, job: Job, *, is_agreed: bool) -> Sequence[Reply]:
        number = number_of(job.order.number or job.order.rest)
        if number is None:
            return say("staff-adjust-decided")
        turn = job.turn
        adjusted = await self._attending.decide(
            turn.uow, self._parts.program(), AdjustmentId(number), by=job.own, is_agreed=is_agreed, now=turn.now
        )
        params: dict[str, str | int] = {"points": adjusted.points, "card": masked_card(adjusted.member.card)}
        outcome = Phrase("staff-adjust-agreed" if is_agreed else "staff-adjust-refused", params)
        asker = Reply(text=outcome, to=adjusted.asked_by, language=turn.brand.languages[0])
        if not is_agreed:
            return [*say("staff-adjust-declined"), asker]
        return [*self._done(adjusted), asker, *await self._tell_member(turn, adjusted)]

    async def _ask_second(self, job: Job, adjusted: Adjusted, reason: str) -> Sequence[Reply]:
        params: dict[str, str | int] = {
            "points": adjusted.points,
            "card": masked_card(adjusted.member.card),
            "reason": reason,
        }
        number = str(adjusted.waiting)
        buttons = (
            (
                Button(Phrase("staff-agree-button"), _action("agree", number)),
                Button(Phrase("staff-decline-button"), _action("decline", number)),
            ),
        )
        others = [each for each in await those_who(job.turn.uow, APPROVERS) if each != job.own]
        question = Phrase("staff-adjust-asked", params)
        language = job.turn.brand.languages[0]
        asked = [Reply(text=question, buttons=buttons, to=each, language=language) for each in others]
        return [*say("staff-adjust-waits" if asked else "staff-adjust-nobody"), *asked]

    def _done(self, adjusted: Adjusted) -> Sequence[Reply]:
        return say("staff-adjusted", points=adjusted.points, card=masked_card(adjusted.member.card))

    async def _tell_member(self, turn: Turn, adjusted: Adjusted) -> Sequence[Reply]:
        text, later = points_by_hand(adjusted.points), Action(TOLD_POINTS, (str(adjusted.points),))
        return await tell(turn, self._parts.program(), adjusted.member, NoticeKind.BY_HAND, text=text, later=later)

    async def _standing(self, turn: Turn, member: Member) -> list[Line]:
        program = self._parts.program()
        seen = await overview(turn.uow, program, member, points=self._parts.points, now=turn.now)
        tier = seen.tier.name.read(turn.language) if seen.tier is not None else "—"
        params: dict[str, str | int] = {
            "available": seen.balance.available,
            "pending": seen.balance.pending,
            "debt": seen.balance.debt,
            "tier": tier,
            "since": day(member.joined_at, program.zone),
        }
        return [Phrase("staff-member-standing", params)]

    async def _things(self, turn: Turn, member: Member) -> list[Line]:
        uow = turn.uow
        channels = sorted({str(address.channel) for address in await uow.club.members.addresses(member.id)})
        devices = await uow.purchases.devices.of(member.id)
        claims = await uow.purchases.claims.of(member.id, limit=_CLAIMS)
        params: dict[str, str | int] = {
            "channels": ", ".join(channels) or "—",
            "devices": ", ".join(device.name for device in devices) or "—",
            "receipts": len(claims),
        }
        return [Phrase("staff-member-things", params)]

    def _voucher(self, voucher: Voucher, seen: Seen, turn: Turn) -> Phrase:
        reward = self._parts.program().reward(voucher.reward)
        is_late = voucher.status is VoucherStatus.ISSUED and not voucher.is_valid(turn.now)
        return Phrase(
            "staff-voucher",
            {
                "code": voucher.code,
                "reward": reward.name.read(turn.language) if reward else voucher.reward,
                "card": masked_card(seen.member.card),
                "state": "late" if is_late else str(voucher.status),
            },
        )


_CLAIMS = 100


def _action(name: str, *args: str) -> Action:
    return Action(f"{STAFF}.{name}", args)


def _key(turn: Turn) -> str:
    """Name what one event asks for, so that it is done once however often it is tried."""
    return sha256(f"{turn.event.sender.channel}:{turn.event.id}".encode()).hexdigest()[:_KEY_LENGTH]
