"""Reporting: how the desk did."""

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.dialogue.phrases import Translator
from bot.dialogue.staff import HANDOFF, Job, say
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.job import DONE
from bot.domain.job import Job as SlowJob
from bot.domain.messages import AttachmentKind
from bot.domain.replies import Attachment, Card, Line, Phrase, Reply, Text
from bot.services.desk.digesting import CHART
from bot.services.desk.digesting import NAME as WEEK
from bot.services.desk.exporting import EXPORT, NAME
from bot.services.desk.figures import Figures, figures

_DAYS = re.compile(r"\d{1,3}", re.ASCII)
_LONGEST_DAYS = 366
_MINUTE = 60


class Reporting:
    """`/stats`, `/export`."""

    async def stats(self, job: Job) -> Sequence[Reply]:
        """Show the figures of the last days: ``/stats``, ``/stats 30``."""
        days = _days(job, default=1)
        found = await figures(job.turn.uow, since=job.turn.now - timedelta(days=days))
        return [Reply(text=Card(title=Phrase("desk-stats", {"days": days}), lines=shown(found)), answer=HANDOFF)]

    async def export(self, job: Job) -> Sequence[Reply]:
        """Have a table of tickets made, for whoever asks alone: ``/export``, ``/export 90``."""
        days = _days(job, default=30)
        then = Action("desk.exported", (str(days),))
        await job.turn.uow.jobs.add(
            SlowJob(kind=EXPORT, address=job.own, args=(str(days),), then=then), at=job.turn.now
        )
        return say("desk-export-begun")


async def exported(turn: Turn) -> Sequence[Reply]:
    """Send the table that was made."""
    days, how, path = (turn.action.argument(place) for place in range(3)) if turn.action else ("", "", "")
    if how != DONE or not path:
        return [Reply(text=Phrase("desk-export-failed"), answer=HANDOFF)]
    file = Attachment(kind=AttachmentKind.FILE, name=NAME, source=path)
    return [Reply(text=Phrase("desk-exported", {"days": int(days)}), attachments=(file,), answer=HANDOFF)]


async def digest(turn: Turn, translator: Translator) -> Sequence[Reply]:
    """Have the last week drawn; what is said of the last day waits for the picture. Nothing is said of an idle day."""
    found = await figures(turn.uow, since=turn.now - timedelta(days=1))
    if not (found.opened or found.resolved or found.waiting or found.held):
        return []
    calls, answers = (translator.text(Phrase(key), turn.language) for key in ("desk-chart-calls", "desk-chart-answers"))
    then = Action("desk.digest_drawn")
    job = SlowJob(kind=CHART, address=turn.event.sender, args=(calls, answers), then=then)
    await turn.uow.jobs.add(job, at=turn.now)
    return []


async def digest_drawn(turn: Turn) -> Sequence[Reply]:
    """Say it beside the picture; where there is none, in words alone."""
    found = await figures(turn.uow, since=turn.now - timedelta(days=1))
    how, path, *asked = turn.action.args if turn.action is not None and len(turn.action.args) > 1 else ("", "")
    files = (Attachment(kind=AttachmentKind.PHOTO, name=WEEK, source=path),) if how == DONE and path else ()
    gaps: list[Line] = [Phrase("desk-digest-gaps"), *(Text(f"• {text}") for text in asked)] if asked else []
    return [
        Reply(text=Card(title=Phrase("desk-digest"), lines=(*shown(found), *gaps)), attachments=files, answer=HANDOFF)
    ]


def _days(job: Job, *, default: int) -> int:
    match = _DAYS.match(job.order.rest)
    return min(max(int(match[0]), 1), _LONGEST_DAYS) if match is not None else default


def shown(found: Figures) -> tuple[Line, ...]:
    """Put figures into lines."""
    minutes = round(found.first_answers.total_seconds() / _MINUTE) if found.first_answers is not None else None
    lines: list[Line] = [
        Phrase("desk-stats-opened", {"opened": found.opened, "answered": found.answered, "resolved": found.resolved}),
        Phrase("desk-stats-now", {"waiting": found.waiting, "held": found.held}),
    ]
    if minutes is not None:
        lines.append(Phrase("desk-stats-first", {"minutes": minutes}))
    lines.append(Phrase("desk-stats-promises", {"kept": found.promised - found.broken, "promised": found.promised}))
    if found.stars is not None:
        lines.append(Phrase("desk-stats-stars", {"stars": f"{found.stars:.1f}", "count": found.scores}))
    return tuple(lines)
