"""Opening: what a pack says of its goods, arranged, or taken from where a former run saved it."""

import logging
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from zlib import crc32

from bot.domain.pack import Pack
from bot.knowledge.products.build import Arranged, arrange, ordinary_words, products_of
from bot.knowledge.products.products import Products
from bot.knowledge.products.saved.seal import check_seal, seal
from bot.knowledge.products.saved.stored import (
    Stored,
    knowing_from,
    links_from,
    store_goods,
    store_lexicon,
    store_links,
)
from bot.knowledge.search.fingerprint import fingerprint
from bot.knowledge.search.index.saved import is_saved, load, save
from bot.knowledge.search.vocabulary.thesaurus import own_files

_log = logging.getLogger(__name__)

VERSION = 2
"""Goes up whenever goods are arranged in another way: folders of another version are not opened."""
_FAULTS = (OSError, ValueError, KeyError, IndexError, StopIteration)


def open_products(pack: Pack, cache: Path | None) -> Products:
    """Return what answers about the goods of `pack`, kept in the folder `cache`. Blocking."""
    if cache is None or not pack.catalogue.offers:
        return products_of(arrange(pack))
    folder = cache / f"goods-{crc32(pack.brand.name.encode()):08x}"
    key = fingerprint(pack, dict(_own_language()) | own_files() | {"version": str(VERSION).encode()})
    opened = _opened(pack, folder, key)
    if opened is not None:
        return opened
    arranged = arrange(pack)
    is_kept = _save(_stored(arranged), folder, key)
    return (_opened(pack, folder, key) if is_kept else None) or products_of(arranged)


def _stored(arranged: Arranged) -> Stored:
    return Stored(
        goods=store_goods(arranged.known.goods),
        lexicon=store_lexicon(arranged.known.lexicon),
        links=store_links(arranged.links),
        topics=sorted(arranged.topics),
        codes=sorted(arranged.codes),
    )


def _opened(pack: Pack, folder: Path, key: str) -> Products | None:
    """Open what was saved under `key`; None where nothing was, or it is damaged."""
    if not is_saved(folder, key=key):
        return None
    try:
        check_seal(folder)
        stored = load(Stored, folder)
        known = knowing_from(stored, pack, ordinary_words(pack))
        links = links_from(stored.links)
    except _FAULTS as fault:
        _log.warning("goods.damaged folder=%s reason=%s", folder, fault)
        return None
    return products_of(Arranged(known, links, frozenset(stored.topics), frozenset(stored.codes)))


def _save(stored: Stored, folder: Path, key: str) -> bool:
    """Save for the next start, if it can be: a folder that cannot be written costs time, nothing else."""
    try:
        save(stored, folder, key=key, also=_nothing)
        seal(folder)
    except OSError as fault:
        _log.warning("goods.not_saved folder=%s reason=%s", folder, fault.strerror)
        return False
    return True


def _nothing(tree: Stored, directory: Path) -> None:
    """There is nothing else to save."""


def _own_language() -> Iterator[tuple[str, bytes]]:
    for file in sorted(files("bot.knowledge.products.language").iterdir(), key=lambda each: each.name):
        if file.name.endswith(".yaml"):
            yield f"goods/{file.name}", file.read_bytes()
