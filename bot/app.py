"""Composition root: from settings to a running app; the only file that knows all others."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

from bot.dialogue.comfort import Comfort
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.flow.engine import FlowEngine
from bot.dialogue.part_by_part import PartByPart
from bot.dialogue.phrases import Translator
from bot.dialogue.render import Renderer
from bot.dialogue.router import Router
from bot.domain.errors import ConfigurationError
from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.messages import Event
from bot.domain.pack import Pack
from bot.knowledge.feed.download import FeedCache
from bot.knowledge.feed.source import load_source
from bot.knowledge.library import Library
from bot.knowledge.pack.live import LivePack, PackSource
from bot.knowledge.pack.loader import KNOWN_LANGUAGES, LoadedPack, load_pack
from bot.knowledge.products.answers import GoodsAnswers
from bot.knowledge.products.build import build_products
from bot.knowledge.progress import Progress, no_progress
from bot.knowledge.search.answers import PackAnswers
from bot.knowledge.search.decision.decide import Thresholds
from bot.knowledge.search.encoder import Encoder
from bot.knowledge.search.explanation import Explanation
from bot.knowledge.search.opening import Opener
from bot.runtime.bell import Bell
from bot.runtime.courier import Courier
from bot.runtime.inbox import Inbox
from bot.runtime.lifecycle import Work
from bot.runtime.pump import Pump
from bot.runtime.scheduler import Scheduler
from bot.runtime.typist import Typist
from bot.services.channel import Channel, Meter
from bot.services.feedback import FeedbackService
from bot.services.ports import Answers, Clock, UnitOfWorkFactory
from bot.settings import MEGABYTE, SearchSettings, Settings
from bot.skills.fallback import FallbackSkill
from bot.skills.feedback import FeedbackSkill, feedback_flow
from bot.skills.help import HelpSkill
from bot.skills.language import LanguageSkill
from bot.skills.pages import PagesSkill
from bot.skills.people import PeopleSkill
from bot.skills.questions.skill import QuestionsSkill
from bot.skills.ratings import RatingsSkill
from bot.skills.smalltalk import SmalltalkSkill
from bot.skills.welcome import WelcomeSkill
from bot.texts.check import check_overrides
from bot.texts.files import locales_directory
from bot.texts.fluent import FluentTranslator

MOST_LOOKED_AT = 5_000
LOCALES = "locales"
PATIENCE = 4
"""Windows that somebody who goes on typing is waited for at most."""


class Knowledge:
    """The brand's pack in force: what answers, and what speaks. Feeds by address are read again now and then."""

    def __init__(
        self, *, pack: LivePack[GoodsAnswers], answers: Answers, translator: FluentTranslator, feeds_every: timedelta
    ) -> None:
        self.answers = answers
        self.translator = translator
        self._pack = pack
        self._feeds_every = feeds_every.total_seconds()
        self._feeds_read_at = time.monotonic()

    def explain(self, question: str) -> Explanation:
        """Tell what is understood of `question`, what is found and why it is answered as it is."""
        return self._pack.in_force.built.explain(question)

    async def refresh(self) -> None:
        """Take a changed pack and changed texts in; broken ones leave the old in force, and the log says so."""
        await asyncio.to_thread(self._refresh)

    def _refresh(self) -> None:
        self._pack.refresh(force=self._are_feeds_due())
        self.translator.refresh()

    def _are_feeds_due(self) -> bool:
        is_due = bool(self.answers.brand.catalogue) and time.monotonic() - self._feeds_read_at >= self._feeds_every
        if is_due:
            self._feeds_read_at = time.monotonic()
        return is_due


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """A core. Nothing runs by itself: whoever holds it lets it work, step by step or by its `workers`."""

    uow: UnitOfWorkFactory
    inbox: Inbox
    pump: Pump
    courier: Courier
    scheduler: Scheduler
    typist: Typist
    bell: Bell
    clock: Clock

    def workers(self) -> Sequence[Work]:
        """What must run for the app to work by itself."""
        return (
            partial(self.pump.run, self.bell, on_answered=self.courier.ring),
            self.courier.run,
            partial(self.scheduler.run, on_woken=self.bell.ring),
            self.typist.run,
        )

    async def settle(self) -> None:
        """Answer everything that waits."""
        while await self.pump.work():
            pass

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

    async def find(self, event: Event) -> TranscriptId | None:
        """Find the row of an event that came before."""
        async with self.uow() as uow:
            return await uow.transcript.find(event.sender.channel, event.id)


