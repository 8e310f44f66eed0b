"""Opening: the engine of a pack, built, or taken from where a former run saved it."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from zlib import crc32

from bot.domain.answer import Hit, SourceKind
from bot.domain.knowledge import Concept
from bot.domain.pack import Pack
from bot.knowledge.progress import Progress, no_progress
from bot.knowledge.search.encoder import Encoder
from bot.knowledge.search.engine import Engine
from bot.knowledge.search.fingerprint import fingerprint
from bot.knowledge.search.index.build import build_contents
from bot.knowledge.search.index.contents import Contents
from bot.knowledge.search.index.documents import documents_of, products_of
from bot.knowledge.search.index.fulltext import FullText, build_full_text, open_full_text
from bot.knowledge.search.index.memory import give_back
from bot.knowledge.search.index.saved import Tree, is_saved, load, save
from bot.knowledge.search.ranking.meaning import Meaning, MeaningIndex, build_meaning
from bot.knowledge.search.text.wordlists import everyday_synonyms
from bot.knowledge.search.vocabulary.synonyms import Synonyms
from bot.knowledge.search.vocabulary.thesaurus import Thesaurus, build_thesaurus, merged, own_files, read_concepts

_log = logging.getLogger(__name__)

CLOSE_UP_TO = 5_000
"""Documents up to which all are measured; beyond, memory and time grow faster than what is gained."""

_THESAURUS, _INDEX, _FULL_TEXT, _MEANING = "thesaurus", "index", "full-text", "meaning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """Opens engines. What takes long to build is kept in the folder `cache`; without one nothing is written."""

    cache: Path | None = None
    close_up_to: int = CLOSE_UP_TO
    encoder: Encoder | None = None
    progress: Progress = no_progress

    def open(self, pack: Pack) -> Engine:
        """Return the engine of `pack`. Blocking."""
        own = own_files()
        thesaurus = self._thesaurus(pack, own)
        is_close = _count(pack) <= self.close_up_to
        key = f"{fingerprint(pack, own)}-{'close' if is_close else 'two-stage'}"
        contents, full_text = self._open(pack, thesaurus, key, is_close=is_close)
        synonyms = Synonyms(pack.synonyms, everyday_synonyms())
        return Engine(
            contents,
            _hits(pack),
            synonyms=synonyms,
            thesaurus=thesaurus,
            full_text=full_text,
            meaning=self._meaning(pack, self.encoder, key) if self.encoder else None,
        )

    def _thesaurus(self, pack: Pack, own: dict[str, bytes]) -> Thesaurus:
        """Compile the thesaurus, the brand's concepts and synonyms included, unless it was compiled before."""
        key = fingerprint(Pack(brand=pack.brand, concepts=pack.concepts, synonyms=pack.synonyms), own)
        folder = self._folder(_THESAURUS, pack)
        thesaurus = _load(Thesaurus, folder, key)
        if thesaurus is None:
            thesaurus = build_thesaurus(merged((*read_concepts(own.values()), *_concepts(pack))))
            _save(thesaurus, folder, key, also=_nothing)
        return thesaurus

    def _open(self, pack: Pack, thesaurus: Thesaurus, key: str, *, is_close: bool) -> tuple[Contents, FullText | None]:
        """Open the index saved under `key`, or build it; only a large pack has a full-text index."""
        folder = self._folder(_INDEX, pack)
        saved = _load(Contents, folder, key)
        if saved is None:
            built = self._build(pack, thesaurus, is_close=is_close)
            if not _save(built, folder, key, also=_nothing if is_close else _save_full_text):
                return built, None if is_close else build_full_text(_rows(built))
            saved = _load(Contents, folder, key) or built  # what is on the disk need not be in memory
            del built
            give_back()
        return saved, None if is_close else open_full_text(_full_text_in(folder))

    def _folder(self, name: str, pack: Pack) -> Path | None:
        """Return where this brand's part of the cache is: one of each, the next takes the place of the former."""
        return self.cache / f"{name}-{crc32(pack.brand.name.encode()):08x}" if self.cache else None

    def _meaning(self, pack: Pack, encoder: Encoder, key: str) -> Meaning:
        """Encode the texts of `pack`, unless it was done before."""
        folder, full_key = self._folder(_MEANING, pack), f"{key}-{encoder.name}"
        index = _load(MeaningIndex, folder, full_key)
        if index is None:
            texts = takewhile(lambda document: document.kind is not SourceKind.OFFER, documents_of(pack))
            index = build_meaning(list(enumerate(texts)), encoder)
            _save(index, folder, full_key, also=_nothing)
        return Meaning(index, encoder)

    def _build(self, pack: Pack, thesaurus: Thesaurus, *, is_close: bool) -> Contents:
        documents = documents_of(pack)
        return build_contents(
            documents, total=_count(pack), is_close=is_close, thesaurus=thesaurus, progress=self.progress
        )


def _count(pack: Pack) -> int:
    """Count documents, the variants of a product each by itself."""
    passages = sum(len(article.passages) for article in pack.articles.values())
    return len(pack.faq) + passages + len(pack.catalogue.offers)


def _hits(pack: Pack) -> list[tuple[Hit, ...]]:
    """Return the places of the pack that each document stands for, in the order of `documents_of`."""
    passages = (passage for article in pack.articles.values() for passage in article.passages)
    return [*((entry,) for entry in pack.faq.values()), *((each,) for each in passages), *products_of(pack.catalogue)]


def _concepts(pack: Pack) -> Iterator[Concept]:
    yield from pack.concepts
    for group in pack.synonyms:
        yield Concept(f"synonyms:{group[0]}", group)


def _rows(contents: Contents) -> Iterator[Sequence[int]]:
    for number in range(len(contents)):
        yield contents.sequences.row(number).tolist()


def _save_full_text(contents: Contents, directory: Path) -> None:
    folder = _full_text_in(directory)
    folder.mkdir()
    build_full_text(_rows(contents), folder)


def _nothing(tree: object, directory: Path) -> None:
    """There is nothing else to save."""


def _full_text_in(folder: Path | None) -> Path:
    return (folder or Path()) / _FULL_TEXT


def _load(kind: type[Tree], folder: Path | None, key: str) -> Tree | None:
    """Open what was saved under `key`; None where nothing was, or it is damaged."""
    if folder is None or not is_saved(folder, key=key):
        return None
    try:
        return load(kind, folder)
    except (OSError, ValueError, KeyError) as fault:
        _log.warning("index.damaged folder=%s reason=%s", folder, fault)
        return None


def _save(tree: Tree, folder: Path | None, key: str, *, also: Callable[[Tree, Path], None]) -> bool:
    """Save for the next start, if it can be: a folder that cannot be written costs time and memory, nothing else."""
    if folder is None:
        return False
    try:
        save(tree, folder, key=key, also=also)
    except OSError as fault:
        _log.warning("index.not_saved folder=%s reason=%s", folder, fault.strerror)
        return False
    return True
