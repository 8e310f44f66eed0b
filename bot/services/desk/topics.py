"""Topics: in groups that have them each customer gets one; its title shows how their ticket stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from bot.domain.desk.ticket import Ticket, TicketId, TicketState
from bot.domain.errors import RefusedError
from bot.domain.ids import ChannelName
from bot.domain.job import Job
from bot.services.ports import UnitOfWorkFactory

OPEN_TOPIC = "desk.open-topic"
"""The job that opens a topic for a ticket in a room (ticket, channel, chat): its results are ``opened`` and the chat
that it is, ``refused`` where we may not, or nothing in a room without topics."""
OPENED, REFUSED = "opened", "refused"
_MARKS = {
    TicketState.WAITING: "🔴",
    TicketState.REOPENED: "🔴",
    TicketState.CLAIMED: "🟡",
    TicketState.ANSWERING: "🟢",
    TicketState.SNOOZED: "💤",
    TicketState.RESOLVED: "✅",
}
_LONGEST_NAME = 60


class NoTopicsError(Exception):
    """This chat has no topics."""


@runtime_checkable
class Topical(Protocol):
    """A channel whose groups may have topics."""

    @property
    def name(self) -> ChannelName: ...

    async def open_topic(self, chat_id: str, title: str) -> str:
        """Open a topic; return the chat that it is: ``chat/topic``.

        Raises:
            NoTopicsError: the group has none.
            RefusedError: we may not.
            TryLaterError: the platform does not answer now.
        """
        ...

    async def rename_topic(self, chat_id: str, title: str) -> None:
        """Change the title of a topic, ``chat/topic``; one that has it is left as it is.

        Raises:
            RefusedError: it is gone, or we may not.
            TryLaterError: the platform does not answer now.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTopic:
    """Does the job."""

    uow: UnitOfWorkFactory
    channels: Sequence[object]

    async def __call__(self, job: Job) -> Sequence[str]:
        """Return what came of it.

        Raises:
            TryLaterError: the platform does not answer now.
        """
        number, channel, chat = job.args
        topical = _topical(self.channels).get(ChannelName(channel))
        title = await _title(self.uow, int(number))
        if topical is None or title is None:
            return ()
        try:
            return OPENED, await topical.open_topic(chat, title)
        except NoTopicsError:
            return ()
        except RefusedError:
            return (REFUSED,)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameTopic:
    """Does the job."""

    uow: UnitOfWorkFactory
    channels: Sequence[object]

    async def __call__(self, job: Job) -> Sequence[str]:
        """Bring the titles of a ticket's topics up to date.

        Raises:
            TryLaterError: the platform does not answer now.
        """
        title = await _title(self.uow, int(job.args[0]))
        for name, topical in _topical(self.channels).items():
            async with self.uow() as uow:
                topic = await uow.desk.rooms.of(job.address, channel=name)
            if topic is None or title is None:
                continue
            try:
                await topical.rename_topic(topic.chat_id, title)
            except RefusedError:
                continue  # what is sent there next tells
        return ()


def title_of(ticket: Ticket, name: str) -> str:
    """Return the title of a ticket's topic: how it stands, its number, whom it is about."""
    return f"{_MARKS[ticket.state]} №{ticket.id} {name[:_LONGEST_NAME]}".strip()


def _topical(channels: Iterable[object]) -> dict[ChannelName, Topical]:
    return {channel.name: channel for channel in channels if isinstance(channel, Topical)}


async def _title(uow_factory: UnitOfWorkFactory, number: int) -> str | None:
    async with uow_factory() as uow:
        ticket = await uow.desk.tickets.find(TicketId(number))
        return title_of(ticket, await uow.people.name(ticket.customer)) if ticket is not None else None
