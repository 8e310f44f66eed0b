"""Pump: takes waiting events to the dialogue, one of each conversation at a time; the batch is the transaction."""

import logging
from collections.abc import Sequence

from bot.dialogue.dialogue import FAILED, Dialogue
from bot.dialogue.render import Renderer
from bot.dialogue.turn import Outcome, Turn
from bot.domain.conversation import Conversation
from bot.domain.errors import ConflictError, StorageError
from bot.domain.messages import StoredEvent
from bot.domain.replies import Phrase, Reply
from bot.services.ports import Clock, HandledTurn, UnitOfWork, UnitOfWorkFactory

logger = logging.getLogger(__name__)

MS = 1000


class Pump:
    """Answers events in batches: one load, as many turns as conversations wait, one commit.

    An exception spoils its own turn only. At low load a batch is one turn.
    """

    def __init__(
        self, *, uow: UnitOfWorkFactory, dialogue: Dialogue, renderer: Renderer, clock: Clock, batch: int = 128
    ) -> None:
        self._uow = uow
        self._dialogue = dialogue
        self._renderer = renderer
        self._clock = clock
        self._batch = batch

    async def work(self) -> int:
        """Answer one batch; return how many turns it had, 0 when nothing waits.

        Raises:
            StorageError: nothing of the batch was kept; it waits as before.
        """
        async with self._uow() as uow:
            waiting = await uow.transcript.waiting(self._batch)
            if not waiting:
                return 0
            handled, changed = await self._answer(waiting, uow)
            await uow.conversations.save(changed)
            await uow.transcript.record(handled)
            await uow.commit()
        for turn in handled:
            logger.info("turn.handled skill=%s outcome=%s ms=%d", turn.skill, turn.outcome, turn.took_ms)
        return len(handled)

    async def _answer(
        self, waiting: Sequence[StoredEvent], uow: UnitOfWork
    ) -> tuple[list[HandledTurn], list[Conversation]]:
        addresses = [stored.event.sender for stored in waiting]
        conversations = await uow.conversations.load(addresses, language=self._dialogue.default_language)
        handled, changed = [], []
        for stored in waiting:
            turn = self._dialogue.open(stored.event, conversations[stored.event.sender], uow)
            result = await self._turn(stored, turn)
            handled.append(result)
            if result.outcome != FAILED:
                changed.append(turn.conversation)
        return handled, changed

    async def _turn(self, stored: StoredEvent, turn: Turn) -> HandledTurn:
        began = self._clock.ticks()
        try:
            async with turn.uow.turn():
                outcome = await self._dialogue.respond(turn)
                messages = self._renderer.messages(turn, outcome, stored.id)
        except (StorageError, ConflictError):
            raise
        except Exception:  # whatever a skill does wrong, the others' turns and this person's message are kept
            logger.exception("turn.failed event=%d", stored.id)
            outcome = Outcome(replies=[Reply(text=Phrase("error-turn"))], skill="none", outcome=FAILED)
            messages = self._renderer.messages(turn, outcome, stored.id)
        return HandledTurn(
            event=stored,
            skill=outcome.skill,
            outcome=outcome.outcome,
            took_ms=round((self._clock.ticks() - began) * MS),
            handled_at=turn.now,
            messages=messages,
        )
