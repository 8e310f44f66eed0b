"""Joining: consents given one by one, and a new member with a card."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import ConflictError
from bot.domain.loyalty.card import SERIAL_BOUND, CardNumber, card_number
from bot.domain.loyalty.member import Member, MemberId
from bot.domain.members.consent import ConsentChange, ConsentDocument, ConsentEvent, is_given
from bot.domain.members.profile import ProfileField
from bot.domain.members.terms import ClubTerms
from bot.domain.messages import Address
from bot.services.chance import Chance
from bot.services.club.inviting import present
from bot.services.ports import UnitOfWork

_TRIES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody said to a document: where the words were shown, and by which event the answer came."""

    change: ConsentChange
    by: Address
    language: str
    shown_ref: str
    event_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Who wants to join, and what they told. `phone` is E.164 and confirmed."""

    address: Address
    name: str
    phone: str
    age_confirmed: int


class Joining:
    """Lets people into the club. Never commits."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance

    async def decide(self, uow: UnitOfWork, document: ConsentDocument, decision: Decision) -> None:
        """Write down what somebody said to a document, with the words that they saw."""
        language, text = document.text(decision.language)
        consents = uow.membership.consents
        await consents.keep_text(document.id, document.version, language, text)
        await consents.add(
            ConsentEvent(
                document=document.id,
                version=document.version,
                digest=text.digest,
                language=language,
                change=decision.change,
                by=decision.by,
                shown_ref=decision.shown_ref,
                event_id=uow.membership.witness(decision.event_id),
                at=decision.at,
            )
        )

    async def may_join(self, uow: UnitOfWork, address: Address, terms: ClubTerms) -> bool:
        """Whether everything that has to be agreed to is agreed to as it reads now."""
        events = await uow.membership.consents.of([address])
        return all(is_given(events, document) for document in terms.required)

    async def whose_phone(self, uow: UnitOfWork, phone: str) -> Member | None:
        """Return the member that has `phone` already."""
        member = await uow.membership.profiles.whose(ProfileField.PHONE, phone)
        return None if member is None else await uow.club.members.get(member)

    async def join(self, uow: UnitOfWork, newcomer: Newcomer, terms: ClubTerms, *, now: datetime) -> Member:
        """Make somebody a member; one who left comes back with the card they had.

        Raises:
            ConflictError: no free card was found, or somebody else took the phone meanwhile.
        """
        membership = uow.membership
        member = await uow.club.members.who(newcomer.address)
        if member is None:
            member = await uow.club.members.create(
                await uow.club.ledger.create(),
                card=await self._free_card(uow, terms.card_prefix),
                joined_at=now,
                age_confirmed=newcomer.age_confirmed,
                invited_by=await self._inviter(uow, newcomer.address),
            )
            await uow.club.members.link(newcomer.address, member.id, at=now)
        elif not member.is_active:
            await uow.club.members.leave(member.id, at=None)
        told = {ProfileField.NAME: newcomer.name, ProfileField.PHONE: newcomer.phone}
        await membership.profiles.put(member.id, told)
        await membership.invitations.close(newcomer.address)
        return member

    async def _inviter(self, uow: UnitOfWork, address: Address) -> MemberId | None:
        """Return who brought a newcomer, if they still are in the club."""
        followed = await uow.membership.invitations.inviter(address)
        inviter = await present(uow, followed) if followed is not None else None
        return inviter.id if inviter is not None else None

    async def _free_card(self, uow: UnitOfWork, prefix: str) -> CardNumber:
        for _ in range(_TRIES):
            card = card_number(prefix, self._chance.below(SERIAL_BOUND))
            if await uow.club.members.by_card(card) is None:
                return card
        raise ConflictError("no free card")
