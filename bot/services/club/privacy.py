"""Privacy: what people are shown of themselves, what they take back, how they are forgotten."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.desk import moves
from bot.domain.desk.ticket import Ticket
from bot.domain.errors import TryLaterError
from bot.domain.feedback import Feedback
from bot.domain.job import Job
from bot.domain.loyalty.entry import Entry
from bot.domain.loyalty.member import Member, MemberId
from bot.domain.loyalty.voucher import Voucher
from bot.domain.members.consent import ConsentChange, ConsentEvent, standing
from bot.domain.members.erasure import ErasureAct, SaidLine
from bot.domain.members.notices import NoticeKind
from bot.domain.members.profile import Profile
from bot.domain.messages import Address
from bot.domain.purchases.claim import Claim
from bot.domain.purchases.device import Device
from bot.domain.purchases.order import StoredOrder
from bot.services.desk.books import Note
from bot.services.desk.more_books import Score
from bot.services.ports import UnitOfWork

FORGET = "privacy.forget"
"""The job that forgets somebody."""
MY_DATA = "privacy.mydata"
"""The job that writes a file with everything about somebody; its result is the path."""
DROP_MY_DATA = "privacy.drop_mydata"
"""The job that removes such a file, named by its path, `MY_DATA_KEPT` after it was given out."""
MY_DATA_KEPT = timedelta(days=1)
MOST_LINES = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A conversation with people of the brand: the ticket, what they noted, how the customer found it."""

    ticket: Ticket
    notes: Sequence[Note] = ()
    score: Score | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Everything about somebody: who they are to the club, what they told and agreed to, what was said."""

    member: Member | None
    profile: Profile
    addresses: Sequence[Address]
    consents: Sequence[ConsentEvent]
    lines: Sequence[SaidLine]
    receipts: Sequence[Claim] = ()
    orders: Sequence[StoredOrder] = ()
    devices: Sequence[Device] = ()
    entries: Sequence[Entry] = ()
    vouchers: Sequence[Voucher] = ()
    muted: Collection[NoticeKind] = ()
    invitation: str = ""
    feedback: Sequence[Feedback] = ()
    calls: Sequence[Call] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """The event by which somebody demands something, and the platform's reference of the message it is about."""

    event_id: str
    shown_ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Things:
    """How many things of a member are kept."""

    orders: int = 0
    receipts: int = 0
    devices: int = 0
    rewards: int = 0


