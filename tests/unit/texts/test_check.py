"""Checks of texts that are given as strings."""

import pytest

from bot.domain.problems import Problem, Severity
from bot.texts.check import check_language, check_override_texts
from bot.texts.syntax import parse_texts

_POINTS = "points = { $n ->\n"


def _check(source: str, language: str = "ru") -> list[Problem]:
    return list(check_language(language, [parse_texts(source, name="locales/x/a.ftl")]))


@pytest.mark.parametrize(
    "source",
    [
        "a = А\n# note\nb = { a } { -t }\n-t = Т\n",
        f"{_POINTS}    [one] а\n    [few] б\n    [many] в\n   *[other] г\n}}\n",
        f"{_POINTS}    [0] пусто\n   *[other] Баллы: {{ $n }}\n}}\n",
        f"{_POINTS}    [0] пусто\n    [one] а\n    [few] б\n    [many] в\n   *[other] г\n}}\n",
        "a = { $kind ->\n    [faq] вопрос\n   *[other] другое\n}\n",
        'a = { -t(case: "genitive") }\n-t = { $case ->\n    [genitive] бренда\n   *[nominative] бренд\n}\n',
        "a = { NUMBER($n, useGrouping: 0) }\n",
    ],
)
def test_sound_texts_have_no_problems(source: str) -> None:
    assert _check(source) == []


@pytest.mark.parametrize(
    ("source", "kind", "line"),
    [
        ("a = { $b\n\nc = d\n", "text-syntax", 1),
        ("a = b\nПривет = c\n", "text-syntax", 2),
        (f"{_POINTS}    [one] а\n}}\n", "text-syntax", 3),
        ("a = b\n\n\na = c\n", "text-repeated", 4),
        ("a =\n    .title = b\n", "text-empty", 1),
        ("a = b\nc =\n    d\n    { e }\n", "text-reference", 4),
        ("a = { -t }\n", "text-reference", 1),
        ("a = { b.title }\nb = c\n", "text-reference", 1),
        ("a = { SUM($n) }\n", "text-function", 1),
        ("a = { a }\n", "text-circular", 1),
        ("-t = { $n } штук\n", "text-variable", 1),
        (f"a = b\n{_POINTS}    [one] а\n    [few] б\n   *[other] г\n}}\n", "text-plural", 2),
        (f"{_POINTS}    [one] а\n    [few] б\n   *[many] в\n}}\n", "text-plural", 1),
        (f"{_POINTS}    [one] а\n    [few] б\n    [other] г\n   *[many] в\n}}\n", "text-plural", 1),
    ],
)
def test_a_mistake_is_reported_with_its_line(source: str, kind: str, line: int) -> None:
    problems = _check(source)
    assert [(problem.kind, problem.line, problem.file) for problem in problems] == [(kind, line, "locales/x/a.ftl")]
    assert problems[0].severity is Severity.ERROR


def test_two_messages_in_a_circle_are_both_reported() -> None:
    assert [problem.kind for problem in _check("a = б { b }\nb = в { a }\nc = { a }\n")] == ["text-circular"] * 2


def test_a_plural_form_that_the_language_lacks_is_a_warning() -> None:
    problems = _check(f"{_POINTS}    [one] a\n    [few] b\n   *[other] c\n}}\n", "en")
    assert [(problem.kind, problem.severity) for problem in problems] == [("text-plural", Severity.WARNING)]
    assert "[few]" in problems[0].text


_OURS = {
    "ru": [parse_texts("-brand = Клубок\nhello = Привет, { $name }\nall = { hello }\nbye = Пока\n", name="ru/a.ftl")],
    "en": [parse_texts("-brand = Klubok\nhello = Hello, { $name }\nall = { hello }\nbye = Bye\n", name="en/a.ftl")],
}


def _override(source: str, language: str = "ru") -> list[Problem]:
    return list(check_override_texts({language: [parse_texts(source, name="locales/ru/own.ftl")]}, _OURS))


@pytest.mark.parametrize(
    "source",
    ["hello = Здравствуйте!\n", "all = { $name }\n", "-brand = Люменика\n", "bye = { sign }\nsign = — { -brand }\n"],
)
def test_an_override_may_say_less_and_refer_to_ours(source: str) -> None:
    assert _override(source) == []


@pytest.mark.parametrize(
    ("source", "kind", "line", "said"),
    [
        ("hello = Привет,\n    { $nam }\n", "text-variable", 2, "did you mean name?"),
        ("bye = Пока, { $name }\n", "text-variable", 1, "only no variables"),
        ("bye = { hello }\n", "text-variable", 1, "$name"),
        ("bye = { sign }\nsign = { $name }\n", "text-variable", 1, "$name"),
        ("hello = { -brnd }\n", "text-reference", 1, "did you mean -brand?"),
        ("\nhelo = Привет\n", "text-unknown", 2, "did you mean hello?"),
        ("-seal = Печать\n", "text-unknown", 1, "never said"),
    ],
)
def test_an_override_that_cannot_be_said_is_reported(source: str, kind: str, line: int, said: str) -> None:
    problems = _override(source)
    assert [(problem.kind, problem.line) for problem in problems] == [(kind, line)]
    assert said in problems[0].text
    assert (problems[0].severity is Severity.WARNING) == (kind == "text-unknown")


def test_a_language_we_do_not_have_is_a_warning() -> None:
    problems = _override("hello = Hallo", "de")
    assert [(problem.kind, problem.severity) for problem in problems] == [("text-language", Severity.WARNING)]
    assert problems[0].file == "locales/ru"
