"""What is said in other words is about the same."""

from dataclasses import replace

from bot.domain.knowledge import Concept
from bot.knowledge.search.opening import Opener
from bot.knowledge.search.vocabulary.thesaurus import build_thesaurus, merged, read_concepts
from tests.unit.knowledge.search.packs import kettles

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
