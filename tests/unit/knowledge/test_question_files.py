"""The question files of the bench: they read as promised, and every right place stands in the pack."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import Stemmer
import yaml
from pymorphy3 import MorphAnalyzer

import bot.demo
from bot.domain.answer import AnswerKind
from bot.domain.knowledge import FaqEntry
from bot.domain.pack import Pack
from bot.knowledge.pack.loader import load_pack

QUESTIONS = Path(__file__).parents[2] / "bench" / "questions"
ROOMS = {
    "faq": 50,
    "article": 25,
    "card": 25,
    "attribute": 30,
    "comparison": 15,
    "selection": 30,
    "price": 10,
    "accessory": 8,
    "followup": 20,
    "bare": 8,
    "unknown": 25,
    "compound": 6,
    "smalltalk": 5,
}
FUNCTION_WORDS = {"NPRO", "PREP", "CONJ", "PRCL", "INTJ"}  # parts of speech, as the dictionary names them
STOP_WORDS = frozenset(
    word
    for words in (
        "быть весь где ещё как какой когда который куда мой можно мочь наш откуда очень почему свой сколько там так",
        "тут уже этот ваш a all an and any as at can cant do does for from he how i in into is it me my not of on or",
        "she so some that the they this to us we what when where will with you your",
    )
    for word in words.split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case of a file; what is expected is of its last turn."""

    id: str
    asks: tuple[str, ...]
    kinds: tuple[str, ...]
    sources: tuple[str, ...]
    texts: tuple[str, ...]


def cases(name: str) -> list[Case]:
    found = []
    for entry in yaml.safe_load((QUESTIONS / name).read_text(encoding="utf-8")):
        assert set(entry) == {"id", "turns"}, entry
        turns, last = entry["turns"], entry["turns"][-1]
        assert all(set(turn) <= {"ask", "kind", "sources", "text"} for turn in turns), entry
        kind = last["kind"]
        found.append(
            Case(
                id=entry["id"],
                asks=tuple(turn["ask"] for turn in turns),
                kinds=(kind,) if isinstance(kind, str) else tuple(kind),
                sources=tuple(last.get("sources", ())),
                texts=tuple(last.get("text", ())),
            )
        )
    return found


@cache
def demo() -> Pack:
    pack = load_pack(Path(bot.demo.__path__[0])).pack
    assert pack is not None
    return pack


@cache
def places() -> frozenset[str]:
    """Name every place of the pack as an answer names it."""
    pack = demo()
    passages = (passage for article in pack.articles.values() for passage in article.passages)
    return frozenset(
        [f"faq:{name}" for name in pack.faq]
        + [f"offer:{name}" for name in pack.catalogue.offers]
        + [f"article:{passage.article_id}#{passage.section_id}" for passage in passages]
    )


@cache
def morph() -> MorphAnalyzer:
    return MorphAnalyzer()


def forms(word: str) -> set[str]:
    """Return what makes two forms of one word the same: its dictionary forms and its stem."""
    if word.isascii():
        return {word, Stemmer.Stemmer("english").stemWord(word)}
    stem = Stemmer.Stemmer("russian").stemWord(word)
    return {parse.normal_form for parse in morph().parse(word)} | {stem}


def content_forms(text: str) -> dict[str, set[str]]:
    """Return the forms of every word of `text` that says something by itself."""
    words = set(re.findall(r"[a-zа-я0-9]+", text.lower().replace("ё", "е")))
    return {word: forms(word) for word in words if not _is_function_word(word)}


def _is_function_word(word: str) -> bool:
    if word.isascii():
        return word in STOP_WORDS
    return morph().parse(word)[0].tag.POS in FUNCTION_WORDS or bool(forms(word) & STOP_WORDS)


def everything(entry: FaqEntry) -> str:
    return " ".join([*entry.questions, *entry.answers.values()])


@pytest.mark.parametrize("name", ["blind.yaml", "paraphrases.yaml"])
def test_every_case_expects_what_can_be(name: str) -> None:
    for case in cases(name):
        assert all(ask.strip() for ask in case.asks), case
        assert case.kinds, case
        assert set(case.kinds) <= set(AnswerKind), case
        assert set(case.sources) <= places(), (case, set(case.sources) - places())
        assert all(case.texts), case


def test_ids_and_conversations_are_written_once() -> None:
    both = cases("blind.yaml") + cases("paraphrases.yaml")
    assert [name for name, count in Counter(case.id for case in both).items() if count > 1] == []
    assert [asks for asks, count in Counter(case.asks for case in both).items() if count > 1] == []


def test_the_blind_questions_are_of_all_kinds() -> None:
    found = Counter(case.id.split("-")[1] for case in cases("blind.yaml"))
    assert {room: found[room] for room in ROOMS if found[room] < ROOMS[room]} == {}
    assert set(found) == set(ROOMS)
    assert found.total() >= 230


def test_what_must_not_be_answered_has_no_right_place() -> None:
    unknown = [case for case in cases("blind.yaml") if AnswerKind.UNKNOWN in case.kinds]
    assert [case.id for case in unknown if case.sources or case.texts] == []


def test_a_phrasing_of_the_pack_is_no_question_of_the_bench() -> None:
    written = {question.lower().strip(" ?") for entry in demo().faq.values() for question in entry.questions}
    both = cases("blind.yaml") + cases("paraphrases.yaml")
    assert [case.id for case in both if case.asks[-1].lower().strip(" ?") in written] == []


def test_a_paraphrase_shares_no_content_word_with_what_it_means() -> None:
    found = cases("paraphrases.yaml")
    assert len(found) == 60
    assert all(case.kinds == (AnswerKind.FAQ,) and case.sources for case in found)
    shared = []
    for case in found:
        for source in case.sources:
            entry = demo().faq[source.removeprefix("faq:")]
            known = set().union(*content_forms(everything(entry)).values())
            shared += [(case.id, word) for word, made in content_forms(case.asks[0]).items() if made & known]
    assert shared == []
