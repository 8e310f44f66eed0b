"""Questions of the transcript with their answers and ratings, for reports."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Integer, and_, bindparam, or_, select

from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.logged import LoggedQuestion
from bot.domain.messages import Address
from bot.storage.codec import Content, UnreadableRowError
from bot.storage.columns import RowId
from bot.storage.event_codec import Origin, decode_event
from bot.storage.tables import ratings, transcript
from bot.storage.transaction import Transaction

MERGED = "merged"
QUESTIONS = (
    select(
        transcript.c.id,
        transcript.c.contact_id,
        transcript.c.channel,
        transcript.c.update_id,
        transcript.c.kind,
        transcript.c.outcome,
        transcript.c.occurred_at,
        transcript.c.text,
        transcript.c.body,
    )
    .where(
        transcript.c.id > bindparam("after", type_=RowId),
        transcript.c.direction == "in",
        transcript.c.status == "handled",
        or_(
            transcript.c.skill == "ask",
            and_(transcript.c.skill == "help", transcript.c.outcome == "unknown"),
        ),
    )
    .order_by(transcript.c.id)
    .limit(bindparam("limit", type_=Integer))
)
ANSWERS = (
    select(
        transcript.c.answers_id,
        transcript.c.kind,
        transcript.c.confidence,
        transcript.c.sources,
    )
    .where(transcript.c.answers_id.in_(bindparam("asked", expanding=True)))
    .order_by(transcript.c.answers_id, transcript.c.number)
)
DISLIKED = (
    select(ratings.c.answers_id)
    .where(ratings.c.answers_id.in_(bindparam("asked", expanding=True)), ratings.c.thumb == "down")
    .distinct()
)


class Questions:
    """Reads them in the order of the log. A row that cannot be read is left out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def read(self, *, after: int, limit: int) -> Sequence[LoggedQuestion]:
        """Return what was looked up for people in rows behind `after`; empty at the end only."""
        while rows := await self._transaction.fetch(QUESTIONS, {"after": after, "limit": limit}):
            found = await self._with_answers(rows)
            if found:
                return found
            after = rows[-1].id
        return []

    async def _with_answers(self, rows: Sequence[Any]) -> Sequence[LoggedQuestion]:
        asked = {"asked": [row.id for row in rows]}
        answers = _by_question(await self._transaction.fetch(ANSWERS, asked))
        disliked = {row.answers_id for row in await self._transaction.fetch(DISLIKED, asked)}
        read = (_read(row, answers.get(row.id, ()), is_disliked=row.id in disliked) for row in rows)
        return [question for question in read if question is not None]


def _by_question(rows: Sequence[Any]) -> Mapping[int, Sequence[AnswerMeta]]:
    answers: defaultdict[int, list[AnswerMeta]] = defaultdict(list)
    for row in rows:
        sources = tuple(json.loads(row.sources)) if row.sources else ()
        if row.kind in set(AnswerKind):
            meta = AnswerMeta(kind=AnswerKind(row.kind), confidence=row.confidence, sources=sources)
            answers[row.answers_id].append(meta)
    return answers


def _read(row: Any, answers: Sequence[AnswerMeta], *, is_disliked: bool) -> LoggedQuestion | None:
    pseudonym = str(row.contact_id)
    sender = Address(ChannelName(row.channel), pseudonym, pseudonym)
    try:
        event = decode_event(
            Origin(row.update_id, sender, row.occurred_at, None), Content(row.kind, row.text, row.body)
        )
    except UnreadableRowError:
        return None
    return LoggedQuestion(
        id=TranscriptId(row.id),
        event=event,
        answers=tuple(answers),
        is_merged=row.outcome == MERGED,
        is_disliked=is_disliked,
    )
