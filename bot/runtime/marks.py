"""Marks: what became of messages, written down in groups while the next ones are on their way."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn, TypeAlias, assert_never

from bot.domain.ids import TranscriptId
from bot.domain.messages import Standing, StandingChanged
from bot.runtime.bell import Bell
from bot.runtime.fate import Failed, Fate, Gone, Sent, Unknown
from bot.runtime.loops import keep_on
from bot.services.ports import Clock, UnitOfWork, UnitOfWorkFactory

_REST = 3600.0


@dataclass(frozen=True, slots=True)
class _Begun:
    """Messages that are about to leave; `done` tells when that is written down."""

    ids: Sequence[TranscriptId]
    done: asyncio.Future[None]


@dataclass(frozen=True, slots=True)
class _Ended:
    """What became of a message; `then` is called when that is written down."""

    fate: Fate
    then: Callable[[], None]


_Note: TypeAlias = _Begun | _Ended


class Marks:
    """Writes notes in the order they came. While the database is away they wait, and with them who asks to begin."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock
        self._bell = Bell()
        self._notes: list[_Note] = []

    @property
    def is_idle(self) -> bool:
        """Whether everything is written down."""
        return not self._notes

    async def begin(self, messages: Sequence[TranscriptId]) -> None:
        """Return when it is written down that `messages` are on their way."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._notes.append(_Begun(messages, done))
        self._bell.ring()
        await done

    def note(self, fate: Fate, then: Callable[[], None]) -> None:
        """Have `fate` written down soon, and call `then`: until then the message still looks as if it waited."""
        self._notes.append(_Ended(fate, then))
        self._bell.ring()

    async def run(self) -> NoReturn:
        """Write for ever."""
        await keep_on("marks", self._write, self._bell, rest=_REST)

    async def _write(self) -> bool:
        notes = list(self._notes)
        if not notes:
            return False
        async with self._uow() as uow:
            await _write_begun(uow, notes, self._clock.now())
            await write_fates(uow, [note.fate for note in notes if isinstance(note, _Ended)], self._clock.now())
            await uow.commit()
        del self._notes[: len(notes)]
        for note in notes:
            _tell(note)
        return True


def _tell(note: _Note) -> None:
    if isinstance(note, _Ended):
        note.then()
    elif not note.done.done():
        note.done.set_result(None)


async def _write_begun(uow: UnitOfWork, notes: Sequence[_Note], now: datetime) -> None:
    await uow.transcript.begin([id_ for note in notes if isinstance(note, _Begun) for id_ in note.ids], at=now)


async def write_fates(uow: UnitOfWork, fates: Sequence[Fate], now: datetime) -> None:
    """Write down what became of messages. Does not commit."""
    await uow.transcript.mark_sent({fate.id: fate.reference for fate in fates if isinstance(fate, Sent)}, at=now)
    for fate in fates:
        match fate:
            case Sent():
                pass
            case Failed():
                await uow.transcript.mark_failed(
                    fate.id, error=fate.error, retry_at=fate.retry_at, is_attempt=fate.is_attempt
                )
            case Unknown():
                await uow.transcript.mark_unknown(fate.id, error=fate.error, retry_at=fate.retry_at)
            case Gone():
                await _write_gone(uow, fate, now)
            case _:
                assert_never(fate)


async def _write_gone(uow: UnitOfWork, gone: Gone, now: datetime) -> None:
    await uow.transcript.mark_unreachable(gone.id, error=gone.error)
    if await uow.people.mark_unreachable(gone.to, reason=gone.error, at=now, unless_after=gone.after):
        await uow.transcript.give_up(gone.to, error=gone.error)
        if not gone.to.user_id or await uow.desk.tickets.open_of(gone.to) is not None:
            await uow.transcript.accept([_put_out(gone, now)])  # the staff has to hear of it


def _put_out(gone: Gone, now: datetime) -> StandingChanged:
    """Tell ourselves that we may not write to a room, or to somebody, any more."""
    is_room = not gone.to.user_id
    return StandingChanged(
        id=f"gone:{gone.id}",
        sender=gone.to,
        at=now,
        is_group=is_room,
        is_addressed=False,
        standing=Standing.REMOVED if is_room else Standing.BLOCKED,
    )
