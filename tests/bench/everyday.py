"""Everyday: invented shops asked in words that the entry meant does not have, and of what no shop knows.

`python -m tests.bench.everyday [--smoke]`. How well each shop's questions are found, how they are answered (a choice is
right when what is meant is among its first three), and how often something is said to talk of everything else. Two
shops are held out: nothing is fitted to them. One was written by the hand that wrote the thesaurus, the other blind,
and nobody reads its misses. Those of a third, written blind too, have been read since.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from bot.domain.answer import Answer, AnswerKind
from bot.domain.brand import Brand
from bot.domain.knowledge import FaqEntry
from bot.domain.pack import Pack
from bot.knowledge.search.answers import PackAnswers
from bot.knowledge.search.opening import Opener
from bot.knowledge.search.text.morphology import lemma, stem
from bot.knowledge.search.text.terms import content_words
from tests.bench.figures import Figures
from tests.bench.texts import Asked, found_by, recall

FITTED = ("garden", "books", "bikes")
READ = "appliances"
"""Its misses were read while the thesaurus grew: found too well to tell how sure one may be."""
HELD_OUT = ("beauty", "sport")
BLIND = (READ, "sport")
"""Written by somebody who has not seen the thesaurus, with questions that the shop cannot answer."""
_FIRST_FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """A pack, and questions with the ids of the entries that answer them."""

    pack: Pack
    asked: Sequence[Asked]


def shop(name: str) -> Shop:
    """Read one shop; questions that do have a word of their entry are left out."""
    faq: dict[str, FaqEntry] = {}
    asked = []
    for row in _read(name):
        entry = FaqEntry(id=row["id"], questions=tuple(row["questions"]), answers={"ru": row["answer"]})
        faq[entry.id] = entry
        asked += [Asked(text=text, gold=frozenset({entry.id})) for text in row["asked"] if not _has_word(text, entry)]
    return Shop(pack=Pack(brand=Brand(name=name), faq=faq), asked=asked)


def talk() -> Sequence[str]:
    """Read what no shop knows."""
    return [str(text) for text in _read("talk")]


def unknown(name: str) -> Sequence[str]:
    """Read what people ask a shop, and this one does not know."""
    return [str(text) for text in _read(f"{name}_unknown")]


def main() -> None:
    """Print a few rows a shop; those of the held-out ones have targets."""
    figures = Figures("everyday")
    for name in HELD_OUT if figures.is_smoke else (*FITTED, READ, *HELD_OUT):
        opened = shop(name)
        answers = PackAnswers(opened.pack, Opener().open(opened.pack))
        found = recall(found_by(opened.pack), opened.asked)
        replies = [(answers.look_up(one.text), one.gold) for one in opened.asked]
        said = [answers.look_up(text).meta.kind for text in talk()]
        is_held_out = name in HELD_OUT
        figures.at_least(f"{name}: R@1", found.first, 0.5 if is_held_out else 0)
        figures.at_least(f"{name}: R@5", found.few, 0.8 if is_held_out else 0)
        figures.show(f"{name}: answered, or offered among the first three", _share(_is_right(*one) for one in replies))
        figures.show(f"{name}: answered wrong", _share(_is_false(*one) for one in replies))
        if name in BLIND:
            asked = [answers.look_up(text).meta.kind for text in unknown(name)]
            figures.at_most(
                f"{name}, what it does not know: answered", _share(kind in _ANSWERS for kind in asked), 0.05
            )
        figures.at_most(f"{name}, talk: answered", _share(kind in _ANSWERS for kind in said), 0.05)
        figures.show(f"{name}, talk: offered a choice", _share(kind is AnswerKind.CLARIFY for kind in said))
    figures.finish()


_ANSWERS = frozenset({AnswerKind.FAQ, AnswerKind.ARTICLE, AnswerKind.PRODUCT})


def _is_right(answer: Answer, gold: frozenset[str]) -> bool:
    return any(isinstance(hit, FaqEntry) and hit.id in gold for hit in answer.hits[:_FIRST_FEW])


def _is_false(answer: Answer, gold: frozenset[str]) -> bool:
    return answer.meta.kind in _ANSWERS and not _is_right(answer, gold)


def _share(flags: Iterable[bool]) -> float:
    counted = list(flags)
    return sum(counted) / max(len(counted), 1)


def _has_word(text: str, entry: FaqEntry) -> bool:
    return not _stems((text,)).isdisjoint(_stems(entry.questions))


def _stems(texts: Sequence[str]) -> set[str]:
    return {stem(lemma(word)) for text in texts for word in content_words(text)}


def _read(name: str) -> Sequence[Any]:
    text = (files(__package__) / "questions" / "shops" / f"{name}.yaml").read_text(encoding="utf-8")
    rows: Sequence[Any] = yaml.safe_load(text)
    return rows


if __name__ == "__main__":
    main()
