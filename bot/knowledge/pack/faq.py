"""FAQ: `faq.yaml` read and checked."""

from collections.abc import Collection, Mapping, Sequence

from bot.domain.knowledge import LONGEST_LABEL, FaqButton, FaqEntry
from bot.domain.text import fold
from bot.knowledge.pack.check import Check
from bot.knowledge.pack.names import LONGEST_FAQ_ID
from bot.knowledge.pack.notation.fields import Fields
from bot.knowledge.pack.notation.tree import Leaf, LeafKind, Row, Table, describe
from bot.knowledge.pack.notation.yaml_tree import read_yaml

_OWNER = "faq entry"


def read_faq(
    text: str, check: Check, *, languages: Sequence[str], known_languages: Collection[str]
) -> Mapping[str, FaqEntry]:
    """Read `faq.yaml`: entries by id, in the order written, those with errors left out.

    `answer` is in the first of `languages`; `answer_<language>` may be in any of `known_languages`.
    """
    root = read_yaml(text, check)
    if root is None or (isinstance(root, Leaf) and root.kind is LeafKind.NOTHING):
        return {}
    if not isinstance(root, Row):
        check.error("not-a-list", f"is {describe(root)}; write a list of entries, each begun by “- id:”", root.line)
        return {}
    reader = _Reader(check, languages, known_languages)
    for item in root.items:
        if isinstance(item, Table):
            reader.read(Fields(item, check, owner=_OWNER))
        else:
            check.error("not-an-entry", f"{_OWNER} is {describe(item)}; begin it by “- id:”", item.line)
    return reader.entries


class _Reader:
    """Reads entry after entry, remembering ids and questions."""

    def __init__(self, check: Check, languages: Sequence[str], known_languages: Collection[str]) -> None:
        self.entries: dict[str, FaqEntry] = {}
        self._check = check
        self._language = languages[0]
        self._languages = languages
        self._known_languages = known_languages
        self._asked: dict[str, str] = {}
        self._lines: dict[str, int] = {}

    def read(self, fields: Fields) -> None:
        problems = len(self._check.problems)
        entry_id = fields.id(longest=LONGEST_FAQ_ID)
        fields.owner = f"{_OWNER} {entry_id[:40]}" if entry_id else _OWNER
        questions = self._questions(fields)
        entry = FaqEntry(
            id=entry_id, questions=tuple(questions), answers=self._answers(fields), buttons=_buttons(fields)
        )
        fields.finish()
        self._check_labels(entry, fields.owner, lines=questions)
        if entry_id in self._lines:
            text = f"{fields.owner}: this id is also in line {self._lines[entry_id]}; give each entry its own"
            self._check.error("repeated-id", text, fields.line("id"))
        self._lines.setdefault(entry_id, fields.line("id"))
        if not any(problem.severity == "error" for problem in self._check.problems[problems:]):
            self.entries[entry_id] = entry

    def _questions(self, fields: Fields) -> Mapping[str, int]:
        """Return the questions in the order written, each with its line."""
        questions = fields.texts_with_lines("questions")
        if not questions:
            text = f"{fields.owner}: questions is missing or empty; write at least one way to ask"
            self._check.error("missing", text, fields.line("questions"))
            return {}
        for question, number in questions:
            self._note(question, fields, number)
        return dict(questions)

    def _check_labels(self, entry: FaqEntry, owner: str, *, lines: Mapping[str, int]) -> None:
        """Warn about the questions shown on buttons, one in each language, that are too long for it."""
        labels = dict.fromkeys(map(entry.question, self._languages)) if entry.questions else {}
        for label in labels:
            if len(label) > LONGEST_LABEL:
                text = f"{owner}: “{label[:60]}” has {len(label)} characters; buttons show {LONGEST_LABEL}"
                self._check.warn("long-question", text, lines[label])

    def _note(self, question: str, fields: Fields, line: int) -> None:
        other = self._asked.setdefault(fold(question), fields.owner)
        if other != fields.owner:
            text = f"{fields.owner}: “{question[:60]}” is also a question of {other}; keep it in one of them"
            self._check.warn("repeated-question", text, line)

    def _answers(self, fields: Fields) -> Mapping[str, str]:
        own = f"answer_{self._language}"
        answers = {self._language: fields.text(own)} if fields.has(own) else {}
        if "answer" in fields.table.values or not answers:
            answers[self._language] = fields.required("answer")
        else:
            fields.node("answer")
        for language in self._known_languages:
            if language != self._language and (text := fields.text(f"answer_{language}")):
                answers[language] = text
        return answers


def _buttons(fields: Fields) -> tuple[FaqButton, ...]:
    node = fields.node("buttons")
    if node is None or (isinstance(node, Leaf) and node.kind is LeafKind.NOTHING):
        return ()
    if not isinstance(node, Row):
        text = f"{fields.owner}: buttons is {describe(node)}; write a list of {{label, url}} or {{label, ask}}"
        fields.check.error("not-a-list", text, node.line)
        return ()
    buttons: list[FaqButton] = []
    for item in node.items:
        if isinstance(item, Table):
            buttons.append(_button(Fields(item, fields.check, owner=f"{fields.owner}, button")))
        else:
            text = f"{fields.owner}, button is {describe(item)}; write {{label, url}} or {{label, ask}}"
            fields.check.error("not-a-button", text, item.line)
    return tuple(buttons)


def _button(fields: Fields) -> FaqButton:
    button = FaqButton(
        label=fields.required("label"),
        label_en=fields.text("label_en"),
        url=fields.url("url"),
        ask=fields.text("ask"),
    )
    if fields.has("url") == fields.has("ask"):
        text = f"{fields.owner}: give it either url (a page) or ask (another question)"
        fields.check.error("bad-button", text, fields.table.line)
    fields.finish()
    return button