class Privacy:
    """Never commits."""

    async def dossier(self, uow: UnitOfWork, address: Address, *, lines: int = MOST_LINES) -> Dossier:
        """Gather what is kept of whoever writes from `address`, on all platforms that are linked."""
        membership = uow.membership
        member = await uow.club.members.who(address)
        addresses = await self._addresses(uow, address, member)
        dossier = Dossier(
            member=member,
            profile=await membership.profiles.get(member.id) if member else Profile(),
            addresses=addresses,
            consents=await membership.consents.of(addresses),
            lines=await membership.privacy.said(addresses, limit=lines) if lines else (),
        )
        if not lines:
            return dossier
        dossier = await _with_opinions(uow, dossier)
        return await _with_books(uow, dossier, member, lines) if member is not None else dossier

    async def things(self, uow: UnitOfWork, member: Member) -> Things:
        """Count what a member bought, sent, registered and got."""
        return Things(
            orders=len(await uow.purchases.orders.of(member.id)),
            receipts=len(await uow.purchases.claims.of(member.id, limit=MOST_LINES)),
            devices=len(await uow.purchases.devices.of(member.id)),
            rewards=len(await uow.club.rewards.of(member.id)),
        )

    async def withdraw(self, uow: UnitOfWork, document: str, *, by: Address, demand: Demand, now: datetime) -> bool:
        """Take a consent back on every channel where it was given; False where none was."""
        given = [event for event in await self._given(uow, by) if event.document == document]
        await _take_back(uow, given, demand, now=now)
        return bool(given)

    async def drop_later(self, uow: UnitOfWork, path: str, *, by: Address, now: datetime) -> None:
        """Let a file with everything about somebody lie no longer than it may take to send it."""
        await uow.jobs.add(Job(kind=DROP_MY_DATA, address=by, args=(path,)), at=now + MY_DATA_KEPT)

    async def ask_to_forget(self, uow: UnitOfWork, address: Address, *, demand: Demand, now: datetime) -> None:
        """Take every consent back, and queue the forgetting of whoever writes from `address`.

        It waits until they have heard that it comes.
        """
        await _take_back(uow, await self._given(uow, address), demand, now=now)
        await uow.jobs.add(Job(kind=FORGET, address=address), at=now)

    async def forget(self, uow: UnitOfWork, address: Address, *, operator: str, now: datetime) -> ErasureAct:
        """Forget somebody: the vault, the words, the addresses. Points and purchases stay, and are nobody's.

        Raises:
            TryLaterError: something is still on its way to them.
        """
        membership = uow.membership
        member = await uow.club.members.who(address)
        addresses = await self._addresses(uow, address, member)
        if not await membership.privacy.is_quiet(addresses):
            raise TryLaterError("messages are on their way")
        devices = 0
        if member is not None:
            await membership.profiles.erase(member.id)
            devices = await uow.purchases.devices.forget(member.id)
            await membership.birthdays.erase(member.id)
            if member.is_active:
                await uow.club.members.leave(member.id, at=now)
        for ticket in [await uow.desk.tickets.open_of(each) for each in addresses]:
            if ticket is not None:
                await uow.desk.tickets.keep(moves.resolve(ticket, now=now, reason=""))
        shown = await uow.desk.forget(addresses)
        erased = await membership.privacy.forget(addresses)
        act = ErasureAct(
            subject=_subject(member.id if member else None),
            operator=operator,
            reason="the person's own demand (/forget)",
            erased={**erased, "profile": int(member is not None), "devices": devices, "desk": shown},
            at=now,
        )
        await membership.privacy.add_act(act)
        return act

    async def _given(self, uow: UnitOfWork, by: Address) -> Sequence[ConsentEvent]:
        member = await uow.club.members.who(by)
        events = await uow.membership.consents.of(await self._addresses(uow, by, member))
        return [event for event in standing(events).values() if event.change is ConsentChange.GIVEN]

    async def _addresses(self, uow: UnitOfWork, address: Address, member: Member | None) -> Sequence[Address]:
        linked = await uow.club.members.addresses(member.id) if member else ()
        return list(dict.fromkeys([address, *linked]))


async def _take_back(uow: UnitOfWork, given: Sequence[ConsentEvent], demand: Demand, *, now: datetime) -> None:
    for event in given:
        withdrawn = replace(
            event,
            change=ConsentChange.WITHDRAWN,
            shown_ref=demand.shown_ref,
            event_id=uow.membership.witness(demand.event_id),
            at=now,
        )
        await uow.membership.consents.add(withdrawn)


async def _with_opinions(uow: UnitOfWork, dossier: Dossier) -> Dossier:
    """Add what they thought of us, and what people of the brand noted of them."""
    tickets = [ticket for address in dossier.addresses for ticket in await uow.desk.tickets.of(address)]
    calls = [
        Call(
            ticket=ticket,
            notes=await uow.desk.notes.of(ticket.id),
            score=await uow.desk.scores.of(ticket.id),
        )
        for ticket in tickets
    ]
    given = [each for address in dossier.addresses for each in await uow.feedback.of(address)]
    return replace(dossier, feedback=given, calls=calls)


async def _with_books(uow: UnitOfWork, dossier: Dossier, member: Member, limit: int) -> Dossier:
    """Add what a member bought, got and set."""
    return replace(
        dossier,
        receipts=await uow.purchases.claims.of(member.id, limit=limit),
        orders=await uow.purchases.orders.of(member.id),
        devices=await uow.purchases.devices.of(member.id),
        entries=await uow.club.ledger.history(member.account, before=None, limit=limit),
        vouchers=await uow.club.rewards.of(member.id),
        muted=await uow.membership.notices.muted(member.id),
        invitation=await uow.membership.invitations.code_of(member.id) or "",
    )


def _subject(member: MemberId | None) -> str:
    return f"member {member}" if member is not None else "somebody who was no member"
