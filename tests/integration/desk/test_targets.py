"""How fast people are to answer is set by priority; what is not named stays as usual."""

from datetime import timedelta

from bot.desk import make_tickets
from bot.domain.desk.terms import DeskTerms
from bot.domain.desk.ticket import Priority
from bot.knowing import open_knowledge
from bot.settings import DeskSettings, Settings


def test_targets_are_set_by_priority() -> None:
    settings = Settings(desk=DeskSettings(answer_minutes={Priority.HIGH: 5}, resolve_hours={Priority.NORMAL: 20}))
    terms, usual = make_tickets(settings, open_knowledge(settings)).terms, DeskTerms()
    assert terms.answers_in == {**usual.answers_in, Priority.HIGH: timedelta(minutes=5)}
    assert terms.resolves_in == {**usual.resolves_in, Priority.NORMAL: timedelta(hours=20)}
