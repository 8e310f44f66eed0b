"""On public questions, the ranking is better than the engine alone, for a small pack and for a large one."""

import pytest

from bot.knowledge.search.opening import CLOSE_UP_TO
from tests.bench.rivals import tantivy_on_lemmas
from tests.bench.texts import DATA, found_by, recall, xquad


@pytest.mark.skipif(not (DATA / "xquad_ru.docs.jsonl").exists(), reason="no data beside the repository")
@pytest.mark.parametrize("close_up_to", [CLOSE_UP_TO, 0], ids=["full fusion", "two stages"])
def test_ranking_beats_the_engine_alone(close_up_to: int) -> None:
    pack, questions = xquad("ru", limit=300)
    ours = recall(found_by(pack, close_up_to=close_up_to), questions)
    assert ours.first >= max(0.93, recall(tantivy_on_lemmas(pack), questions).first)
