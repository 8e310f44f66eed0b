"""What Python source says to people: the keys it uses, and sentences that should not be there."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.text import has_letters

_REPLIES = "bot.domain.replies"
_RANGES = re.compile(r"\[[^\]\s]*\w-\w[^\]\s]*\]")  # classes of letters in a pattern: [а-яё]
_CYRILLIC_WORD = re.compile(r"[а-яё]{2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Literal:
    """A string in the code; docstrings are none."""

    value: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseCall:
    """A phrase made in the code. `params` are the names of its values, None where only running tells."""

    key: str
    params: frozenset[str] | None
    line: int


class Source:
    """One module."""

    def __init__(self, code: str) -> None:
        self._tree = ast.parse(code)
        self._elsewhere = {
            alias.asname or alias.name
            for node in ast.walk(self._tree)
            if isinstance(node, ast.ImportFrom) and node.module != _REPLIES
            for alias in node.names
        }

    def literals(self) -> list[Literal]:
        """All strings, parts of f-strings included; a string that stands alone is documentation."""
        alone = {id(node.value) for node in ast.walk(self._tree) if isinstance(node, ast.Expr)}
        return [Literal(*found) for node in ast.walk(self._tree) if id(node) not in alone for found in _string(node)]

    def cyrillic_words(self) -> list[Literal]:
        """Strings with Russian in them; single letters and ranges of letters are not."""
        return [found for found in self.literals() if _CYRILLIC_WORD.search(_RANGES.sub("", found.value))]

    def phrases(self) -> list[PhraseCall]:
        """Phrases with their keys written out; both where the code chooses between two."""
        return [
            PhraseCall(key=key, params=_params(call), line=call.lineno)
            for call in self._calls("Phrase")
            for part in _parts(_argument(call, 0, "key"))
            for key, _ in _string(part)
        ]

    def composed_keys(self) -> list[Literal]:
        """Keys put together from pieces: nothing can tell whether there is such a sentence."""
        pieces = (ast.JoinedStr, ast.BinOp)
        calls = [(call, _parts(_argument(call, 0, "key"))) for call in self._calls("Phrase")]
        return [
            Literal(ast.unparse(call), call.lineno)
            for call, parts in calls
            if any(isinstance(p, pieces) for p in parts)
        ]

    def sentences(self) -> list[Literal]:
        """Strings with letters that are shown as the brand's own words."""
        spoken = [part for call in self._calls("Text") for part in _parts(_argument(call, 0, "value"))]
        found = [Literal(*string) for part in spoken for node in _pieces(part) for string in _string(node)]
        return [literal for literal in found if has_letters(literal.value)]

    def _calls(self, name: str) -> Iterator[ast.Call]:
        if name in self._elsewhere:  # the same name of another library
            return
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Call) and _called(node) == name:
                yield node


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _argument(call: ast.Call, position: int, name: str) -> ast.expr | None:
    named = (keyword.value for keyword in call.keywords if keyword.arg == name)
    return call.args[position] if len(call.args) > position else next(named, None)


def _parts(node: ast.expr | None) -> list[ast.expr]:
    """Return the values that an expression chooses between."""
    match node:
        case None:
            return []
        case ast.IfExp(body=body, orelse=orelse):
            return [*_parts(body), *_parts(orelse)]
        case ast.BoolOp(values=values):
            return [part for value in values for part in _parts(value)]
        case _:
            return [node]


def _pieces(node: ast.expr) -> list[ast.expr]:
    """Return the strings that an expression is put together from."""
    match node:
        case ast.JoinedStr(values=values):
            return values
        case ast.BinOp(left=left, right=right):
            return [*_pieces(left), *_pieces(right)]
        case ast.Call(func=ast.Attribute(value=value)):  # "…".format(), "…".join()
            return _pieces(value)
        case _:
            return [node]


def _string(node: ast.AST) -> list[tuple[str, int]]:
    return [(node.value, node.lineno)] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def _params(call: ast.Call) -> frozenset[str] | None:
    match _argument(call, 1, "params"):
        case None:
            return frozenset() if all(keyword.arg for keyword in call.keywords) else None
        case ast.Dict(keys=keys):
            names = [name for key in keys if key is not None for name, _ in _string(key)]
            return frozenset(names) if len(names) == len(keys) else None
        case _:
            return None
