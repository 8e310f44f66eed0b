"""Conversations as rows."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, select, tuple_

from bot.domain.conversation import Conversation, FlowState, LanguageOrigin
from bot.domain.messages import Address
from bot.storage.codec import storable
from bot.storage.contacts import Contacts
from bot.storage.desk.tables import desk_blocks, is_open, tickets
from bot.storage.purchases.tables import staff
from bot.storage.remembered_codec import read_remembered, write_remembered
from bot.storage.statements import insert_or_update
from bot.storage.tables import contacts, conversations
from bot.storage.transaction import Transaction

_CHANGING = ("language", "language_origin", "flow", "remembered")
_account = contacts.alias("account")
# asked once, not for each conversation: the staff are few, and an account's contacts many
_accounts_of_staff = (
    select(_account.c.channel, _account.c.user_id)
    .select_from(staff)
    .join(_account, _account.c.id == staff.c.contact_id)
)
LOAD = (
    select(
        contacts.c.id.label("contact_id"),
        *(conversations.c[name] for name in _CHANGING),
        exists().where(tickets.c.customer_id == contacts.c.id, is_open(tickets)).label("has_ticket"),
        tuple_(contacts.c.channel, contacts.c.user_id).in_(_accounts_of_staff).label("is_staff"),
        exists().where(desk_blocks.c.contact_id == contacts.c.id).label("is_blocked"),
    )
    .outerjoin(conversations, conversations.c.contact_id == contacts.c.id)
    .where(contacts.c.id.in_(bindparam("contacts", expanding=True)))
)
_SAVE = insert_or_update(conversations, unique=("contact_id",), update=_CHANGING)


class SqlConversations:
    """`Conversations` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def load(self, addresses: Sequence[Address], *, language: str) -> Mapping[Address, Conversation]:
        """Return a conversation for each address, a new one where there is none yet.

        What this version of the code cannot read is dropped.
        """
        await self._contacts.find(addresses)
        known = self._contacts.known
        wanted = {known[address] for address in addresses if address in known}
        rows = await self._transaction.fetch(LOAD, {"contacts": list(wanted)}) if wanted else []
        stored = {row.contact_id: row for row in rows}
        loaded: dict[Address, Conversation] = {}
        for address in addresses:
            row = stored.get(known.get(address))
            loaded[address] = _read(address, row) if row is not None else Conversation(address=address, language="")
            loaded[address].language = loaded[address].language or language
        return loaded

    async def save(self, conversations: Sequence[Conversation]) -> None:
        """Store them all, in bulk."""
        await self._contacts.ensure(conversation.address for conversation in conversations)
        await self._transaction.write(
            _SAVE,
            [
                {
                    "contact_id": self._contacts.known[conversation.address],
                    "language": storable(conversation.language),
                    "language_origin": conversation.language_origin,
                    "flow": _write_flow(conversation.flow),
                    "remembered": write_remembered(conversation.remembered),
                }
                for conversation in conversations
            ],
        )


def _read(address: Address, row: Any) -> Conversation:
    """Read a row; where a contact never had a conversation, it is a new one without a language."""
    hints = {"has_ticket": row.has_ticket, "is_staff": row.is_staff, "is_blocked": row.is_blocked}
    if row.language is None:
        return Conversation(address=address, language="", **hints)
    return Conversation(
        address=address,
        language=row.language,
        language_origin=LanguageOrigin(row.language_origin),
        flow=_read_flow(row.flow),
        remembered=read_remembered(row.remembered),
        **hints,
    )


def _write_flow(flow: FlowState | None) -> str | None:
    if flow is None:
        return None
    return json.dumps(
        {
            "flow": flow.flow,
            "step": flow.step,
            "opened_by": flow.opened_by,
            "touched_at": flow.touched_at.isoformat(),
            "answers": dict(flow.answers),
            "failures": flow.failures,
            "aside": flow.aside,
            "wording": flow.wording,
            "shown_by": flow.shown_by,
        }
    )


def _read_flow(written: str | None) -> FlowState | None:
    if written is None:
        return None
    try:
        state = json.loads(written)
        return FlowState(
            flow=state["flow"],
            step=state["step"],
            opened_by=state["opened_by"],
            touched_at=datetime.fromisoformat(state["touched_at"]),
            answers=dict(state["answers"]),
            failures=int(state["failures"]),
            aside=state["aside"],
            wording=state.get("wording", ""),
            shown_by=state.get("shown_by", ""),
        )
    except (ValueError, KeyError, TypeError):
        return None
