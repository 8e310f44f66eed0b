"""articles/*.md: titles, sections and front matter."""

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.actions import LONGEST_PAYLOAD, Action
from bot.domain.knowledge import Article
from bot.knowledge.pack.articles import read_article
from bot.knowledge.pack.check import Check
from tests.unit.knowledge.pack.noted import noted

FULL = """\
---
applies_to: [123, gh2]
---
# Уход за **объективом**

Введение.

## Как почистить стекло?
Дуньте.
### Подробно
Ещё раз.
## Хранение {#storage}

```
# not a title
## not a section
```
"""


def read(text: str, stem: str = "lens-care", known_ids: Collection[str] = ()) -> tuple[Article | None, list[str]]:
    check = Check("articles/x.md")
    return read_article(text, check, stem=stem, known_ids=known_ids), noted(check)


def test_an_article_is_divided_into_passages() -> None:
    article, problems = read(FULL)
    assert problems == []
    assert article is not None
    assert (article.id, article.title, article.applies_to) == ("lens-care", "Уход за объективом", ("123", "gh2"))
    assert [(passage.section_id, passage.section_title, passage.text) for passage in article.passages] == [
        ("", "", "Введение."),
        ("kak-pochistit-steklo", "Как почистить стекло?", "Дуньте.\nПодробно\nЕщё раз."),
        ("storage", "Хранение", "# not a title\n## not a section"),
    ]
    assert {passage.applies_to for passage in article.passages} == {("123", "gh2")}


def test_equal_headings_get_different_ids() -> None:
    article, _ = read("# T\n## Советы\na\n## Советы\nb\n## ???\nc")
    assert article is not None
    assert [passage.section_id for passage in article.passages] == ["sovety", "sovety-2", "section-3"]


def test_long_headings_get_short_ids() -> None:
    article, _ = read(f"# T\n## {'щука ' * 30}\na\n## {'щука ' * 30}\nb")
    assert article is not None
    assert [passage.section_id for passage in article.passages] == [
        "schuka-schuka-schuka-schuka",
        "schuka-schuka-schuka-schu-2",
    ]


def test_sections_of_a_long_name_fit_a_button() -> None:
    section = "\n## " + "щ" * 99 + "\na"
    article, problems = read("# T\na" + section * 120, stem="a" * 40)
    assert article is not None
    assert problems == ["None warning bad-id"]
    payloads = [Action("ask.article", (each.article_id, each.section_id)).encode() for each in article.passages]
    assert len(set(payloads)) == 121
    assert max(map(len, payloads)) == LONGEST_PAYLOAD


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Text only", "1 warning no-title"),
        ("# T", "1 warning empty-article"),
        ("", "1 warning empty-article"),
        ("# T\na\n# U\nb", "3 warning second-title"),
        ("# T\na\n\n## B\n\n## C\nd", "4 warning empty-section"),
        ("# T\n## A {#b c}\nd", "2 error bad-id"),
        (f"# T\n## A {{#{'b' * 28}}}\nd", "2 error bad-id"),
        ("# T\n## A {#b}\nd\n## C {#b}\ne", "4 error repeated-id"),
        ("---\napplies_to: [1]\n# T\na", "1 error bad-front-matter"),
        ("---\njust text\n---\n# T\na", "2 error bad-front-matter"),
        ("---\n\napplies_to: [1\n---\n# T\na", "3 error bad-yaml"),
        ("---\n\naplies_to: [1]\n---\n# T\na", "3 warning unknown-key"),
        ("---\napplies_to: {a: b}\n---\n# T\na", "2 error not-a-list"),
        ("---\napplies_to:\n  - 1\n  - 2\n---\n# T\na", "4 warning unknown-id"),
        ("---\napplies_to: [1]\n---\nno title", "4 warning no-title"),
        (f"# T\n## A\n{'long ' * 4000}", "2 warning too-long"),
    ],
)
def test_a_problem_has_its_line(text: str, problem: str) -> None:
    article, problems = read(text, known_ids={"1"})
    assert problem in problems
    assert (article is None) == any("error" in found for found in problems)


def test_a_cyrillic_file_name_becomes_an_id() -> None:
    article, problems = read("# T\na", stem="Уход за линзами")
    assert article is not None
    assert (article.id, problems) == ("uhod-za-linzami", ["None warning bad-id"])


def test_a_file_name_without_letters_is_refused() -> None:
    article, problems = read("# T\na", stem="???")
    assert (article, problems) == (None, ["None error bad-id"])


def test_a_comment_is_not_part_of_the_text() -> None:
    article, problems = read("# T\n<!--\n## Hidden\n-->\na\n\n## B {#b}\nc\n## C")
    assert article is not None
    assert [passage.section_id for passage in article.passages] == ["", "b"]
    assert problems == ["9 warning empty-section"]


@given(st.text(max_size=100), st.text(max_size=10))
def test_nothing_written_makes_the_reader_fail(text: str, stem: str) -> None:
    read(text, stem)
    read(FULL + text, stem)
    read(f"---\n{text}\n---\n# {text}\n## {text}\n{text}")
