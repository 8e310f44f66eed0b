"""From a pack and texts on disk to what answers and what speaks, and their changes taken in while we run."""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot.domain.catalogue import Catalogue
from bot.domain.errors import ConfigurationError
from bot.domain.loyalty.program import Program
from bot.domain.pack import Pack
from bot.knowledge.feed.download import FeedCache
from bot.knowledge.feed.source import load_source
from bot.knowledge.library import Library
from bot.knowledge.pack.live import LivePack, PackSource
from bot.knowledge.pack.loader import KNOWN_LANGUAGES, LoadedPack, load_pack
from bot.knowledge.products.answers import GoodsAnswers
from bot.knowledge.products.saved.opening import open_products
from bot.knowledge.progress import Progress, no_progress
from bot.knowledge.search.answers import PackAnswers
from bot.knowledge.search.decision.decide import Thresholds
from bot.knowledge.search.encoder import Encoder
from bot.knowledge.search.explanation import Explanation
from bot.knowledge.search.opening import Opener
from bot.services.ports import Answers
from bot.settings import MEGABYTE, SearchSettings, Settings
from bot.texts.check import check_overrides
from bot.texts.files import locales_directory
from bot.texts.fluent import FluentTranslator

LOCALES = "locales"


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

    @property
    def program(self) -> Program | None:
        """The programme of the brand's club, as it is now; None where it has none."""
        return self._pack.in_force.pack.program

    @property
    def catalogue(self) -> Catalogue:
        """What the brand sells, as it is now."""
        return self._pack.in_force.pack.catalogue

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
    return GoodsAnswers(PackAnswers(pack, engine, thresholds=thresholds), open_products(pack, search.cache))


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
