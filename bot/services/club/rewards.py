"""Rewards: points for vouchers, and back while a voucher is unused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.errors import LimitExceededError, RewardUnavailableError
from bot.domain.loyalty.commands import Burn, ReverseBurn
from bot.domain.loyalty.entry import Basis
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import CodeOrigin, Program, Reward
from bot.domain.loyalty.voucher import Voucher, VoucherStatus
from bot.domain.members.linking import COOLS_FOR
from bot.domain.replies import Phrase
from bot.services.club.membership import MembershipBooks
from bot.services.club.points import Points
from bot.services.club.ports import ClubUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A reward as a member sees it: `left` is None where there is no end to it."""

    reward: Reward
    left: int | None
    is_affordable: bool
    is_for_tier: bool


class RedeemingUnit(ClubUnit, Protocol):
    """What redeeming needs of a unit of work."""

    @property
    def membership(self) -> MembershipBooks: ...


class Rewards:
    """The catalogue and what is taken from it. Never commits. `new_code` gives codes that nobody can guess."""

    def __init__(self, points: Points, *, new_code: Callable[[], str]) -> None:
        self._points = points
        self._new_code = new_code

    async def shelves(self, unit: ClubUnit, program: Program, member: Member, *, now: datetime) -> Sequence[Shelf]:
        """List all rewards that are left, as `member` sees them."""
        balance = await self._points.balance(unit, member.account, now=now)
        taken = await unit.club.rewards.taken()
        is_imported = any(reward.codes is CodeOrigin.IMPORTED for reward in program.rewards)
        codes = await unit.club.rewards.codes_left() if is_imported else {}
        shelves = [
            Shelf(
                reward=reward,
                left=_left(reward, taken=taken.get(reward.id, 0), codes=codes.get(reward.id, 0)),
                is_affordable=reward.cost <= balance.available,
                is_for_tier=_is_for(program, reward, member),
            )
            for reward in program.rewards
        ]
        return [shelf for shelf in shelves if shelf.left != 0]

    async def redeem(
        self,
        unit: RedeemingUnit,
        program: Program,
        member: Member,
        *,
        reward_id: str,
        key: str,
        now: datetime,
        agreed: int | None = None,
    ) -> Voucher:
        """Spend points on a reward; under the same key the same voucher. Of two for the last one, one gets it.

        Call it within a turn: what it took is put back by undoing the turn. `agreed` is the price that was named.

        Raises:
            RewardUnavailableError: it is gone, has another price now, or is not for the tier of the member.
            LimitExceededError: the member took as many as one may in a year, or took another member in just now.
            RuleViolationError: the points do not allow it.
        """
        done = await unit.club.ledger.find(f"redeem:{key}")
        voucher = await unit.club.rewards.by_entry(done.ref) if done is not None else None
        if voucher is not None and voucher.member == member.id and voucher.reward == reward_id:
            return voucher
        reward = program.reward(reward_id)
        if reward is None:
            raise RewardUnavailableError(Phrase("club-reward-gone"))
        if not _is_for(program, reward, member):
            raise RewardUnavailableError(Phrase("club-reward-other-tier"))
        if agreed is not None and agreed != reward.cost:
            raise RewardUnavailableError(Phrase("club-reward-price", {"points": reward.cost}))
        await self._check_cool(unit, program, member, now=now)
        if not await unit.club.rewards.take(reward.id, stock=reward.stock):  # and nobody else counts meanwhile
            raise RewardUnavailableError(Phrase("club-reward-gone"))
        await self._check_limit(unit, program, reward, member, now=now)
        basis = Basis(rule=reward.id, source=f"reward:{reward.id}", inputs={"cost": reward.cost})
        command = Burn(account=member.account, key=f"redeem:{key}", points=reward.cost, basis=basis)
        posted = await self._points.post(unit, command, now=now)
        expires_at = reward.valid.end(now, program.zone) if reward.valid else None
        issued = await unit.club.rewards.issue(
            Voucher(
                id=0,
                reward=reward.id,
                code=self._new_code(),
                status=VoucherStatus.ISSUED,
                member=member.id,
                entry=posted.entry.ref,
                cost=reward.cost,
                issued_at=now,
                expires_at=expires_at,
            ),
            is_imported=reward.codes is CodeOrigin.IMPORTED,
        )
        if issued is None:
            raise RewardUnavailableError(Phrase("club-reward-gone"))
        return issued

    async def refund(self, unit: ClubUnit, program: Program, member: Member, *, code: str, now: datetime) -> Voucher:
        """Take an unused voucher back and give its points back. Its code is worth nothing from then on.

        Raises:
            RewardUnavailableError: it is not theirs, or it is used or refunded.
        """
        voucher = await unit.club.rewards.by_code(code)
        if voucher is None or voucher.member != member.id:
            raise RewardUnavailableError(Phrase("club-voucher-unknown"))
        if not voucher.is_valid(now) or not await unit.club.rewards.close(voucher.id, VoucherStatus.REFUNDED, at=now):
            raise RewardUnavailableError(Phrase("club-voucher-closed"))
        command = ReverseBurn(
            account=member.account,
            key=f"refund:{voucher.entry}",
            reverses=voucher.entry,
            points=voucher.cost,
            expires_at=program.refund_life.end(now, program.zone) if program.points_expire else None,
            basis=Basis(source=f"reward:{voucher.reward}", reason="unused"),
        )
        await self._points.post(unit, command, now=now)
        await unit.club.rewards.give_back(voucher.reward)
        return voucher

    async def use(self, unit: ClubUnit, *, code: str, now: datetime) -> Voucher:
        """Have a shop take a voucher, once.

        Raises:
            RewardUnavailableError: there is no such voucher, or it is used, refunded or too old.
        """
        voucher = await unit.club.rewards.by_code(code)
        if voucher is None:
            raise RewardUnavailableError(Phrase("club-voucher-unknown"))
        if not voucher.is_valid(now) or not await unit.club.rewards.close(voucher.id, VoucherStatus.USED, at=now):
            raise RewardUnavailableError(Phrase("club-voucher-closed"))
        return voucher

    async def vouchers(self, unit: ClubUnit, member: Member) -> Sequence[Voucher]:
        """List the vouchers of a member, latest first."""
        return await unit.club.rewards.of(member.id)

    async def _check_cool(self, unit: RedeemingUnit, program: Program, member: Member, *, now: datetime) -> None:
        merged_at = await unit.membership.links.merged_at(member.id)
        if merged_at is None or now - merged_at >= COOLS_FOR:
            return
        until = merged_at + COOLS_FOR
        when = f"{until.astimezone(program.zone):%d.%m %H:%M}"
        raise LimitExceededError(Phrase("club-reward-cooling", {"when": when}), rule="link", resets_at=until)

    async def _check_limit(
        self, unit: ClubUnit, program: Program, reward: Reward, member: Member, *, now: datetime
    ) -> None:
        if reward.limit_per_year is None:
            return
        year = now.astimezone(program.zone).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
        if await unit.club.rewards.count(member.id, reward.id, since=year) >= reward.limit_per_year:
            phrase = Phrase("club-reward-limit", {"limit": reward.limit_per_year})
            raise LimitExceededError(phrase, rule=reward.id, resets_at=year.replace(year=year.year + 1))


def _left(reward: Reward, *, taken: int, codes: int) -> int | None:
    """Tell how many can be had: as many as are in stock, and as there are codes where these are imported."""
    limits = [] if reward.stock is None else [max(reward.stock - taken, 0)]
    limits += [codes] if reward.codes is CodeOrigin.IMPORTED else []
    return min(limits, default=None)


def _is_for(program: Program, reward: Reward, member: Member) -> bool:
    order = [tier.id for tier in program.tiers]
    if reward.tier not in order:
        return True
    reached = member.standing.tier if member.standing else ""
    return reached in order and order.index(reached) >= order.index(reward.tier)
