"""Thesaurus: `thesaurus.yaml` read and checked: concepts with the words people have for them."""

from bot.domain.knowledge import Concept
from bot.knowledge.pack.check import Check
from bot.knowledge.pack.notation.fields import Fields
from bot.knowledge.pack.notation.tree import Leaf, LeafKind, Row, Table, describe
from bot.knowledge.pack.notation.yaml_tree import read_yaml

_OWNER = "concept"
_LANGUAGES = ("ru", "en")


def read_thesaurus(text: str, check: Check) -> tuple[Concept, ...]:
    """Read concepts in order; one without words is left out. The id of one of ours adds words to it."""
    root = read_yaml(text, check)
    if root is None or (isinstance(root, Leaf) and root.kind is LeafKind.NOTHING):
        return ()
    if not isinstance(root, Row):
        check.error("not-a-list", f"is {describe(root)}; write a list of concepts, each begun by “- id:”", root.line)
        return ()
    concepts: list[Concept] = []
    for item in root.items:
        if isinstance(item, Table):
            concepts.extend(_read(Fields(item, check, owner=_OWNER)))
        else:
            check.error("not-a-concept", f"{_OWNER} is {describe(item)}; begin it by “- id:”", item.line)
    return tuple(concepts)


def _read(fields: Fields) -> tuple[Concept, ...]:
    id_ = fields.id()
    fields.owner = f"{_OWNER} {id_[:40]}" if id_ else _OWNER
    expressions = [text for language in _LANGUAGES for text in fields.texts(language)]
    fields.finish()
    if not expressions:
        fields.check.warn("empty-concept", f"{fields.owner} has no words in ru or en; skipped", fields.table.line)
        return ()
    return (Concept(id_, tuple(dict.fromkeys(expressions))),)
