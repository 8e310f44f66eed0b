"""The composition of the desk: from settings and the brand's hours to what is done with tickets."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.actions import Action
from bot.domain.desk.calendar import WorkCalendar
from bot.domain.desk.terms import DeskTerms
from bot.domain.ids import ChannelName
from bot.domain.messages import Address
from bot.domain.timer import Timer
from bot.knowing import Knowledge
from bot.knowledge.holidays import days_off
from bot.knowledge.pack.learned import lessons_of
from bot.knowledge.pack.taught import teach_answer
from bot.knowledge.search.text.terms import phrase_of, phrasing_of
from bot.pictures.chart import PillowCharts
from bot.services.club.nightly import Digest
from bot.services.desk.carrying import CARRY, Carry
from bot.services.desk.digesting import CHART, DrawWeek
from bot.services.desk.exporting import EXPORT, Export
from bot.services.desk.keeping import RENAME_TOPIC
from bot.services.desk.tickets import Tickets
from bot.services.desk.timing import WorkingTime
from bot.services.desk.topics import OPEN_TOPIC, OpenTopic, RenameTopic
from bot.services.desk.workers import LEADERS
from bot.services.gaps import GapsService
from bot.services.jobs import DoJob
from bot.services.ports import Clock, UnitOfWork, UnitOfWorkFactory
from bot.services.purchases.attached import AttachedPictures
from bot.services.staff import those_who
from bot.settings import DeskSettings, Settings
from bot.skills.desk.parts import Teach
from bot.storage.shelf import FileShelf

MORNING = time(9)
"""No digest comes before, by the brand's clock; where people begin later it waits for them."""
DIGEST = "desk.digest"
"""The action that says how the last day was."""


def make_tickets(settings: Settings, knowledge: Knowledge, *, is_scripted: bool = False) -> Tickets:
    """Connect the desk of a brand. Where it `is_scripted`, nobody writes too much."""
    terms = _terms(settings.desk)
    terms = replace(terms, flood=None) if is_scripted else terms
    return Tickets(terms, WorkingTime(lambda: _calendar(knowledge)))


def _calendar(knowledge: Knowledge) -> WorkCalendar:
    brand = knowledge.answers.brand
    return WorkCalendar(hours=brand.hours, zone=brand.timezone, day_off=days_off(brand.hours.holidays))


def make_digest(settings: Settings, knowledge: Knowledge) -> Digest:
    """Have the rooms of the desk, or where there are none those who lead, told how the day was when the next opens."""
    rooms, timing = _terms(settings.desk).rooms, WorkingTime(lambda: _calendar(knowledge))

    async def plan(uow: UnitOfWork, now: datetime) -> None:
        morning = datetime.combine(now.astimezone(_zone(knowledge)).date(), MORNING, _zone(knowledge))
        if now >= morning:  # work of a night that was missed: yesterday is no news any more
            return
        due_at = timing.after(morning.astimezone(UTC), timedelta())
        for to in rooms or await those_who(uow, LEADERS):
            await uow.timers.set(Timer(key=DIGEST, address=to, due_at=due_at, action=Action(DIGEST)))

    return plan


def make_doers(
    settings: Settings, knowledge: Knowledge, channels: Sequence[object], uow: UnitOfWorkFactory, clock: Clock
) -> Mapping[str, DoJob]:
    """Connect the desk's slow work; files are fetched from those of `channels` that give them out."""
    shelf = FileShelf(settings.files / "desk")
    return {
        CARRY: Carry(source=AttachedPictures(channels), shelf=shelf),
        OPEN_TOPIC: OpenTopic(uow=uow, channels=channels),
        RENAME_TOPIC: RenameTopic(uow=uow, channels=channels),
        EXPORT: Export(uow=uow, shelf=shelf, clock=clock),
        CHART: DrawWeek(
            uow=uow,
            charts=PillowCharts(),
            shelf=shelf,
            clock=clock,
            zone=lambda: _zone(knowledge),
            gaps=GapsService(lambda text: phrase_of(text) or phrasing_of(text) or (text,)),
            lessons=lambda: lessons_of(settings.pack),
        ),
    }


def make_teach(settings: Settings, clock: Clock) -> Teach:
    """Let approved answers go into the pack."""

    def teach(question: str, answer: str, by: str) -> None:
        teach_answer(settings.pack, question, answer, by=by, at=clock.now())

    return teach


def _zone(knowledge: Knowledge) -> ZoneInfo:
    return knowledge.answers.brand.timezone


def _terms(desk: DeskSettings) -> DeskTerms:
    usual = DeskTerms()
    answers_in = {priority: timedelta(minutes=minutes) for priority, minutes in desk.answer_minutes.items()}
    resolves_in = {priority: timedelta(hours=hours) for priority, hours in desk.resolve_hours.items()}
    return DeskTerms(
        rooms=tuple(_room(written) for written in desk.rooms),
        lease=timedelta(minutes=desk.lease_minutes),
        reopens_within=timedelta(hours=desk.reopen_hours),
        only_replies=desk.only_replies,
        answers_in={**usual.answers_in, **answers_in},
        resolves_in={**usual.resolves_in, **resolves_in},
        ends_after=timedelta(hours=desk.quiet_hours),
        asks_score=desk.asks_score,
        flood=desk.flood_per_minute or None,
    )


def _room(written: str) -> Address:
    channel, _, chat = written.partition(":")
    return Address(ChannelName(channel), chat, "")
