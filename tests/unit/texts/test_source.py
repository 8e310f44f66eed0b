"""The collector finds what is planted, and nothing else."""

import pytest

from tests.unit.texts.source import PhraseCall, Source


def test_phrases_are_found_with_their_values() -> None:
    code = """
Phrase("plain")
replies.Phrase(key="named", params={"a": 1, "b": b})
Phrase("one" if a else "two", {"c": 1})
Phrase("open", {**rest, "d": 1})
Phrase("given", params)
Phrase(variable)
Phrase(KEYS["not-this"])
"""
    assert Source(code).phrases() == [
        PhraseCall(key="plain", params=frozenset(), line=2),
        PhraseCall(key="named", params=frozenset({"a", "b"}), line=3),
        PhraseCall(key="one", params=frozenset({"c"}), line=4),
        PhraseCall(key="two", params=frozenset({"c"}), line=4),
        PhraseCall(key="open", params=None, line=5),
        PhraseCall(key="given", params=None, line=6),
    ]


@pytest.mark.parametrize(
    "code", ['Phrase(f"error-{kind}")', 'Phrase("error-" + kind)', 'Phrase(a or "error-%s" % kind)']
)
def test_a_key_put_together_is_found(code: str) -> None:
    assert len(Source(code).composed_keys()) == 1


def test_whole_keys_are_not_put_together() -> None:
    assert Source('Phrase("a"); Phrase(key); Phrase(keys[f"{x}"]); other(f"{x}")').composed_keys() == []


@pytest.mark.parametrize(
    "code",
    [
        'Text("Hello")',
        'Text(value="Hello")',
        'Text(f"Price: {price}")',
        'Text("Price: " + price)',
        'Text("Price: {}".format(price))',
        'Text(name or "Nameless")',
        'Text("Привет") if a else b',
        'replies.Text("Hello")',
        'from bot.domain.replies import Text\nText("Hello")',
    ],
)
def test_a_sentence_is_found(code: str) -> None:
    assert len(Source(code).sentences()) == 1


@pytest.mark.parametrize(
    "code",
    [
        "Text(offer.name)",
        'Text(f"{name}: {value}")',
        'Text("—")',
        'Text(answer("ru"))',
        'Text(names["ru"])',
        'from rich.text import Text\nText("Hello")',
        'print("Hello")',
    ],
)
def test_the_brands_own_words_are_no_sentence(code: str) -> None:
    assert Source(code).sentences() == []


@pytest.mark.parametrize("code", ['a = "Привет"', 'a = f"{b} баллов"', 'a = {"да": 1}', 'say("[Привет]")', 'a = "яё"'])
def test_russian_is_found(code: str) -> None:
    assert len(Source(code).cyrillic_words()) == 1


@pytest.mark.parametrize(
    "code",
    [
        '"""Документация."""',
        'def f() -> None:\n    """Документация."""',
        'A = 1\n"""Документация."""',
        "# Пояснение\na = 1",
        'a = "[а-яё]+|[^А-ЯЁa-z]"',
        'a = "ё".replace("ё", "е")',
        'a = "Hello, world"',
    ],
)
def test_letters_and_documentation_are_not_russian(code: str) -> None:
    assert Source(code).cyrillic_words() == []


def test_literals_are_all_strings_but_documentation() -> None:
    code = '"""Doc."""\nkey = "a"\ndef f(x="b"):\n    """Doc."""\n    return {"c": f"d{x}", 1: b"e"}\n'
    assert {(found.value, found.line) for found in Source(code).literals()} == {("a", 2), ("b", 3), ("c", 5), ("d", 5)}
