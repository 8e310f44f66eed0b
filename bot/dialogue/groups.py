"""How we talk in groups: short, with more in private; personal matters only there."""

from dataclasses import replace

from bot.dialogue.deep_links import link_to, link_to_action
from bot.dialogue.turn import Outcome
from bot.domain.actions import Action
from bot.domain.answer import AnswerKind
from bot.domain.fitting import split
from bot.domain.replies import Button, Card, Link, Phrase, Private, Reply, Text

LONGEST_TEXT = 400
"""UTF-16 units of a text in a group: more than a phone shows at a glance pushes away what others said."""
MOST_LINES = 4
_MORE = Phrase("button-more-private")
_UNCHANGED = frozenset({AnswerKind.CLARIFY, AnswerKind.NOTICE})


def in_group(outcome: Outcome) -> Outcome:
    """Keep the first reply, short, with a way on in private."""
    return replace(outcome, replies=[_short(reply) for reply in outcome.replies[:1]])


def personal_matter(action: Action) -> Reply:
    """Say that this is nobody else's business; the button goes on with it in private."""
    button = Button(_MORE, Private(link_to_action(action)))
    return Reply(text=Phrase("group-personal"), buttons=((button,),))


def _short(reply: Reply) -> Reply:
    if reply.answer.kind in _UNCHANGED:
        return replace(reply, shelf=())
    links = tuple(row for row in (_links(row) for row in reply.buttons) if row)
    source = next(iter(reply.answer.sources), "")
    more = Button(_MORE, Private(link_to(source)))
    return replace(reply, text=_short_text(reply.text), buttons=(*links, (more,)), shelf=())


def _links(row: tuple[Button, ...]) -> tuple[Button, ...]:
    return tuple(button for button in row if isinstance(button.target, Link | Private))


def _short_text(text: Phrase | Text | Card) -> Phrase | Text | Card:
    match text:
        case Phrase():
            return text
        case Card():
            lines = [line if isinstance(line, Phrase) else _short_line(line) for line in text.lines[:MOST_LINES]]
            return replace(text, lines=tuple(lines))
        case Text():
            return _short_line(text)


def _short_line(text: Text) -> Text:
    first, *more = split(text.value, text.marks, limit=LONGEST_TEXT)
    value, marks = first
    return Text(value.rstrip() + "…", marks) if more else text
