"""Composition root: from settings to a running app; the only file that knows all others."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

from bot.dialogue.phrases import Translator
from bot.dialogue.render import Renderer
from bot.domain.ids import ChannelName, TranscriptId
from bot.knowing import Knowledge, open_knowledge
from bot.runtime.bell import Bell
from bot.runtime.courier import Courier
from bot.runtime.inbox import Inbox
from bot.runtime.jobs import Jobs
from bot.runtime.lifecycle import Work
from bot.runtime.nightly import NightlyWork, NightShift
from bot.runtime.pump import Pump
from bot.runtime.scheduler import Scheduler
from bot.runtime.typist import Typist
from bot.services.channel import Channel, Meter
from bot.services.club.privacy import FORGET
from bot.services.desk.tickets import Tickets
from bot.services.jobs import DoJob
from bot.services.ports import Answers, Clock, UnitOfWorkFactory
from bot.settings import Settings
from bot.skills.club.care import CareParts
from bot.skills.club.phone import JoiningParts
from bot.skills.desk.parts import Teach
from bot.skillset import make_dialogue

MOST_LOOKED_AT = 5_000
PATIENCE = 4
"""Windows that somebody who goes on typing is waited for at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """A core. Nothing runs by itself: whoever holds it lets it work, step by step or by its `workers`."""

    uow: UnitOfWorkFactory
    inbox: Inbox
    pump: Pump
    courier: Courier
    scheduler: Scheduler
    jobs: Jobs
    typist: Typist
    bell: Bell
    clock: Clock
    night: NightShift | None = None

    def workers(self) -> Sequence[Work]:
        """What must run for the app to work by itself."""
        return (
            partial(self.pump.run, self.bell),
            self.courier.run,
            partial(self.scheduler.run, on_woken=self.bell.ring),
            partial(self.jobs.run, on_done=self.bell.ring),
            self.typist.run,
            *((self.night.run,) if self.night is not None else ()),
        )

    async def settle(self) -> None:
        """Answer everything that waits."""
        while await self.pump.work():
            pass

    async def finish_job(self) -> str | None:
        """Do one job and answer what comes of it; return the id of the event that tells so, None when none waits."""
        done = await self.jobs.work()
        if done is None:
            return None
        await self.settle()
        return done.event_id

    async def next_due_at(self) -> datetime | None:
        """Tell when something happens by itself: a timer, or the nightly work; None when nothing will."""
        timer = await self.scheduler.next_due_at()
        night = await self.night.next_due_at() if self.night is not None else None
        return min((at for at in (timer, night) if at is not None), default=None)

    async def wake(self) -> bool:
        """Do all that is due by itself now, and answer what comes of it; False when nothing could be done."""
        has_worked = False
        while self.night is not None and await self.night.do():
            has_worked = True
        while await self.scheduler.wake():
            has_worked = True
        await self.settle()
        return has_worked

    async def deliver(self, *, answers: TranscriptId | None = None) -> None:
        """Send what is queued: everything, or what answers one event."""
        while await self.courier.deliver(answers=answers):
            pass

    async def owed(self, channel: ChannelName) -> Mapping[TranscriptId, str]:
        """Tell which events have answers that were not sent yet, with the chat of each; at most some thousands."""
        async with self.uow() as uow:
            queued = await uow.transcript.unsent([channel], now=self.clock.now(), limit=MOST_LOOKED_AT)
        return {item.message.answers: item.message.to.chat_id for item in queued}

    async def event_id(self, event: TranscriptId) -> str | None:
        """Tell by which id its channel knows an event."""
        async with self.uow() as uow:
            return await uow.transcript.event_id(event)

    async def find(self, channel: ChannelName, event_id: str) -> TranscriptId | None:
        """Find the row of an event that came before."""
        async with self.uow() as uow:
            return await uow.transcript.find(channel, event_id)


