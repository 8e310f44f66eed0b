"""Bench of answers: recall on XQuAD in Russian against bare tantivy on the same lemmas, latency, build time, refusals.

Run as ``python -m tests.bench.answers [--smoke]``.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

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
Result = TypeVar("Result")


def main() -> int:
    """Print one line a figure; 0 also where the data is absent."""
    if not (DATA / "xquad_ru.docs.jsonl").exists():
        print(f"skipped: no data in {DATA}")
        return 0
    limit = SMOKE_QUERIES if "--smoke" in sys.argv else None
    documents = {str(row["id"]): str(row["text"]) for row in _rows("xquad_ru.docs.jsonl")}
    queries = [(str(row["text"]), str(row["rel"])) for row in _rows("xquad_ru.queries.jsonl")][:limit]
    pack = _pack(documents)
    index = _timed("build", lambda: build_index(pack))
    bare = _bare(pack)
    _report("bare tantivy", bare, queries)
    _report("engine", lambda text: [_id(source_of(match.hit).id) for match in index.search(text)], queries)
    _report_decisions("gold present", TantivyAnswers(pack, index), queries)
    half = _pack({id_: text for number, (id_, text) in enumerate(documents.items()) if number % 2})
    kept = TantivyAnswers(half, build_index(half))
    orphans = [(text, gold) for text, gold in queries if not any(id_ in gold for id_ in half.articles)]
    _report_decisions("gold removed", kept, orphans)
    return 0


def _rows(name: str) -> Iterator[Mapping[str, object]]:
    with (DATA / name).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _pack(documents: Mapping[str, str]) -> Pack:
    passages = (
        Passage(article_id=_id(id_), article_title="", section_id="", section_title="", text=text)
        for id_, text in documents.items()
    )
    articles = {p.article_id: Article(id=p.article_id, title="", passages=(p,)) for p in passages}
    return Pack(brand=Brand(name="bench"), articles=articles)


def _id(id_: str) -> str:
    """Quoted, so that one id is not found within another."""
    return f"'{id_.strip(chr(39))}'"


def _bare(pack: Pack) -> Search:
    documents = list(documents_of(pack))
    engine = FullText(documents)

    def search(text: str) -> list[str]:
        found = engine.search([{term: 1.0} for term in dict.fromkeys(terms_of(text))], CUTOFF)
        return [source_of(documents[candidate.number].hits[0]).id for candidate in found]

    return search


def _report(name: str, search: Search, queries: Sequence[tuple[str, str]]) -> None:
    first = best = 0
    took: list[float] = []
    for text, gold in queries:
        started = time.perf_counter()
        found = search(text)
        took.append(time.perf_counter() - started)
        first += any(id_ in gold for id_ in found[:1])
        best += any(id_ in gold for id_ in found[:CUTOFF])
    took.sort()
    p50, p99 = took[len(took) // 2] * 1000, took[int(len(took) * 0.99)] * 1000
    print(f"{name}: R@1 {first / len(queries):.3f} R@{CUTOFF} {best / len(queries):.3f} p50 {p50:.2f} p99 {p99:.2f} ms")


def _report_decisions(name: str, answers: TantivyAnswers, queries: Sequence[tuple[str, str]]) -> None:
    """Share of confident answers, right and wrong, of choices with and without the right one, of refusals."""
    counts = dict.fromkeys(("right", "wrong", "offered", "misled", "refused"), 0)
    for text, gold in queries:
        answer = answers.look_up(text)
        is_there = any(_id(source_of(hit).id) in gold for hit in answer.hits)
        match answer.meta.kind:
            case AnswerKind.UNKNOWN:
                counts["refused"] += 1
            case AnswerKind.CLARIFY:
                counts["offered" if is_there else "misled"] += 1
            case _:
                counts["right" if is_there else "wrong"] += 1
    print(f"{name}:", " ".join(f"{outcome} {count / len(queries):.3f}" for outcome, count in counts.items()))


def _timed(name: str, work: Callable[[], Result]) -> Result:
    started = time.perf_counter()
    result = work()
    print(f"{name}: {time.perf_counter() - started:.2f} s")
    return result


if __name__ == "__main__":
    sys.exit(main())
