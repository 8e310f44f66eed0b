"""Events, turns and messages that the suite is about, with what does not matter filled in."""

from datetime import UTC, datetime, timedelta

from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.ids import ChannelName
from bot.domain.loyalty.card import CardNumber
from bot.domain.loyalty.member import Member
from bot.domain.messages import Address, Event, Said, StoredEvent
from bot.domain.replies import OutgoingMessage
from bot.services.ports import HandledTurn, UnitOfWork, UnitOfWorkFactory

CONSOLE = ChannelName("console")
NOON = datetime(2026, 5, 4, 12, 0, 0, 123456, tzinfo=UTC)
ANN = Address(CONSOLE, "c1", "ann")
BOB = Address(CONSOLE, "c2", "bob")
DESK = Address(ChannelName("telegram"), "-100", "")


def said(id_: str, sender: Address = ANN, *, text: str = "hello", name: str | None = None) -> Said:
    """Somebody says something."""
    return Said(id=id_, sender=sender, at=NOON, text=text, name=name)


def message(event: StoredEvent, number: int = 0, *, to: Address | None = None, text: str = "hi") -> OutgoingMessage:
    """Answer an event."""
    meta = AnswerMeta(kind=AnswerKind.FAQ, confidence=0.93, sources=("faq:delivery", "offer:12"))
    return OutgoingMessage(
        to=to or event.event.sender, answers=event.id, number=number, text=f"{text} {number}", answer=meta
    )


def handled(event: StoredEvent, *messages: OutgoingMessage, outcome: str = "answered") -> HandledTurn:
    """Finish the turn of an event."""
    return HandledTurn(
        event=event,
        skill="questions",
        outcome=outcome,
        took_ms=3,
        handled_at=NOON + timedelta(seconds=1),
        messages=messages,
    )


async def accept(open_uow: UnitOfWorkFactory, *events: Event) -> list[bool]:
    """Store events, in a unit of work of their own."""
    async with open_uow() as uow:
        accepted = list(await uow.transcript.accept(events))
        await uow.commit()
    return accepted


async def waiting_ids(open_uow: UnitOfWorkFactory, limit: int = 64) -> list[str]:
    """Ask a fresh unit of work which events wait."""
    async with open_uow() as uow:
        return [stored.event.id for stored in await uow.transcript.waiting(limit)]


async def answer_all(open_uow: UnitOfWorkFactory, replies: int = 1) -> None:
    """Take the turn of each waiting conversation once, with so many messages."""
    async with open_uow() as uow:
        events = await uow.transcript.waiting(1000)
        turns = [handled(event, *(message(event, number) for number in range(replies))) for event in events]
        await uow.transcript.record(turns)
        await uow.commit()


async def unsent_texts(
    open_uow: UnitOfWorkFactory, *, now: datetime = NOON, limit: int = 64, channel: ChannelName = CONSOLE
) -> list[tuple[str, str]]:
    """Ask a fresh unit of work for what waits to be sent: chat and text."""
    async with open_uow() as uow:
        queued = await uow.transcript.unsent([channel], now=now, limit=limit)
    return [(item.message.to.chat_id, item.message.text) for item in queued]


async def counts(open_uow: UnitOfWorkFactory) -> dict[str, int]:
    """Ask a fresh unit of work for the counts."""
    async with open_uow() as uow:
        return dict(await uow.transcript.count_by_status())


async def enrol(uow: UnitOfWork, address: Address, *, card: CardNumber) -> Member:
    """Make somebody a member, in the given unit of work."""
    account = await uow.club.ledger.create()
    member = await uow.club.members.create(account, card=card, joined_at=NOON, age_confirmed=18)
    await uow.club.members.link(address, member.id, at=NOON)
    return member
