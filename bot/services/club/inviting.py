"""Inviting: a code for each member; who follows it and joins has been brought by them."""

from datetime import datetime

from bot.domain.errors import ConflictError, InputError, RuleViolationError
from bot.domain.loyalty.member import Member, MemberId
from bot.domain.members.linking import CODE_BOUND, link_code, read_link_code
from bot.domain.messages import Address
from bot.domain.replies import Phrase
from bot.services.chance import Chance
from bot.services.ports import UnitOfWork

_TRIES = 8


class Inviting:
    """Never commits."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance

    async def code(self, uow: UnitOfWork, member: Member) -> str:
        """Return the code by which a member invites, made at the first time. It stays the same.

        Raises:
            ConflictError: no free code was found, or the member got one meanwhile.
        """
        invitations = uow.membership.invitations
        code = await invitations.code_of(member.id)
        if code is not None:
            return code
        for _ in range(_TRIES):
            code = link_code(self._chance.below(CODE_BOUND))
            if await invitations.whose(code) is None:
                await invitations.keep(member.id, code)
                return code
        raise ConflictError("no free code")

    async def follow(self, uow: UnitOfWork, typed: str, *, by: Address, now: datetime) -> Member:
        """Remember whose invitation somebody followed, in the place of an earlier one; return who invites.

        Raises:
            InputError: of the field ``code``: nobody in the club invites by it.
            RuleViolationError: it is their own, or they are in the club.
        """
        code = read_link_code(typed)
        inviter = await uow.membership.invitations.whose(code) if code else None
        found = await present(uow, inviter) if inviter is not None else None
        mine = await uow.club.members.who(by)
        if mine is not None and found is not None and found.id == mine.id:
            raise RuleViolationError(Phrase("invite-own"))
        if mine is not None:
            raise RuleViolationError(Phrase("invite-already-in" if mine.is_active else "invite-was-in"))
        if found is None:
            raise InputError(Phrase("invite-unknown"), field="code")
        await uow.membership.invitations.follow(by, found.id, at=now)
        return found


async def present(uow: UnitOfWork, member_id: MemberId) -> Member | None:
    """Return a member, or whom they became when accounts were linked; None for who left."""
    member = await uow.club.members.get(member_id)
    if member is None or member.is_active:
        return member
    account = await uow.club.ledger.account(member.account)
    while account is not None and account.merged_into is not None:
        account = await uow.club.ledger.account(account.merged_into)
    if account is None or account.id == member.account:
        return None
    heir = (await uow.club.members.by_accounts([account.id])).get(account.id)
    return heir if heir is not None and heir.is_active else None
