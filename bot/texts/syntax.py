"""What a `.ftl` file says about itself: its entries, the values they need, its mistakes; wraps fluent.syntax."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fluent.syntax import ast, parse

from bot.domain.problems import Problem, error

_FUNCTIONS = frozenset({"NUMBER", "DATETIME"})  # the builtins of fluent.runtime


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A choice between variants. `variable` is None where no variable is chosen by; `default` is one of `variants`."""

    variable: str | None
    variants: frozenset[str]
    default: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A message, or a term (its key starts with ``-``). Mappings are by name, to the first line that uses it.

    `shown` are the variables that are put into the text, `variables` those that are chosen by as well; neither holds
    the variables of `references`, which are keys of other entries, with ``.attribute`` where one is meant.
    """

    key: str
    line: int
    has_text: bool
    shown: frozenset[str]
    variables: Mapping[str, int]
    references: Mapping[str, int]
    functions: Mapping[str, int]
    choices: tuple[Choice, ...]
    attributes: frozenset[str]

    @property
    def is_term(self) -> bool:
        """Whether only other entries can use it."""
        return self.key.startswith("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """One file as parsed. `name` is for people; `problems` are its syntax errors; `resource` feeds fluent.runtime."""

    name: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    resource: ast.Resource


def unreadable(name: str, problem: Problem) -> TextFile:
    """Stand in for a file that could not be read."""
    return TextFile(name=name, entries=(), problems=(problem,), resource=ast.Resource())


def parse_texts(source: str, *, name: str) -> TextFile:
    """Parse the content of one file, line ends as ``\\n``. Never raises: mistakes become problems."""
    resource = parse(source)
    entries: list[Entry] = []
    problems: list[Problem] = []
    for node in resource.body:
        if isinstance(node, ast.Junk):
            problems.extend(_mistakes(node, source, name))
        elif isinstance(node, ast.Message | ast.Term):
            entries.append(_read_entry(node, source))
    return TextFile(name=name, entries=tuple(entries), problems=tuple(problems), resource=resource)


def unknown_functions(entry: Entry) -> Mapping[str, int]:
    """Return the functions that `entry` calls and nobody has, with their lines."""
    return {function: line for function, line in entry.functions.items() if function not in _FUNCTIONS}


def _mistakes(junk: ast.Junk, source: str, name: str) -> Iterator[Problem]:
    begin, _ = _span(junk)
    last = begin + len((junk.content or "").rstrip()) - 1  # what is missing is reported past the end
    for annotation in junk.annotations:
        at, _ = _span(annotation)
        line = _line(source, max(begin, min(at, last)))
        yield error("text-syntax", f"cannot be read: {annotation.message}", file=name, line=line)


def _read_entry(node: ast.Message | ast.Term, source: str) -> Entry:
    nodes = list(_walk(node))
    variables = [found for found in nodes if isinstance(found, ast.VariableReference)]
    choices = [found for found in nodes if isinstance(found, ast.SelectExpression)]
    chosen_by = {id(inner) for choice in choices for inner in _walk(choice.selector)}
    return Entry(
        key=f"-{node.id.name}" if isinstance(node, ast.Term) else node.id.name,
        line=_line(source, _span(node.id)[0]),
        has_text=node.value is not None,
        shown=frozenset(found.id.name for found in variables if id(found) not in chosen_by),
        variables=_lines(((found.id.name, found) for found in variables), source),
        references=_lines(_references(nodes), source),
        functions=_lines(
            ((found.id.name, found) for found in nodes if isinstance(found, ast.FunctionReference)), source
        ),
        choices=tuple(_read_choice(choice, source) for choice in choices),
        attributes=frozenset(attribute.id.name for attribute in node.attributes),
    )


def _read_choice(node: ast.SelectExpression, source: str) -> Choice:
    names = {id(variant): _variant_name(variant) for variant in node.variants}
    chosen_by = [found.id.name for found in _walk(node.selector) if isinstance(found, ast.VariableReference)]
    return Choice(
        variable=chosen_by[0] if chosen_by else None,
        variants=frozenset(names.values()),
        default=next(names[id(variant)] for variant in node.variants if variant.default),
        line=_line(source, _span(node)[0]),
    )


def _variant_name(variant: ast.Variant) -> str:
    return variant.key.name if isinstance(variant.key, ast.Identifier) else variant.key.value


def _references(nodes: Iterable[ast.BaseNode]) -> Iterator[tuple[str, ast.SyntaxNode]]:
    for node in nodes:
        if isinstance(node, ast.MessageReference | ast.TermReference):
            sigil = "-" if isinstance(node, ast.TermReference) else ""
            attribute = f".{node.attribute.name}" if node.attribute else ""
            yield f"{sigil}{node.id.name}{attribute}", node


def _lines(named: Iterable[tuple[str, ast.SyntaxNode]], source: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, node in named:
        found.setdefault(name, _line(source, _span(node)[0]))
    return found


def _walk(value: object) -> Iterator[ast.BaseNode]:
    if isinstance(value, list):
        for child in value:
            yield from _walk(child)
    elif isinstance(value, ast.BaseNode):
        yield value
        for child in vars(value).values():
            yield from _walk(child)


def _span(node: ast.SyntaxNode) -> tuple[int, int]:
    return (node.span.start, node.span.end) if node.span else (0, 0)


def _line(source: str, offset: int) -> int:
    return source.count("\n", 0, offset) + 1
