"""Question files: conversations with the answers that would be right, read and checked."""

from collections.abc import Sequence

from bot.domain.answer import AnswerKind, parse_source
from bot.domain.evaluation import Asked, Case, Expected
from bot.domain.problems import Severity
from bot.knowledge.pack.check import Check, hint, listed
from bot.knowledge.pack.notation.fields import Fields
from bot.knowledge.pack.notation.tree import Leaf, Row, Table, describe
from bot.knowledge.pack.notation.values import read_text
from bot.knowledge.pack.notation.yaml_tree import read_yaml

LONGEST_CASE_ID = 80
_KINDS = tuple(str(kind) for kind in AnswerKind)


def read_questions(text: str, check: Check) -> Sequence[Case]:
    """Read a question file: cases in the order written, those with errors left out."""
    root = read_yaml(text, check)
    if not isinstance(root, Row):
        if root is not None:
            check.error("not-a-list", f"is {describe(root)}; write a list of cases, each begun by “- id:”", root.line)
        return ()
    cases: dict[str, Case] = {}
    for item in root.items:
        if not isinstance(item, Table):
            check.error("not-a-case", f"a case is {describe(item)}; begin it by “- id:”", item.line)
            continue
        case = _read_case(Fields(item, check, owner="case"))
        if case is not None and case.id in cases:
            check.error("repeated-id", f"the id {case.id} stands twice; name each case once", item.line)
        elif case is not None:
            cases[case.id] = case
    return tuple(cases.values())


def _read_case(fields: Fields) -> Case | None:
    errors = _count_errors(fields.check)
    case_id = fields.id(longest=LONGEST_CASE_ID)
    fields.owner = f"case {case_id}" if case_id else fields.owner
    turns = tuple(_read_turn(table) for table in fields.children("turns"))
    if not turns:
        fields.check.error("missing", f"{fields.name('turns')} is missing; write “- ask: …”", fields.line("turns"))
    elif turns[-1].expected is None:
        fields.check.error("missing", f"{fields.name('turns')}: the last turn needs a kind", fields.line("turns"))
    fields.finish()
    return Case(id=case_id, turns=turns) if _count_errors(fields.check) == errors else None


def _read_turn(fields: Fields) -> Asked:
    text = fields.required("ask")
    kinds = tuple(kind for name in _one_or_more(fields, "kind") if (kind := _kind(name, fields)) is not None)
    expected = Expected(kinds=kinds, sources=_sources(fields), texts=_one_or_more(fields, "text"))
    fields.finish()
    return Asked(text=text, expected=expected if kinds else None)


def _one_or_more(fields: Fields, key: str) -> tuple[str, ...]:
    node = fields.node(key)
    if isinstance(node, Leaf):
        text = read_text(node, fields.name(key), fields.check, may_be_bare=True)
        return (text,) if text else ()
    return fields.texts(key, may_be_bare=True)


def _count_errors(check: Check) -> int:
    return sum(1 for problem in check.problems if problem.severity is Severity.ERROR)


def _kind(name: str, fields: Fields) -> AnswerKind | None:
    if name in _KINDS:
        return AnswerKind(name)
    fields.check.error(
        "bad-kind", f"{name!r} is no kind of answer: {listed(_KINDS)}{hint(name, _KINDS)}", fields.line("kind")
    )
    return None


def _sources(fields: Fields) -> tuple[str, ...]:
    sources = fields.texts("sources")
    for source in sources:
        if parse_source(source) is None:
            fields.check.error(
                "bad-source", f"{source!r} is no source: write faq:…, offer:… or article:…", fields.line("sources")
            )
    return sources
