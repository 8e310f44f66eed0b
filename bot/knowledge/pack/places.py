"""Places: in which line of a pack's files each question of the FAQ stands."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from bot.domain.text import clean
from bot.knowledge.pack.check import Check
from bot.knowledge.pack.files import LONGEST_TEXT, read_file
from bot.knowledge.pack.learned import LEARNED
from bot.knowledge.pack.notation.tree import Leaf, Node, Row, Table
from bot.knowledge.pack.notation.yaml_tree import read_yaml

Places: TypeAlias = Mapping[tuple[str, str], tuple[str, int]]
"""File and line by the entry's id and the question."""

_FILES = {"faq.yaml": "id", LEARNED: "faq"}
"""The key that names the entry in each file."""


def question_places(directory: Path) -> Places:
    """Look the questions up in the files of the pack at `directory`; what is broken there is left out."""
    places: dict[tuple[str, str], tuple[str, int]] = {}
    for file, key in _FILES.items():
        text = read_file(directory / file, Check(file), longest=LONGEST_TEXT)
        root = read_yaml(text, Check(file)) if text else None
        for entry, question, line in _questions(root, key):
            places.setdefault((entry, question), (file, line))
    return places


def _questions(root: Node | None, key: str) -> Iterator[tuple[str, str, int]]:
    for table in root.items if isinstance(root, Row) else ():
        if not isinstance(table, Table):
            continue
        name, questions = table.values.get(key), table.values.get("questions")
        items = questions.items if isinstance(questions, Row) else (questions,)
        for item in items:
            if isinstance(name, Leaf) and isinstance(item, Leaf):
                yield clean(name.text), clean(item.text), item.line
