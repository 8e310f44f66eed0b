"""On public questions, the ranking is no worse than the engine alone."""

import pytest

from bot.domain.answer import source_of
from bot.knowledge.search.index import build_index
from tests.bench.answers import DATA, bare_engine, recall, xquad


@pytest.mark.skipif(not (DATA / "xquad_ru.docs.jsonl").exists(), reason="no data beside the repository")
def test_ranking_beats_the_engine_alone() -> None:
    pack, queries = xquad(limit=300)
    index = build_index(pack)
    ranked = recall(lambda text: [source_of(match.hit).id for match in index.search(text)], queries)
    assert ranked.first >= max(0.92, recall(bare_engine(pack), queries).first)
