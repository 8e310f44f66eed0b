"""Reporting: how the desk did."""

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.dialogue.staff import HANDOFF, Job
from bot.domain.replies import Card, Line, Phrase, Reply
from bot.services.desk.figures import Figures, figures

_DAYS = re.compile(r"\d{1,3}", re.ASCII)
_LONGEST_DAYS = 366
_MINUTE = 60


class Reporting:
    """`/stats`."""

    async def stats(self, job: Job) -> Sequence[Reply]:
        """Show the figures of the last days: ``/stats``, ``/stats 30``."""
        match = _DAYS.match(job.order.rest)
        days = min(max(int(match[0]), 1), _LONGEST_DAYS) if match is not None else 1
        found = await figures(job.turn.uow, since=job.turn.now - timedelta(days=days))
        return [Reply(text=Card(title=Phrase("desk-stats", {"days": days}), lines=shown(found)), answer=HANDOFF)]


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
