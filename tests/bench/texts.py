"""Public questions and paragraphs as a pack, typing mistakes in them, and how well they are found."""

import json
import random
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.answer import source_of
from bot.domain.brand import Brand
from bot.domain.knowledge import Article, Passage
from bot.domain.pack import Pack
from bot.knowledge.search.opening import CLOSE_UP_TO, Opener
from tests.bench.figures import SHARED

DATA = SHARED / "data"
CUTOFF = 10
_FIRST_FEW = 5

Search = Callable[[str], list[str]]

_ROWS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {key: row[max(0, at - 1) : at] + row[at + 1 : at + 2] for row in _ROWS for at, key in enumerate(row)}
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question and the ids of the articles that answer it."""

    text: str
    gold: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """Shares of questions answered by the first result and by one of the first five, mean reciprocal rank to the tenth;
    times in milliseconds."""

    first: float
    few: float
    reciprocal: float
    p50_ms: float
    p99_ms: float


def xquad(language: str, limit: int | None = None) -> tuple[Pack, list[Asked]]:
    """Read the paragraphs as articles without titles, and their questions."""
    articles = [_article(str(row["id"]), str(row["text"])) for row in _rows(f"xquad_{language}.docs.jsonl")]
    questions = [_question(row) for row in _rows(f"xquad_{language}.queries.jsonl")]
    return pack_of(articles), questions[:limit]


def pack_of(articles: Sequence[Article]) -> Pack:
    """Make a pack of articles only."""
    return Pack(brand=Brand(name="bench"), articles={article.id: article for article in articles})


def found_by(pack: Pack, *, close_up_to: int = CLOSE_UP_TO) -> Search:
    """Search by the product's engine."""
    engine = Opener(close_up_to=close_up_to).open(pack)
    return lambda text: [source_of(engine.hits(match)[0]).id for match in engine.search(text).matches]


def recall(search: Search, questions: Sequence[Asked]) -> Recall:
    """Ask everything once."""
    first, few, reciprocal = 0, 0, 0.0
    took: list[float] = []
    for question in questions:
        started = time.perf_counter()
        found = search(question.text)
        took.append((time.perf_counter() - started) * 1000)
        at = next((at for at, id_ in enumerate(found[:CUTOFF]) if id_ in question.gold), CUTOFF)
        first += at == 0
        few += at < _FIRST_FEW
        reciprocal += 1 / (at + 1) if at < CUTOFF else 0
    took.sort()
    count = len(questions)
    return Recall(
        first=first / count,
        few=few / count,
        reciprocal=reciprocal / count,
        p50_ms=took[count // 2],
        p99_ms=took[int(count * 0.99)],
    )


def mistyped(questions: Sequence[Asked], mistakes: int) -> list[Asked]:
    """Make `mistakes` in every question, always the same ones."""
    return [
        Asked(text=_mistype(question.text, mistakes, random.Random(number)), gold=question.gold)  # noqa: S311
        for number, question in enumerate(questions)
    ]


def _mistype(text: str, mistakes: int, chance: random.Random) -> str:
    """Leave a letter out, hit a neighbouring key besides or instead, or swap two letters, in words of four and more."""
    for _ in range(mistakes):
        words = [found.span() for found in _LONG_WORD.finditer(text)]
        if not words:
            break
        start, end = chance.choice(words)
        at = chance.randrange(start, end - 1)
        beside = chance.choice(_BESIDE.get(text[at].lower(), text[at]))
        kind = chance.choice(("left out", "besides", "instead", "swapped"))
        changed = {"left out": "", "besides": text[at] + beside, "instead": beside, "swapped": text[at + 1] + text[at]}
        text = text[:at] + changed[kind] + text[at + (2 if kind == "swapped" else 1) :]
    return text


def _rows(name: str) -> Iterator[Mapping[str, object]]:
    with (DATA / name).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _article(id_: str, text: str) -> Article:
    passage = Passage(article_id=id_, article_title="", section_id="", section_title="", text=text)
    return Article(id=id_, title="", passages=(passage,))


def _question(row: Mapping[str, object]) -> Asked:
    gold = row["rel"]
    assert isinstance(gold, list)
    return Asked(text=str(row["text"]), gold=frozenset(map(str, gold)))
