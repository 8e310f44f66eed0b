"""Rewards: what points are spent on, the codes they gave, and points back for a code that was not used."""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.errors import RuleViolationError
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Program
from bot.domain.loyalty.voucher import Voucher, VoucherStatus
from bot.domain.replies import Button, Card, Line, Phrase, Reply, Text
from bot.services.club.rewards import Shelf
from bot.skills.club.parts import CLUB, REWARDS, ClubParts, invitation, last_day, member_of

_KEY_LENGTH = 8
_PRICED_KEY = re.compile(r"[0-9a-f]{8}-([0-9a-f]{1,10})", re.ASCII)
_STATES: Mapping[VoucherStatus, str] = {
    VoucherStatus.READY: "rewards-code-issued",
    VoucherStatus.ISSUED: "rewards-code-issued",
    VoucherStatus.USED: "rewards-code-used",
    VoucherStatus.REFUNDED: "rewards-code-refunded",
}


class RewardsSkill:
    """Shows the catalogue, redeems after a confirmation, shows codes again, takes unused ones back."""

    name = "rewards"
    is_urgent = False
    is_personal = True
    commands: Mapping[str, Action] = {"command-rewards": Action("rewards.show")}

    def __init__(self, parts: ClubParts) -> None:
        self._parts = parts

    def matches(self, turn: Turn) -> bool:
        """Only by its command or a button."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Do what was asked; a refusal takes nothing and shows the way back."""
        program, member = self._parts.program(), await member_of(turn)
        if member is None:
            return [invitation(program, turn)]
        verbs = {"ask": self._ask, "redeem": self._redeem, "refund": self._refund, "codes": self._codes}
        perform = verbs.get(turn.action.verb if turn.action else "", self._show)
        return [await perform(turn, program, member)]

    async def _show(self, turn: Turn, program: Program, member: Member) -> Reply:
        shelves = await self._parts.rewards.shelves(turn.uow, program, member, now=turn.now)
        balance = await self._parts.points.balance(turn.uow, member.account, now=turn.now)
        lines = tuple(_shelf_line(shelf, turn.language) for shelf in shelves)
        buttons = [
            (Button(_label(shelf, turn.language), Action("rewards.ask", (shelf.reward.id,))),)
            for shelf in shelves
            if shelf.is_affordable and shelf.is_for_tier
        ]
        if await self._parts.rewards.vouchers(turn.uow, member):
            buttons.append((Button(Phrase("rewards-codes-button"), Action("rewards.codes")),))
        title = Phrase("rewards-title", {"points": balance.available})
        return Reply(text=Card(title=title, lines=lines), buttons=(*buttons, (CLUB,)))

    async def _ask(self, turn: Turn, program: Program, member: Member) -> Reply:
        reward = program.reward(turn.action.argument(0) if turn.action else "")
        if reward is None:
            return Reply(text=Phrase("club-reward-gone"), buttons=((REWARDS,),))
        # the same question redeems once, however often its button is pressed, and for the price that it named
        name = sha256(f"{turn.event.sender.channel}:{turn.event.id}".encode()).hexdigest()[:_KEY_LENGTH]
        key = f"{name}-{reward.cost:x}"
        yes = Button(
            Phrase("rewards-redeem-button", {"points": reward.cost}), Action("rewards.redeem", (reward.id, key))
        )
        no = Button(Phrase("rewards-keep-button"), Action("rewards.show"))
        params: dict[str, str | int] = {"reward": reward.name.read(turn.language), "points": reward.cost}
        return Reply(text=Phrase("rewards-ask", params), buttons=((yes,), (no,)))

    async def _redeem(self, turn: Turn, program: Program, member: Member) -> Reply:
        reward_id, key = (turn.action.argument(0), turn.action.argument(1)) if turn.action else ("", "")
        voucher = await self._parts.rewards.redeem(
            turn.uow, program, member, reward_id=reward_id, key=f"{member.id}:{key}", now=turn.now, agreed=_agreed(key)
        )
        if not voucher.is_valid(turn.now):
            return Reply(text=Phrase("club-voucher-closed"), buttons=((REWARDS,),))
        reward = program.reward(voucher.reward)
        params = {"reward": reward.name.read(turn.language) if reward else voucher.reward, "code": voucher.code}
        lines: list[Line] = [Text(voucher.code)]
        if voucher.expires_at is not None:
            lines.append(Phrase("rewards-until", {"day": last_day(voucher.expires_at, program.zone)}))
        lines.append(Phrase("rewards-kept"))
        return Reply(
            text=Card(title=Phrase("rewards-redeemed", params), lines=tuple(lines)),
            buttons=((REWARDS, CLUB),),
            replaces=True,
        )

    async def _codes(self, turn: Turn, program: Program, member: Member) -> Reply:
        vouchers = await self._parts.rewards.vouchers(turn.uow, member)
        lines = tuple(_voucher_line(voucher, program, turn) for voucher in vouchers)
        buttons = [
            (
                Button(
                    Phrase("rewards-refund-button", {"code": voucher.code, "points": voucher.cost}),
                    Action("rewards.refund", (voucher.code,)),
                ),
            )
            for voucher in vouchers
            if voucher.is_valid(turn.now)
        ]
        return Reply(text=Card(title=Phrase("rewards-codes-title"), lines=lines), buttons=(*buttons, (REWARDS,)))

    async def _refund(self, turn: Turn, program: Program, member: Member) -> Reply:
        code = turn.action.argument(0) if turn.action else ""
        try:
            voucher = await self._parts.rewards.refund(turn.uow, program, member, code=code, now=turn.now)
        except RuleViolationError as refused:
            return Reply(text=refused.phrase, buttons=((REWARDS,),))
        return Reply(text=Phrase("rewards-refunded", {"points": voucher.cost}), buttons=((REWARDS, CLUB),))


def _agreed(key: str) -> int | None:
    """Tell the price that a question named; old ones named none in their buttons."""
    found = _PRICED_KEY.fullmatch(key)
    return int(found[1], 16) if found else None


def _label(shelf: Shelf, language: str) -> Line:
    params: dict[str, str | int] = {"reward": shelf.reward.name.read(language), "points": shelf.reward.cost}
    return Phrase("rewards-reward-button", params)


def _shelf_line(shelf: Shelf, language: str) -> Line:
    key = "rewards-line" if shelf.is_for_tier else "rewards-line-tier"
    return Phrase(key, {"reward": shelf.reward.name.read(language), "points": shelf.reward.cost})


def _voucher_line(voucher: Voucher, program: Program, turn: Turn) -> Line:
    reward = program.reward(voucher.reward)
    name = reward.name.read(turn.language) if reward else voucher.reward
    is_late = voucher.status is VoucherStatus.ISSUED and not voucher.is_valid(turn.now)
    key = "rewards-code-late" if is_late else _STATES[voucher.status]
    return Phrase(key, {"reward": name, "code": voucher.code})
