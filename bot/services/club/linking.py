"""Linking: a code shown in one account, sent from another, confirmed in the first; then both are one member."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import InputError, RuleViolationError
from bot.domain.job import Job
from bot.domain.loyalty.entry import Basis
from bot.domain.loyalty.member import Member, MemberId
from bot.domain.loyalty.program import Program
from bot.domain.loyalty.tiers import Standing, higher
from bot.domain.members.linking import CODE_BOUND, Brought, LinkClaim, link_code, read_link_code
from bot.domain.members.profile import ProfileField
from bot.domain.messages import Address
from bot.domain.replies import Phrase
from bot.services.chance import Chance
from bot.services.club.accruals import Accruals
from bot.services.club.cards import FORGET_CARD
from bot.services.club.points import Points
from bot.services.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A claim that the member is asked to confirm, in every messenger of theirs, with its language."""

    claim: LinkClaim
    to: Sequence[tuple[Address, str]]


class Linking:
    """Never commits."""

    def __init__(self, chance: Chance, points: Points, program: Callable[[], Program]) -> None:
        """`program` is the one in force."""
        self._chance = chance
        self._points = points
        self._program = program
        self._accruals = Accruals(points)

    async def begin(self, uow: UnitOfWork, member: Member, *, now: datetime) -> str:
        """Make a code for `member`; earlier ones are void."""
        code = link_code(self._chance.below(CODE_BOUND))
        await uow.membership.links.begin(member.id, code, at=now)
        return code

    async def claim(self, uow: UnitOfWork, typed: str, *, by: Address, now: datetime) -> Asked:
        """Take a code that somebody sent; the member is to be asked.

        Raises:
            InputError: of the field ``code``: there is no such code, or it is too old, or somebody else's by now.
            RuleViolationError: both sides have confirmed phones, and different ones.
        """
        code = read_link_code(typed) or ""
        claim = await uow.membership.links.claim(code, by) if code else None
        if claim is None or not claim.is_open(now) or claim.by != by:
            raise InputError(Phrase("link-code-unknown"), field="code")
        mine = await uow.club.members.who(by)
        if mine is not None and mine.id == claim.member:
            await uow.membership.links.begin(mine.id, code, at=claim.made_at)  # it still is good where it is meant for
            raise RuleViolationError(Phrase("link-own-code"))
        await self._demand_one_phone(uow, claim, mine)
        to = await uow.club.members.addresses(claim.member)
        conversations = await uow.conversations.load(to, language="")
        return Asked(claim=claim, to=[(address, conversations[address].language) for address in to])

    async def confirm(self, uow: UnitOfWork, claim_id: int, *, by: Address, now: datetime) -> LinkClaim:
        """Let the member who made the code take the other account in, with its points. Locks both accounts of points.

        Returned as it was found, so that a repeat can be told from the first time, with what came along.

        Raises:
            RuleViolationError: it is not theirs to confirm, or too late. Again is no harm.
        """
        claim, other, mine = await self._theirs(uow, claim_id, by)
        if claim.is_linked:
            return claim
        if not claim.is_open(now):
            raise RuleViolationError(Phrase("link-too-late"))
        theirs = await uow.club.members.who(other)
        brought = None
        if theirs is not None and theirs.id != mine.id:
            brought = await self._take_in(uow, mine, theirs, claim, other=other, now=now)
        await uow.club.members.link(other, mine.id, at=now)
        await uow.membership.links.confirm(claim.id, at=now, brought=brought)
        return replace(claim, brought=brought)

    async def refuse(self, uow: UnitOfWork, claim_id: int, *, by: Address, now: datetime) -> LinkClaim:
        """Let nobody in by a claim; one that was confirmed stays, and is returned.

        Raises:
            RuleViolationError: it is not theirs to refuse.
        """
        claim, _, _ = await self._theirs(uow, claim_id, by)
        if claim.is_open(now):
            await uow.membership.links.undo(claim.id, at=now)
        return claim

    async def undo(self, uow: UnitOfWork, claim_id: int, *, by: Address, now: datetime) -> LinkClaim:
        """Let a linked account go again. What it brought goes back with it: what is left of its points, what it had
        registered, what the other had not told of themselves. Locks both accounts of points.

        Raises:
            RuleViolationError: it is not theirs to undo, or too late. Again is no harm.
        """
        claim, other, mine = await self._theirs(uow, claim_id, by)
        if by == other:
            raise RuleViolationError(Phrase("link-not-yours"))
        if claim.undone_at is not None:
            return claim
        if not claim.may_be_undone(now):
            raise RuleViolationError(Phrase("link-too-late"))
        await uow.club.members.unlink(other)
        if claim.brought is not None:
            await self._give_back(uow, mine, claim, claim.brought, now=now)
        await uow.membership.links.undo(claim.id, at=now)
        return claim

    async def _theirs(self, uow: UnitOfWork, claim_id: int, by: Address) -> tuple[LinkClaim, Address, Member]:
        """Return a claim on the member who writes from `by`, the account that made it, and the member."""
        claim = await uow.membership.links.get(claim_id)
        mine = await uow.club.members.who(by)
        if claim is None or mine is None or claim.member != mine.id or claim.by is None:
            raise RuleViolationError(Phrase("link-not-yours"))
        return claim, claim.by, mine

    async def _take_in(
        self, uow: UnitOfWork, mine: Member, theirs: Member, claim: LinkClaim, *, other: Address, now: datetime
    ) -> Brought:
        await self._demand_one_phone(uow, claim, theirs)
        basis = Basis(source=f"link:{claim.id}", reason="one person's accounts were linked")
        await self._points.merge(uow, theirs.account, mine.account, key=f"link:{claim.id}", basis=basis, now=now)
        for address in await uow.club.members.addresses(theirs.id):
            await uow.club.members.link(address, mine.id, at=now)
        known = await uow.membership.profiles.get(mine.id)
        missing = frozenset(field for field in ProfileField if not getattr(known, field))
        moved = await _move_profile(uow, theirs.id, mine.id, missing)
        await uow.membership.profiles.erase(theirs.id)
        await uow.membership.birthdays.erase(theirs.id)
        belongings = await uow.purchases.hand_over(theirs.id, mine.id)
        await uow.club.members.leave(theirs.id, at=now)
        await uow.jobs.add(Job(kind=FORGET_CARD, address=other, args=(theirs.card,)), at=now)
        await self._stand(uow, mine, higher(self._program(), mine.standing, theirs.standing), now=now)
        return Brought(member=theirs.id, fields=moved, belongings=belongings, standing=mine.standing)

    async def _stand(self, uow: UnitOfWork, member: Member, standing: Standing | None, *, now: datetime) -> None:
        """Give a member a tier, or the higher one that their points lead to."""
        if standing is not None and standing != member.standing:
            await uow.club.members.stand(member.id, standing)
        await self._accruals.review_tier(uow, self._program(), replace(member, standing=standing), now=now)

    async def _give_back(
        self, uow: UnitOfWork, mine: Member, claim: LinkClaim, brought: Brought, *, now: datetime
    ) -> None:
        theirs = await uow.club.members.get(brought.member)
        if theirs is None or claim.by is None:
            return
        basis = Basis(source=f"link:{claim.id}", reason="the link of two accounts was undone")
        await self._points.undo_merge(uow, theirs.account, mine.account, key=f"unlink:{claim.id}", basis=basis, now=now)
        await _move_profile(uow, mine.id, theirs.id, brought.fields)
        await uow.purchases.hand_back(mine.id, theirs.id, brought.belongings)
        await uow.club.members.leave(theirs.id, at=None)
        await uow.club.members.link(claim.by, theirs.id, at=now)
        await self._stand(uow, mine, brought.standing or mine.standing, now=now)
        await self._stand(uow, theirs, theirs.standing, now=now)

    async def _demand_one_phone(self, uow: UnitOfWork, claim: LinkClaim, other: Member | None) -> None:
        if other is None:
            return
        theirs = await uow.membership.profiles.get(other.id)
        mine = await uow.membership.profiles.get(claim.member)
        if theirs.phone and mine.phone and theirs.phone != mine.phone:
            raise RuleViolationError(Phrase("link-other-phone"))


async def _move_profile(
    uow: UnitOfWork, source: MemberId, target: MemberId, fields: Collection[ProfileField]
) -> frozenset[ProfileField]:
    """Move what `source` told of `fields`; return which it had."""
    told = await uow.membership.profiles.get(source)
    moved = {field: getattr(told, field) for field in fields if getattr(told, field)}
    await uow.membership.profiles.put(source, dict.fromkeys(moved, ""))
    await uow.membership.profiles.put(target, moved)
    if ProfileField.BIRTHDAY in moved:
        await uow.membership.birthdays.hand_over(source, target)
    return frozenset(moved)
