"""Pump: takes waiting events to the dialogue, one of each conversation at a time; the batch is the transaction."""

import logging
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import takewhile
from typing import NoReturn, TypeAlias

from bot.dialogue.dialogue import Dialogue
from bot.dialogue.render import Renderer
from bot.dialogue.turn import Outcome, Turn
from bot.domain.conversation import Conversation
from bot.domain.errors import ConflictError, RejectedError, RuleViolationError, StorageError
from bot.domain.ids import TranscriptId
from bot.domain.messages import Address, Attached, Event, Said, StoredEvent, goes_on
from bot.domain.replies import Phrase, QueuedMessage, Reply
from bot.runtime.bell import Bell
from bot.runtime.loops import keep_on
from bot.services.channel import Meter, NoMeter
from bot.services.ports import Clock, HandledTurn, UnitOfWork, UnitOfWorkFactory

logger = logging.getLogger(__name__)

FAILED = "failed"
REFUSED = "refused"
NOBODY = "none"
TRIES = 3
MS = 1000
REST_SECONDS = 2.0
"""How often to look for events that nobody rang for: another process stored them, or a clock jumped."""


Taking: TypeAlias = Callable[
    [Sequence[QueuedMessage], Collection[Address]], AbstractContextManager[Sequence[TranscriptId]]
]
"""Takes messages over while they are committed in its block, at once to people to whom nothing else is queued; gives
those to be noted in the block as about to leave."""


@contextmanager
def leave_queued(_: Sequence[QueuedMessage], __: Collection[Address]) -> Iterator[Sequence[TranscriptId]]:
    """Take nothing: whoever sends reads the queue."""
    yield ()