@asynccontextmanager
async def make_app(
    settings: Settings, *, channels: Sequence[Channel], clock: Clock, knowledge: Knowledge | None = None
) -> AsyncIterator[App]:
    """Open the database and connect everything, for the console and for scripts; `knowledge` is loaded unless given.

    Raises:
        ConfigurationError, StorageError: it cannot start; the message says what to do.
    """
    # imported here: half of the start-up time, and `klubok ask` opens no database
    from bot.club import make_nightly, open_club  # noqa: PLC0415
    from bot.desk import make_digest, make_doers, make_teach, make_tickets  # noqa: PLC0415
    from bot.storage.database import open_database  # noqa: PLC0415
    from bot.storage.schema import prepare  # noqa: PLC0415
    from bot.storage.vault.opening import make_vault  # noqa: PLC0415

    known = knowledge if knowledge is not None else await asyncio.to_thread(open_knowledge, settings)
    vault = make_vault(settings.vault_key.get_secret_value())
    async with AsyncExitStack() as opened:
        database = open_database(settings.database_url.get_secret_value(), vault=vault)
        await opened.enter_async_context(database)
        await prepare(database)
        uow = database.unit_of_work
        opening = open_club(settings, knowledge=known, vault=vault, uow=uow, clock=clock, channels=channels)
        club = await opened.enter_async_context(opening)
        yield make_core(
            uow=uow,
            relaxed_uow=partial(database.unit_of_work, is_relaxed=True),
            answers=known.answers,
            translator=known.translator,
            channels=channels,
            clock=clock,
            batch=settings.batch,
            joining=club.joining if club else None,
            doers={**make_doers(settings, known, channels, uow, clock), **(club.doers if club else {})},
            care=club.care if club else None,
            night=make_nightly(settings, known, make_digest(settings, known)),
            tickets=make_tickets(settings, known, is_scripted=True),
            teach=make_teach(settings, clock),
        )


def make_core(
    *,
    uow: UnitOfWorkFactory,
    answers: Answers,
    translator: Translator,
    channels: Sequence[Channel],
    clock: Clock,
    batch: int,
    relaxed_uow: UnitOfWorkFactory | None = None,
    meter: Meter | None = None,
    window: timedelta = timedelta(),
    repeats_unknown: bool = True,
    joining: JoiningParts | None = None,
    doers: Mapping[str, DoJob] | None = None,
    care: CareParts | None = None,
    night: NightlyWork | None = None,
    tickets: Tickets | None = None,
    teach: Teach | None = None,
) -> App:
    """Connect the core over any store; `relaxed_uow` opens units of work that need not survive a failure of power.

    Without `joining` there is no club, without `tickets` no desk; `care` is for the club's members. `doers` do the jobs
    that skills queue, by kind; `night` is what happens by itself.

    With a `window` the lines that somebody sends in a row are answered together, in channels that have a pace.
    """
    dialogue = make_dialogue(answers, translator, clock, joining=joining, care=care, tickets=tickets, teach=teach)
    bell, typist = Bell(), Typist(channels)
    fits = {channel.name: channel.fit for channel in channels}
    courier = Courier(
        uow=relaxed_uow or uow,
        channels=channels,
        clock=clock,
        meter=meter,
        batch=2 * batch,
        repeats_unknown=repeats_unknown,
    )
    return App(
        uow=uow,
        inbox=Inbox(
            uow,
            clock=clock,
            windows={channel.name: window for channel in channels if channel.pace and window},
            bell=bell,
            meter=meter,
            on_held=typist.hint,
        ),
        pump=Pump(
            uow=uow,
            dialogue=dialogue,
            renderer=Renderer(translator, fits),
            clock=clock,
            batch=batch,
            patience=PATIENCE * window if window else None,
            meter=meter,
            taking=courier.taking,
        ),
        courier=courier,
        scheduler=Scheduler(uow=uow, clock=clock, new_id=lambda: uuid4().hex),
        jobs=Jobs(uow=uow, clock=clock, doers=doers or {}, owed=frozenset({FORGET})),
        typist=typist,
        bell=bell,
        clock=clock,
        night=NightShift(uow=uow, clock=clock, work=night) if night is not None else None,
    )
