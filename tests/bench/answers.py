"""Bench of answers: recall on XQuAD in Russian against bare tantivy on the same lemmas, latency, build time, refusals.

Run as ``python -m tests.bench.answers [--smoke]``.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.answer import AnswerKind, source_of
from bot.domain.brand import Brand
from bot.domain.knowledge import Article, Passage
from bot.domain.pack import Pack
from bot.knowledge.search.answers import TantivyAnswers
from bot.knowledge.search.documents import documents_of
from bot.knowledge.search.fulltext import FullText
from bot.knowledge.search.index import build_index
from bot.knowledge.search.terms import terms_of

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
SMOKE_QUERIES = 100
CUTOFF = 5

Search = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question and the ids of the articles that answer it."""

    text: str
    gold: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """Shares of questions answered by the first result, and by one of the first five; times in milliseconds."""

    first: float
    best: float
    p50_ms: float
    p99_ms: float


def main() -> int:
    """Print one line a figure; 0 also where the data is absent."""
    if not (DATA / "xquad_ru.docs.jsonl").exists():
        print(f"skipped: no data in {DATA}")
        return 0
    pack, queries = xquad(limit=SMOKE_QUERIES if "--smoke" in sys.argv else None)
    started = time.perf_counter()
    index = build_index(pack)
    print(f"build: {time.perf_counter() - started:.2f} s")
    _report("bare tantivy", recall(bare_engine(pack), queries))
    _report("engine", recall(lambda text: [source_of(match.hit).id for match in index.search(text)], queries))
    _report_decisions("answer present", TantivyAnswers(pack, index), queries)
    half = _pack_of([article for number, article in enumerate(pack.articles.values()) if number % 2])
    orphans = [query for query in queries if query.gold.isdisjoint(half.articles)]
    _report_decisions("answer removed", TantivyAnswers(half, build_index(half)), orphans)
    return 0


def xquad(limit: int | None = None) -> tuple[Pack, list[Query]]:
    """Read the paragraphs as articles without titles, and their questions."""
    articles = [_article(str(row["id"]), str(row["text"])) for row in _rows("xquad_ru.docs.jsonl")]
    queries = [_query(row) for row in _rows("xquad_ru.queries.jsonl")]
    return _pack_of(articles), queries[:limit]


def bare_engine(pack: Pack) -> Search:
    """Search without anything of ours but the lemmas."""
    documents = list(documents_of(pack))
    engine = FullText(documents)

    def search(text: str) -> list[str]:
        found = engine.search([{term: 1.0} for term in dict.fromkeys(terms_of(text))], CUTOFF)
        return [source_of(documents[candidate.number].hits[0]).id for candidate in found]

    return search


def recall(search: Search, queries: Sequence[Query]) -> Recall:
    """Ask everything once."""
    first = best = 0
    took: list[float] = []
    for query in queries:
        started = time.perf_counter()
        found = search(query.text)
        took.append((time.perf_counter() - started) * 1000)
        first += not query.gold.isdisjoint(found[:1])
        best += not query.gold.isdisjoint(found[:CUTOFF])
    took.sort()
    return Recall(
        first=first / len(queries),
        best=best / len(queries),
        p50_ms=took[len(took) // 2],
        p99_ms=took[int(len(took) * 0.99)],
    )


def _rows(name: str) -> Iterator[Mapping[str, object]]:
    with (DATA / name).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _article(id_: str, text: str) -> Article:
    passage = Passage(article_id=id_, article_title="", section_id="", section_title="", text=text)
    return Article(id=id_, title="", passages=(passage,))


def _query(row: Mapping[str, object]) -> Query:
    gold = row["rel"]
    assert isinstance(gold, list)
    return Query(text=str(row["text"]), gold=frozenset(map(str, gold)))


def _pack_of(articles: Sequence[Article]) -> Pack:
    return Pack(brand=Brand(name="bench"), articles={article.id: article for article in articles})


def _report(name: str, figures: Recall) -> None:
    print(
        f"{name}: R@1 {figures.first:.3f} R@{CUTOFF} {figures.best:.3f}"
        f" p50 {figures.p50_ms:.2f} p99 {figures.p99_ms:.2f} ms"
    )


def _report_decisions(name: str, answers: TantivyAnswers, queries: Sequence[Query]) -> None:
    """Print shares: answered rightly and wrongly, choices with and without the right one, refused."""
    counts = dict.fromkeys(("right", "wrong", "offered", "misled", "refused"), 0)
    for query in queries:
        answer = answers.look_up(query.text)
        is_there = any(source_of(hit).id in query.gold for hit in answer.hits)
        match answer.meta.kind:
            case AnswerKind.UNKNOWN:
                counts["refused"] += 1
            case AnswerKind.CLARIFY:
                counts["offered" if is_there else "misled"] += 1
            case _:
                counts["right" if is_there else "wrong"] += 1
    print(f"{name}:", " ".join(f"{outcome} {count / len(queries):.3f}" for outcome, count in counts.items()))


if __name__ == "__main__":
    sys.exit(main())
