"""Taught: `taught.yaml`, answers of operators that the bot gives itself, and `cases.yaml`, by which they are judged."""

import json
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.domain.errors import ConfigurationError
from bot.domain.knowledge import FaqEntry
from bot.domain.text import words
from bot.knowledge.pack.check import Check
from bot.knowledge.pack.faq import read_faq
from bot.knowledge.pack.files import CASES, LONGEST_TEXT, TAUGHT, read_file
from bot.knowledge.pack.questions import read_questions

PREFIX = "taught-"
_TAUGHT_HEADER = """\
# Answers that operators gave and that were approved for the bot. Entries as in faq.yaml, which is never changed by us.
# Edit, move or remove them as you like.
"""
_CASES_HEADER = "# Questions that operators answered, and where the bot has its answer: `klubok eval` asks them.\n"


def with_taught(
    faq: Mapping[str, FaqEntry], text: str, check: Check, *, languages: Sequence[str], known_languages: Collection[str]
) -> Mapping[str, FaqEntry]:
    """Add the entries of `taught.yaml`; one whose id stands in faq.yaml is left out with a warning.

    One that answers what an older entry is asked, word for word, takes the place of that, and is found by all that was
    asked of it: two answers to one question are none.
    """
    merged = dict(faq)
    for entry in read_faq(text, check, languages=languages, known_languages=known_languages).values():
        if entry.id in faq:
            check.warn("repeated-id", f"faq.yaml has an entry {entry.id}, too; that one counts")
        else:
            merged = _renewed(merged, entry, check)
    return merged


def _renewed(faq: Mapping[str, FaqEntry], entry: FaqEntry, check: Check) -> dict[str, FaqEntry]:
    asked = {_plain(question) for question in entry.questions}
    older = [each for each in faq.values() if asked & {_plain(question) for question in each.questions}]
    for each in older:
        check.warn("renewed", f"{entry.id} is asked what {each.id} is; it counts, and {each.id} does not")
    more = tuple(text for each in older for text in each.questions if _plain(text) not in asked)
    renewed = replace(entry, questions=(*entry.questions, *more), learned=entry.learned + len(more))
    return {**{id_: each for id_, each in faq.items() if each not in older}, entry.id: renewed}


def _plain(question: str) -> str:
    return " ".join(words(question))


def teach_answer(directory: Path, question: str, answer: str, *, by: str, at: datetime) -> str:
    """Write an answer and its case behind the others in the pack at `directory`; return the id of its entry.

    Each file is written whole or not at all; the case last.

    Raises:
        ConfigurationError: a file is broken, or cannot be written.
    """
    text = _read(directory / TAUGHT) or _TAUGHT_HEADER
    number = 1 + max((int(end) for end in _numbers(text)), default=0)
    entry = f"{PREFIX}{number}"
    lines = [
        "",
        f"# by {_one_line(by)}, {at:%Y-%m-%d %H:%M}Z",
        f"- id: {entry}",
        f"  questions: [{_quoted(question)}]",
        f"  answer: {_quoted(answer)}",
    ]
    text = _ended(text) + "\n".join(lines) + "\n"
    check = Check(TAUGHT)
    entries = read_faq(text, check, languages=("ru", "en"), known_languages=("ru", "en"))
    if check.has_errors() or entry not in entries:
        raise ConfigurationError(f"{directory / TAUGHT} cannot be added to: {_why(check)}")
    cases = _with_case(directory / CASES, entry, question)
    _write(directory / TAUGHT, text)
    _write(directory / CASES, cases)
    return entry


def _with_case(path: Path, entry: str, question: str) -> str:
    lines = [
        "",
        f"- id: {entry}",
        "  turns:",
        f"    - ask: {_quoted(question)}",
        "      kind: [faq]",
        f'      sources: ["faq:{entry}"]',
    ]
    text = _ended(_read(path) or _CASES_HEADER) + "\n".join(lines) + "\n"
    check = Check(CASES)
    read_questions(text, check)
    if check.has_errors():
        raise ConfigurationError(f"{path} cannot be added to: {_why(check)}")
    return text


def _numbers(text: str) -> list[str]:
    ids = (line.removeprefix(f"- id: {PREFIX}") for line in text.splitlines() if line.startswith(f"- id: {PREFIX}"))
    return [each for each in ids if each.isascii() and each.isdecimal()]


def _read(path: Path) -> str:
    check = Check(path.name)
    text = read_file(path, check, longest=LONGEST_TEXT)
    if check.has_errors():
        raise ConfigurationError(f"{path} cannot be read: {_why(check)}")
    return text or ""


def _write(path: Path, text: str) -> None:
    aside = path.with_name(f".{path.name}.new")
    try:
        aside.write_text(text, encoding="utf-8")
        os.replace(aside, path)  # noqa: PTH105 - readers see the old file or the new one, never half of it
    except OSError as fault:
        raise ConfigurationError(f"{path} cannot be written ({fault.strerror})") from fault


def _why(check: Check) -> str:
    return next((str(problem) for problem in check.problems), "it is no list")


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
