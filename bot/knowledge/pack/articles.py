"""Articles: one `articles/*.md` read and checked."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.knowledge import Article, Passage
from bot.knowledge.pack.check import Check
from bot.knowledge.pack.markdown import fence_of, inline, next_code, plain, without_comments
from bot.knowledge.pack.names import LONGEST_ARTICLE_ID, LONGEST_SECTION_ID, Names, id_rule, is_id, slug
from bot.knowledge.pack.notation.fields import Fields
from bot.knowledge.pack.notation.tree import Table
from bot.knowledge.pack.notation.values import shorten
from bot.knowledge.pack.notation.yaml_tree import read_yaml

_MARKS = ("---",)


@dataclass(slots=True)
class _Section:
    """A part of an article as it stands in the file; the first has no heading."""

    heading: str
    line: int
    lines: list[str] = field(default_factory=list)


def read_article(text: str, check: Check, *, stem: str, known_ids: Collection[str] = ()) -> Article | None:
    """Read one article, its id made of the file's name without its ending; None when it has errors.

    `known_ids` are of offers and categories; when there are any, `applies_to` is checked against them.
    """
    lines = text.split("\n")
    article_id = _article_id(stem, check)
    body, applies_to = _front_matter(lines, check, known_ids)
    title, sections = _divide(without_comments("\n".join(lines[body:])).split("\n"), body + 1, check)
    title = title or _missing_title(stem, check, body + 1)
    passages = _passages(sections, check, Article(id=article_id, title=title, applies_to=applies_to))
    if not passages and not check.has_errors():
        check.warn("empty-article", "has no text; write some under the title, or remove the file", body + 1)
    if check.has_errors():
        return None
    return Article(id=article_id, title=title, passages=passages, applies_to=applies_to)


def _article_id(stem: str, check: Check) -> str:
    if is_id(stem, longest=LONGEST_ARTICLE_ID):
        return stem
    made, rule = slug(stem, longest=LONGEST_ARTICLE_ID), id_rule(LONGEST_ARTICLE_ID)
    if made:
        check.warn("bad-id", f"the file name makes no id ({rule}); “{made}” is used, rename the file to {made}.md")
    else:
        check.error("bad-id", f"the file name makes no id; rename the file: {rule}")
    return made


def _front_matter(lines: Sequence[str], check: Check, known_ids: Collection[str]) -> tuple[int, tuple[str, ...]]:
    """Return the index of the first line of the text, and what the article applies to."""
    if lines[0].rstrip() not in _MARKS:
        return 0, ()
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() in _MARKS), None)
    if end is None:
        check.error("bad-front-matter", "the front matter has no end; close it by a line of ---", 1)
        return len(lines), ()
    node = read_yaml("\n".join(lines[1:end]), check, first_line=2)
    if node is None:
        return end + 1, ()
    if not isinstance(node, Table):
        check.error("bad-front-matter", "the front matter must be keys such as applies_to: [123]", node.line)
        return end + 1, ()
    fields = Fields(node, check)
    found = fields.texts_with_lines("applies_to", may_be_bare=True)
    fields.finish()
    for name, line in found:
        if known_ids and name not in known_ids:
            check.warn("unknown-id", f"applies_to: {name[:60]} is neither an offer nor a category", line)
    return end + 1, tuple(dict.fromkeys(name for name, _ in found))


def _divide(lines: Sequence[str], first_line: int, check: Check) -> tuple[str, list[_Section]]:
    """Return the title and the sections, the one without a heading first."""
    title = ""
    sections = [_Section("", first_line)]
    for number, line, is_code in _with_code(lines, first_line):
        if not is_code and line.startswith("# "):
            if not title and len(sections) == 1:
                title = inline(line[2:].rstrip("# \t"))
                continue
            check.warn("second-title", "a second # title; taken as a section, write ## instead", number)
            sections.append(_Section(line[2:], number))
        elif not is_code and line.startswith("## "):
            sections.append(_Section(line[3:], number))
        else:
            sections[-1].lines.append(line)
    return title, sections


def _with_code(lines: Sequence[str], first_line: int) -> Iterator[tuple[int, str, bool]]:
    code = ""
    for number, line in enumerate(lines, first_line):
        fence = fence_of(line)
        yield number, line, bool(code or fence)
        if code or fence:
            code = next_code(code, fence)


def _missing_title(stem: str, check: Check, line: int) -> str:
    check.warn("no-title", "has no title; begin the text by “# Title” (the file name is shown instead)", line)
    return stem


def _passages(sections: Sequence[_Section], check: Check, article: Article) -> tuple[Passage, ...]:
    passages: list[Passage] = []
    names = Names(LONGEST_SECTION_ID)
    for number, section in enumerate(sections):
        title, section_id = _name(section, number, check, names) if number else ("", "")
        text = shorten(plain(section.lines), f"section “{title[:60]}”", check, section.line)
        if not text:
            if number:
                check.warn("empty-section", f"section “{title[:60]}” has no text; skipped", section.line)
            continue
        passages.append(
            Passage(
                article_id=article.id,
                article_title=article.title,
                section_id=section_id,
                section_title=title,
                text=text,
                applies_to=article.applies_to,
            )
        )
    return tuple(passages)


def _name(section: _Section, number: int, check: Check, names: Names) -> tuple[str, str]:
    """Return the title and the id of a section: the id it gives itself, or one made of its title."""
    heading = section.heading.rstrip("# \t")
    words, _, rest = heading.partition("{#")
    if not rest.endswith("}"):
        title = inline(heading)
        return title, names.take(slug(title, longest=LONGEST_SECTION_ID) or f"section-{number}")
    title, own = inline(words), rest[:-1].strip()
    if not is_id(own, longest=LONGEST_SECTION_ID):
        text = f"section “{title[:60]}”: {own[:60]!r} is no id: {id_rule(LONGEST_SECTION_ID)}"
        check.error("bad-id", text, section.line)
    elif own in names:
        check.error("repeated-id", f"section “{title[:60]}”: the id {own} is already used above", section.line)
    names.take(own)
    return title, own
