"""Everyday: packs of invented shops, and questions in words that the entry meant does not have.

`python -m tests.bench.everyday`. Prints how well each pack's questions are found and what is answered, and how often
something is offered to questions that no entry answers. One pack is held out: nothing is chosen by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import yaml

from bot.domain.brand import Brand
from bot.domain.knowledge import FaqEntry
from bot.domain.pack import Pack
from bot.knowledge.search.text.morphology import lemma, stem
from bot.knowledge.search.text.terms import content_words

FITTED = ("garden", "books", "bikes")
HELD_OUT = "beauty"
FIRST_FEW = 3
_MORE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """A pack, and questions with the sources that answer them."""

    pack: Pack
    asked: Sequence[tuple[str, str]]


def shop(name: str) -> Shop:
    """Read one shop; questions that do have a word of their entry are left out."""
    rows = yaml.safe_load((files(__package__) / "questions" / "shops" / f"{name}.yaml").read_text(encoding="utf-8"))
    faq = {
        row["id"]: FaqEntry(id=row["id"], questions=tuple(row["questions"]), answers={"ru": row["answer"]})
        for row in rows
    }
    asked = [(text, f"faq:{row['id']}") for row in rows for text in row["asked"] if not _shared(text, row)]
    return Shop(pack=Pack(brand=Brand(name=name), faq=faq), asked=asked)


def talk() -> list[str]:
    """Read what no shop answers."""
    rows = yaml.safe_load((files(__package__) / "questions" / "shops" / "others.yaml").read_text(encoding="utf-8"))
    return [str(row) for row in rows]


def _shared(text: str, row: dict[str, object]) -> set[str]:
    questions = row["questions"]
    assert isinstance(questions, list)
    return _stems([text]) & _stems([*questions])


def _stems(texts: Sequence[str]) -> set[str]:
    return {stem(lemma(word)) for text in texts for word in content_words(text)}
