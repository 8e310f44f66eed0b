"""Learned: `learned.yaml`, phrasings of people attached to FAQ entries: read, merged, written."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.errors import ConfigurationError
from bot.domain.knowledge import FaqEntry, Lesson
from bot.domain.text import fold
from bot.knowledge.pack.check import Check, hint
from bot.knowledge.pack.files import LONGEST_TEXT, read_file
from bot.knowledge.pack.names import LONGEST_FAQ_ID
from bot.knowledge.pack.notation.fields import Fields
from bot.knowledge.pack.notation.tree import Leaf, LeafKind, Row, Table, describe
from bot.knowledge.pack.notation.values import read_text
from bot.knowledge.pack.notation.yaml_tree import read_yaml

LEARNED = "learned.yaml"
_OWNER = "lesson"
_HEADER = """\
# Ways to ask that people really used, attached to entries of faq.yaml by `klubok gaps attach`.
# They count as further questions of their entry. Edit or remove them as you like; faq.yaml is never changed by us.
"""


def read_lessons(text: str, check: Check) -> Sequence[tuple[Lesson, int]]:
    """Read `learned.yaml`: lessons in the order written, each with its line, those with errors left out."""
    root = read_yaml(text, check)
    if root is None or (isinstance(root, Leaf) and root.kind is LeafKind.NOTHING):
        return ()
    if not isinstance(root, Row):
        check.error("not-a-list", f"is {describe(root)}; write a list of lessons, each begun by “- faq:”", root.line)
        return ()
    lessons = []
    for item in root.items:
        if isinstance(item, Table):
            lessons += [(lesson, item.line) for lesson in _read(Fields(item, check, owner=_OWNER))]
        else:
            check.error("not-a-lesson", f"a lesson is {describe(item)}; begin it by “- faq:”", item.line)
    return lessons


def merge(faq: Mapping[str, FaqEntry], lessons: Sequence[tuple[Lesson, int]], check: Check) -> Mapping[str, FaqEntry]:
    """Add the phrasings of `lessons` to the entries they name; what cannot be added is reported."""
    merged = dict(faq)
    asked = {fold(question): entry.id for entry in faq.values() for question in entry.questions}
    for lesson, line in lessons:
        if lesson.faq not in merged:
            close = hint(lesson.faq, faq)
            check.warn("unknown-faq", f"faq.yaml has no entry {lesson.faq[:60]}{close}; skipped", line)
            continue
        for question in lesson.questions:
            other = asked.setdefault(fold(question), lesson.faq)
            if other != lesson.faq:
                text = f"“{question[:60]}” is also a question of {other}; keep it in one of them"
                check.warn("repeated-question", text, line)
        merged[lesson.faq] = _taught(merged[lesson.faq], lesson.questions)
    return merged


def lessons_of(directory: Path) -> Sequence[Lesson]:
    """Return what was attached in the pack at `directory`; what cannot be read is left out."""
    check = Check(LEARNED)
    text = read_file(directory / LEARNED, check, longest=LONGEST_TEXT)
    return [lesson for lesson, _ in read_lessons(text or "", check)]


def teach(directory: Path, lesson: Lesson) -> Path:
    """Write `lesson` behind the others in the pack at `directory`; return the file. All or nothing.

    Raises:
        ConfigurationError: the file is broken, or cannot be written.
    """
    path, check = directory / LEARNED, Check(LEARNED)
    before = read_file(path, check, longest=LONGEST_TEXT)
    text = _ended(_HEADER if before is None else before) + _write(lesson)
    known = [lesson for lesson, _ in read_lessons(before or "", check)]
    if check.has_errors() or [found for found, _ in read_lessons(text, check)] != [*known, lesson]:
        reason = next((str(problem) for problem in check.problems), "it is not a list of “- faq:”")
        raise ConfigurationError(f"{path} cannot be added to: {reason}")
    aside = path.with_name(f".{LEARNED}.new")
    try:
        aside.write_text(text, encoding="utf-8")
        os.replace(aside, path)  # noqa: PTH105 - readers see the old file or the new one, never half of it
    except OSError as fault:
        raise ConfigurationError(f"{path} cannot be written ({fault.strerror})") from fault
    return path


def _read(fields: Fields) -> Iterator[Lesson]:
    errors = len(fields.check.problems)
    faq = fields.id("faq", longest=LONGEST_FAQ_ID)
    questions = fields.texts("questions")
    if not questions:
        fields.check.error("missing", f"{fields.name('questions')} is missing or empty", fields.line("questions"))
    by, at = fields.text("by"), _moment(fields)
    fields.finish()
    if not any(problem.severity == "error" for problem in fields.check.problems[errors:]):
        yield Lesson(faq=faq, questions=questions, by=by, at=at)


def _moment(fields: Fields) -> datetime | None:
    node = fields.node("at")
    text = "" if node is None else read_text(node, fields.name("at"), fields.check, may_be_bare=True)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        text = f"{fields.name('at')} {text[:40]!r} is no time; write 2026-12-31T12:00:00+00:00"
        fields.check.warn("bad-time", text, fields.line("at"))
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _taught(entry: FaqEntry, questions: Sequence[str]) -> FaqEntry:
    known = {fold(question) for question in entry.questions}
    new = [question for question in dict.fromkeys(questions) if fold(question) not in known]
    return replace(entry, questions=(*entry.questions, *new), learned=entry.learned + len(new))


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"


def _write(lesson: Lesson) -> str:
    """Write a lesson as YAML; JSON's strings are YAML's."""
    lines = [f"\n- faq: {lesson.faq}", "  questions:"]
    lines += [f"    - {_quoted(question)}" for question in lesson.questions]
    lines += [f"  by: {_quoted(lesson.by)}"] if lesson.by else []
    lines += [f"  at: {_quoted(lesson.at.isoformat())}"] if lesson.at else []
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
