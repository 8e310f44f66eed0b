"""Draft: a `faq.yaml` begun from questions that the bot could not answer."""

import json
from collections.abc import Iterable, Sequence

from bot.domain.gaps import Gap
from bot.domain.knowledge import LONGEST_LABEL
from bot.knowledge.pack.names import LONGEST_FAQ_ID, Names, slug

MOST_QUESTIONS = 12
_LONGEST_QUESTION = 200
_HEADER = """\
# A draft of FAQ entries, made of what people asked and the bot could not answer.
#
# For each entry: write the answer, put a short clear question first (it is shown on buttons, up to 40 characters),
# remove what does not belong. Then move the entries into faq.yaml of your pack and run: klubok pack check DIR
# (it says which answers are still empty).
"""


def draft_faq(gaps: Iterable[Gap], *, taken: Iterable[str]) -> str:
    """Write an entry for each gap; ids differ from each other and from those `taken`."""
    names = Names(LONGEST_FAQ_ID)
    for name in taken:
        names.take(name)
    return _HEADER + "".join(_entry(gap, names) for gap in gaps)


def _entry(gap: Gap, names: Names) -> str:
    questions = _questions(gap)
    troubles = ", ".join(f"{trouble} {count}" for trouble, count in gap.troubles.most_common())
    lines = [
        "",
        f"# gap {gap.id}: asked {gap.count}× ({troubles}), last on {gap.last_at:%Y-%m-%d}",
        f"- id: {names.take(slug(questions[0], longest=LONGEST_LABEL) or f'gap-{gap.id}')}",
        "  questions:",
        *(f"    - {json.dumps(question, ensure_ascii=False)}" for question in questions),
        '  answer: ""  # write it',
        "",
    ]
    return "\n".join(lines)


def _questions(gap: Gap) -> Sequence[str]:
    """The commonest wordings; a short one first where there is one, for the button."""
    wordings = [" ".join(text.split())[:_LONGEST_QUESTION] for text in gap.wordings[:MOST_QUESTIONS]]
    short = next((text for text in wordings if len(text) <= LONGEST_LABEL), wordings[0])
    return list(dict.fromkeys([short, *wordings]))
