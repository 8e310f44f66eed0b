"""What is said in other words is about the same."""

from dataclasses import replace

import numpy as np
import pytest

from bot.domain.knowledge import Concept
from bot.knowledge.search.index import subjects
from bot.knowledge.search.index.ragged import ragged_of
from bot.knowledge.search.index.subjects import build_subjects
from bot.knowledge.search.opening import Opener
from bot.knowledge.search.text.morphology import stem
from bot.knowledge.search.vocabulary.thesaurus import build_thesaurus, merged, read_concepts
from tests.unit.knowledge.search.packs import kettles, lexicon

TEXT = """
- id: refund
  ru: [возврат, вернуть деньги, деньги назад]
  en: [refund, money back]
- id: salary
  ru: [возврат зарплаты, зарплата]
"""


def test_concepts_of_one_id_are_one() -> None:
    concepts = merged(read_concepts([TEXT.encode(), b"- {id: refund, en: [chargeback]}", b""]))
    assert [concept.id for concept in concepts] == ["refund", "salary"]
    assert concepts[0].expressions[-1] == "chargeback"


def test_a_word_hints_at_what_it_stands_for_most() -> None:
    thesaurus = build_thesaurus(read_concepts([TEXT.encode()]))
    hints = dict(thesaurus.hints("возврат"))
    assert hints[0] > hints[1] > 0
    assert dict(thesaurus.hints("погода")) == {}


def test_a_word_of_few_concepts_hints_stronger() -> None:
    thesaurus = build_thesaurus([Concept("a", ("кот пёс",)), Concept("b", ("кот мышь",))])
    assert dict(thesaurus.hints("пес"))[0] > dict(thesaurus.hints("кот"))[0]


def test_the_brand_adds_its_own_concepts() -> None:
    plain = Opener().open(kettles())
    taught = Opener().open(replace(kettles(), concepts=(Concept("hum", ("фырчит", "шумит")),)))
    assert plain.search("фырчит").concepts == {}
    best = taught.search("фырчит").matches[0]
    assert [str(hit.id) for hit in taught.hits(best) if hasattr(hit, "id")] == ["noise"]
    assert "hum" in taught.search("фырчит").concepts


def test_forms_of_one_stem_hint_alike() -> None:
    thesaurus = build_thesaurus([Concept("a", ("доставка",)), Concept("b", ("возврат",))])
    assert dict(thesaurus.hints(stem("доставка"))) == dict(thesaurus.hints(stem("доставки")))


def test_question_words_hint_and_other_function_words_do_not() -> None:
    thesaurus = build_thesaurus([Concept("when", ("когда", "и когда же"))])
    assert list(thesaurus.stems) == ["когд"]
    taught = Opener().open(replace(kettles(), concepts=(Concept("machine", ("ии",)),)))
    assert "machine" not in taught.search("чайник и подставка").concepts


def test_a_concept_of_the_world_is_known_by_its_id() -> None:
    thesaurus = build_thesaurus([Concept("world-weather", ("погода",)), Concept("worldwide-delivery", ("доставка",))])
    assert thesaurus.worldly == {0}


@pytest.mark.parametrize(("place", "is_less"), [("place-hills", True), ("hills", False)])
def test_circumstances_say_less_than_what_is_wanted(place: str, is_less: bool) -> None:
    wish, where = Concept("wish", ("мявк",)), Concept(place, ("пырь",))
    concepts = Opener().open(replace(kettles(), concepts=(wish, where))).search("мявк пырь").concepts
    assert (concepts[place] < concepts["wish"]) is is_less


def test_concepts_found_some_rows_at_a_time_are_those_of_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [phrase.split() for phrase in ("возврат деньги", "зарплата", "погода", "деньги зарплата возврат", "")]
    counted = lexicon(*texts)
    rows = ragged_of([[counted.numbers[word] for word in text] for text in texts])
    thesaurus = build_thesaurus(read_concepts([TEXT.encode()]))
    whole = build_subjects(rows, rows, counted, thesaurus)
    monkeypatch.setattr(subjects, "_AT_ONCE", 2)
    parts = build_subjects(rows, rows, counted, thesaurus)
    assert len(whole.texts.rows.values)
    np.testing.assert_array_equal(parts.texts.rows.values, whole.texts.rows.values)
    np.testing.assert_array_equal(parts.texts.rows.offsets, whole.texts.rows.offsets)
    np.testing.assert_array_equal(parts.texts.weights, whole.texts.weights)