@asynccontextmanager
async def make_app(
    settings: Settings, *, channels: Sequence[Channel], clock: Clock, knowledge: Knowledge | None = None
) -> AsyncIterator[App]:
    """Open the database and connect everything; `knowledge` is loaded unless given.

    Raises:
        ConfigurationError, StorageError: it cannot start; the message says what to do.
    """
    # imported here: half of the start-up time, and `klubok ask` opens no database
    from bot.storage.database import open_database  # noqa: PLC0415
    from bot.storage.schema import prepare  # noqa: PLC0415

    known = knowledge if knowledge is not None else await asyncio.to_thread(open_knowledge, settings)
    async with open_database(settings.database_url.get_secret_value()) as database:
        await prepare(database)
        yield make_core(
            uow=database.unit_of_work,
            relaxed_uow=partial(database.unit_of_work, is_relaxed=True),
            answers=known.answers,
            translator=known.translator,
            channels=channels,
            clock=clock,
            batch=settings.batch,
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
) -> App:
    """Connect the core over any store; `relaxed_uow` opens units of work that need not survive a failure of power.

    With a `window` the lines that somebody sends in a row are answered together, in channels that have a pace.
    """
    dialogue = make_dialogue(answers, translator, clock)
    bell, typist = Bell(), Typist(channels)
    fits = {channel.name: channel.fit for channel in channels}
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
        ),
        courier=Courier(
            uow=relaxed_uow or uow,
            channels=channels,
            clock=clock,
            meter=meter,
            batch=2 * batch,
            repeats_unknown=repeats_unknown,
        ),
        scheduler=Scheduler(uow=uow, clock=clock, new_id=lambda: uuid4().hex),
        typist=typist,
        bell=bell,
        clock=clock,
    )


def make_dialogue(answers: Answers, translator: Translator, clock: Clock) -> Dialogue:
    """Connect the skills, in the order in which they are asked."""
    feedback = feedback_flow(FeedbackService())
    flows = FlowEngine([feedback], translator)
    skills = (
        WelcomeSkill(),
        HelpSkill(),
        LanguageSkill(),
        FeedbackSkill(flows),
        PagesSkill(),
        RatingsSkill(),
        PeopleSkill(translator),
        SmalltalkSkill(translator),
        Comfort(PartByPart(QuestionsSkill(answers), translator), translator),
        FallbackSkill(),
    )
    router = Router(skills, translator)
    return Dialogue(router=router, flows=flows, answers=answers, translator=translator, clock=clock)


def open_knowledge(
    settings: Settings, *, progress: Progress = no_progress, revise: Callable[[Pack], Pack] = lambda pack: pack
) -> Knowledge:
    """Load the pack and the texts; `revise` may change what was read before it is used. Blocking.

    Raises:
        PackError: the pack has errors; its `problems` tell them all.
        ConfigurationError: our own texts are missing, or the encoder is.
    """
    encoder = load_encoder(settings.search)
    pack = LivePack(
        PackSource(
            directory=settings.pack,
            load=partial(read_pack, settings, progress=progress),
            build=lambda pack: build_answers(revise(pack), search=settings.search, encoder=encoder, progress=progress),
        )
    )
    answers = Library(lambda: pack.in_force.built)
    translator = FluentTranslator(_spoken(answers.brand.languages), overrides=settings.pack / LOCALES)
    feeds_every = timedelta(minutes=settings.feeds.refresh_minutes)
    return Knowledge(pack=pack, answers=answers, translator=translator, feeds_every=feeds_every)


def read_pack(settings: Settings, directory: Path, *, progress: Progress = no_progress) -> LoadedPack:
    """Read the pack in `directory`, its texts and the feeds it names included. Blocking."""
    cache = FeedCache(
        settings.feeds.cache,
        timeout=settings.feeds.timeout_seconds,
        max_bytes=settings.feeds.max_megabytes * MEGABYTE,
        allow_private=settings.feeds.allow_private,
    )
    return load_pack(
        directory,
        languages=KNOWN_LANGUAGES,
        read_feed=partial(load_source, cache=cache),
        check_locales=partial(check_overrides, base=locales_directory()),
        progress=progress,
    )


def build_answers(
    pack: Pack, *, search: SearchSettings, encoder: Encoder | None = None, progress: Progress = no_progress
) -> GoodsAnswers:
    """Index a pack, or open the index that a former run saved. Blocking."""
    engine = Opener(cache=search.cache, encoder=encoder, progress=progress).open(pack)
    thresholds = Thresholds(answer=search.answer_from, clarify=search.clarify_from)
    return GoodsAnswers(PackAnswers(pack, engine, thresholds=thresholds), build_products(pack))


def load_encoder(search: SearchSettings) -> Encoder | None:
    """Load the sentence encoder that the settings name, if any. Blocking.

    Raises:
        ConfigurationError: it is not there, or what it needs is not installed.
    """
    if not search.encoder:
        return None
    try:
        from bot.knowledge.search.onnx_encoder import OnnxEncoder, find_model  # noqa: PLC0415 - an extra
    except ImportError as missing:
        raise ConfigurationError('KLUBOK_SEARCH__ENCODER: install "klubok[semantic]" to use it') from missing
    return OnnxEncoder(find_model(search.encoder))


def _spoken(first: Sequence[str]) -> tuple[str, ...]:
    """All languages we speak, the brand's first: a reloaded pack may name another one."""
    return tuple(dict.fromkeys((*first, *KNOWN_LANGUAGES)))
