"""Forgetting: what the desk has of a customer, and what was shown of them to the staff, is blanked; the counts stay."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, or_, select, update

from bot.domain.messages import Address
from bot.storage.contacts import Contacts
from bot.storage.desk.tables import (
    desk_blocks,
    desk_rooms,
    desk_scores,
    proposed_answers,
    relays,
    ticket_notes,
    tickets,
)
from bot.storage.purchases.tables import staff
from bot.storage.tables import contacts, transcript
from bot.storage.transaction import Transaction

_OF: BindParameter[Any] = bindparam("contacts", expanding=True)
_theirs = select(tickets.c.id).where(tickets.c.customer_id.in_(_OF))
_TICKETS = update(tickets).where(tickets.c.customer_id.in_(_OF)).values(topic="", tags="[]", reason="")
_NOTES = update(ticket_notes).where(ticket_notes.c.ticket_id.in_(_theirs)).values(text="")
_SCORES = update(desk_scores).where(desk_scores.c.ticket_id.in_(_theirs)).values(comment="")
_PROPOSED = update(proposed_answers).where(proposed_answers.c.ticket_id.in_(_theirs)).values(question="", answer="")
_ROOMS = delete(desk_rooms).where(desk_rooms.c.customer_id.in_(_OF))
_BLOCKS = delete(desk_blocks).where(desk_blocks.c.contact_id.in_(_OF))
_NUMBERS = select(tickets.c.id).where(tickets.c.customer_id.in_(_OF))
_said = transcript.alias("said")
_theirs_said = select(_said.c.id).where(_said.c.contact_id.in_(_OF), _said.c.direction == "in")
_passed_on = select(relays.c.event_id).where(relays.c.target_id.in_(_OF))
_COPIES = (
    update(transcript)
    .where(
        or_(
            transcript.c.answers_id.in_(_theirs_said),
            transcript.c.id.in_(_passed_on),
            transcript.c.answers_id.in_(_passed_on),
        )
    )
    .values(text="", body="{}")
    .returning(transcript.c.id)
)
_of_staff = select(contacts.c.id).where(or_(contacts.c.user_id == "", contacts.c.id.in_(select(staff.c.contact_id))))
_CARDS = (
    update(transcript)
    .where(
        transcript.c.contact_id.in_(_of_staff),
        transcript.c.direction == "out",
        or_(
            transcript.c.text.like(bindparam("ru")),
            transcript.c.text.like(bindparam("en")),
        ),
    )
    .values(text="", body="{}")
    .returning(transcript.c.id)
)
"""What was shown to the staff under the number of a ticket; of one that begins alike, too much rather
than too little."""


async def forget_customers(transaction: Transaction, known: Contacts, customers: Sequence[Address]) -> int:
    """Blank it; return how many lines were."""
    await transaction.touch()
    await known.find(customers)
    ids = [known.known[address] for address in customers if address in known.known]
    if not ids:
        return 0
    values = {"contacts": ids}
    numbers = [row.id for row in await transaction.fetch(_NUMBERS, values)]
    blanked = {row.id for row in await transaction.fetch(_COPIES, values)}
    for number in numbers:
        shown = {"ru": f"%№{number}%", "en": f"%#{number}%"}
        blanked |= {row.id for row in await transaction.fetch(_CARDS, shown)}
    for statement in (_TICKETS, _NOTES, _SCORES, _PROPOSED, _ROOMS, _BLOCKS):
        await transaction.write(statement, values)
    return len(blanked)
