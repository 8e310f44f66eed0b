"""Which language somebody writes in, told from their own words."""

import re
from collections.abc import Sequence

from bot.domain.conversation import Conversation, LanguageOrigin
from bot.domain.receipts.code import is_receipt_code
from bot.domain.text import words

_CYRILLIC = re.compile(r"[а-яё]")
_LATIN = re.compile(r"[a-z]")
_NUMBERED = re.compile(r"\S*\d\S*")
"""The number of an order, a model, a serial number: its letters are no words."""
_ENGLISH_WORDS = """
    a about am an and any are at be buy can could do does for from get give have hello help hey hi how i in is it long
    me much my of on or order please return shipping show tell thank thanks that the there this to want was what when
    where which who why will with work would yes you your
"""
_ENGLISH_FUNCTION_WORDS = frozenset(_ENGLISH_WORDS.split())
_ORIGINS = tuple(LanguageOrigin)


def detect(text: str) -> str | None:
    """Tell ``ru`` or ``en``, or None when the words could be of either: a model name, the wrong keyboard layout, the
    code of a receipt.

    Cyrillic words outnumbering Latin ones mean Russian; Latin ones mean English only with a function word among them
    that is no part of a number.
    """
    if is_receipt_code(text):
        return None
    found = words(text)
    cyrillic = sum(1 for word in found if _CYRILLIC.search(word))
    latin = [word for word in found if _LATIN.search(word)]
    if cyrillic and cyrillic >= len(latin):
        return "ru"
    if latin and not _ENGLISH_FUNCTION_WORDS.isdisjoint(words(_NUMBERED.sub(" ", text))):
        return "en"
    return "ru" if cyrillic else None


def hear(conversation: Conversation, *, text: str, hint: str | None, languages: Sequence[str]) -> None:
    """Follow the person's language, unless they chose one. `hint` is the platform's word, good for the first turn."""
    _follow(conversation, detect(text), LanguageOrigin.DETECTED, languages)
    _follow(conversation, (hint or "").partition("-")[0].lower(), LanguageOrigin.PLATFORM, languages)


def _follow(conversation: Conversation, language: str | None, origin: LanguageOrigin, languages: Sequence[str]) -> None:
    if language and language in languages and _ORIGINS.index(origin) >= _ORIGINS.index(conversation.language_origin):
        conversation.language = language
        conversation.language_origin = origin