class Pump:
    """Answers events in batches: one load, as many turns as conversations wait, one commit.

    An exception spoils its own turn only: the person gets an apology, the others their answers. At low load a batch
    is one turn.
    """

    def __init__(
        self,
        *,
        uow: UnitOfWorkFactory,
        dialogue: Dialogue,
        renderer: Renderer,
        clock: Clock,
        batch: int = 128,
        patience: timedelta | None = None,
        meter: Meter | None = None,
        taking: Taking = leave_queued,
    ) -> None:
        """Connect it. `patience` is the longest that a text waits for more lines; None when none waits."""
        self._uow = uow
        self._dialogue = dialogue
        self._renderer = renderer
        self._clock = clock
        self._batch = batch
        self._patience = patience
        self._meter = meter or NoMeter()
        self._taking = taking
        self._has_more = False

    async def run(self, bell: Bell) -> NoReturn:
        """Answer for ever, waking by `bell`. Survives a database that is away."""

        async def step() -> bool:
            await self.work()
            return self._has_more

        await keep_on("pump", step, bell, rest=REST_SECONDS)

    async def work(self) -> int:
        """Answer one batch; return how many turns it had, 0 when nothing waits.

        Raises:
            StorageError: the database does not take part; what was not committed waits as before.
        """
        try:
            return await self._answer_batch(self._batch)
        except (ConflictError, RejectedError):
            logger.warning("batch.divided size=%d", self._batch)
            return await self._answer_one_by_one()

    async def _answer_batch(self, size: int) -> int:
        async with self._opened() as (uow, taken):
            waiting = await self._waiting(size, uow)
            self._has_more = bool(waiting)
            if not waiting:
                return 0
            handled, changed = await self._answer(waiting, uow)
            await uow.conversations.save(changed)
            await self._keep(handled, uow, taken)
        self._has_more = len(waiting) == size or any(stored.is_followed for stored in waiting)
        for turn in handled:
            self._count(turn)
        return len(handled)

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[tuple[UnitOfWork, ExitStack]]:
        """Open a unit of work, and what is left after it: what was taken over is sent when it is safely kept."""
        with ExitStack() as taken:
            async with self._uow() as uow:
                yield uow, taken

    async def _waiting(self, size: int, uow: UnitOfWork) -> Sequence[StoredEvent]:
        if self._patience is None:
            return await uow.transcript.waiting(size)
        return await uow.transcript.waiting(size, now=self._clock.now(), patience=self._patience)

    async def _keep(self, handled: Sequence[HandledTurn], uow: UnitOfWork, taken: ExitStack) -> None:
        """Commit the turns, and hand their messages over."""
        queued = await uow.transcript.record(handled)
        free = {turn.event.event.sender for turn in handled if not turn.event.is_owed}
        leaving = taken.enter_context(self._taking(queued, free))
        await uow.transcript.begin(leaving, at=self._clock.now())
        await uow.commit()

    def _count(self, turn: HandledTurn) -> None:
        channel = turn.event.event.sender.channel
        kind = str(turn.messages[0].answer.kind) if turn.messages else ""
        logger.info(
            "turn.handled channel=%s skill=%s outcome=%s ms=%d", channel, turn.skill, turn.outcome, turn.took_ms
        )
        self._meter.handled(channel, kind=kind, skill=turn.skill, outcome=turn.outcome, took_ms=turn.took_ms)

    async def _answer_one_by_one(self) -> int:
        """Answer as many as a batch has, each in a transaction of its own, so that one cannot hold up the others."""
        answered = 0
        while answered < self._batch and await self._answer_oldest():
            answered += 1
        return answered

    async def _answer_oldest(self) -> int:
        for _ in range(TRIES):
            try:
                return await self._answer_batch(1)
            except ConflictError:
                continue
            except RejectedError:
                break
        return await self._give_up_oldest()

    async def _give_up_oldest(self) -> int:
        """Apologise for the oldest event instead of trying it for ever."""
        async with self._opened() as (uow, taken):
            waiting = await uow.transcript.waiting(1)
            conversations = await self._load(waiting, uow)
            turns = [self._dialogue.open(stored.event, conversations[stored.event.sender], uow) for stored in waiting]
            handled = [self._failed(stored, turn, 0) for stored, turn in zip(waiting, turns, strict=True)]
            await self._keep(handled, uow, taken)
        for stored in waiting:
            logger.error("turn.given_up event=%d", stored.id)
        return len(handled)

    async def _load(self, waiting: Sequence[StoredEvent], uow: UnitOfWork) -> dict[Address, Conversation]:
        addresses = [stored.event.sender for stored in waiting]
        return dict(await uow.conversations.load(addresses, language=self._dialogue.default_language))

    async def _answer(
        self, waiting: Sequence[StoredEvent], uow: UnitOfWork
    ) -> tuple[list[HandledTurn], list[Conversation]]:
        conversations = await self._load(waiting, uow)
        bursts = await self._bursts(waiting, conversations, uow)
        handled, changed = [], []
        for burst in bursts:
            stored = burst[-1]
            turn = self._dialogue.open(joined(burst), conversations[stored.event.sender], uow)
            result = replace(await self._take_turn(stored, turn), merged=tuple(part.id for part in burst[:-1]))
            handled.append(result)
            if result.outcome not in {FAILED, REFUSED}:
                changed.append(turn.conversation)
        return handled, changed

    async def _bursts(
        self, waiting: Sequence[StoredEvent], conversations: Mapping[Address, Conversation], uow: UnitOfWork
    ) -> list[list[StoredEvent]]:
        """Put the lines that somebody sent in a row together, unless each is an answer or a wish of its own."""
        followers = await uow.transcript.following(waiting) if self._patience is not None else {}
        bursts = []
        for stored in waiting:
            conversation = conversations[stored.event.sender]
            candidates = [stored, *followers.get(stored.id, ())]
            bursts.append(list(takewhile(partial(self._belongs, stored, conversation), candidates)) or [stored])
        return bursts

    def _belongs(self, first: StoredEvent, conversation: Conversation, part: StoredEvent) -> bool:
        return goes_on(first.event, part.event) and self._dialogue.may_merge(part.event, conversation)

    async def _take_turn(self, stored: StoredEvent, turn: Turn) -> HandledTurn:
        began = self._clock.ticks()
        try:
            async with turn.uow.turn():
                outcome = await self._dialogue.respond(turn)
                return self._handled(stored, turn, outcome, self._since(began))
        except RuleViolationError as refusal:
            outcome = Outcome(replies=[Reply(text=refusal.phrase)], skill=NOBODY, outcome=REFUSED)
            return self._handled(stored, turn, outcome, self._since(began))
        except Exception as error:  # whatever a skill does wrong, the others' turns and this message are kept
            if isinstance(error, ConflictError | StorageError) and not isinstance(error, RejectedError):
                raise
            logger.exception("turn.failed event=%d", stored.id)
            return self._failed(stored, turn, self._since(began))

    def _failed(self, stored: StoredEvent, turn: Turn, took_ms: int) -> HandledTurn:
        outcome = Outcome(replies=[Reply(text=Phrase("error-turn"))], skill=NOBODY, outcome=FAILED)
        return self._handled(stored, turn, outcome, took_ms)

    def _handled(self, stored: StoredEvent, turn: Turn, outcome: Outcome, took_ms: int) -> HandledTurn:
        return HandledTurn(
            event=stored,
            skill=outcome.skill,
            outcome=outcome.outcome,
            took_ms=took_ms,
            handled_at=turn.now,
            messages=self._renderer.messages(turn, outcome, stored.id),
            is_private=turn.is_private,
        )

    def _since(self, began: float) -> int:
        return round((self._clock.ticks() - began) * MS)


def joined(burst: Sequence[StoredEvent]) -> Event:
    """Make one event of the lines of a burst: the last one, with all that was said."""
    last = burst[-1].event
    match last:
        case Said():
            return replace(last, text=_lines(part.event.text for part in burst if isinstance(part.event, Said)))
        case Attached():
            captions = (part.event.caption for part in burst if isinstance(part.event, Attached))
            return replace(last, caption=_lines(captions))
        case _:
            return last


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)
