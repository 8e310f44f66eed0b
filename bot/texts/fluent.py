"""FluentTranslator: what the bot says, from `.ftl` files, ours and the pack's."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from bot.domain.errors import ConfigurationError, PackError
from bot.domain.problems import Problem, Severity
from bot.domain.replies import Phrase
from bot.domain.text import fold
from bot.texts.check import check_language, check_override_texts
from bot.texts.files import Fingerprint, locales_directory, read_texts, take_fingerprint
from bot.texts.sentences import Sentences

_log = logging.getLogger(__name__)

Params: TypeAlias = tuple[tuple[str, str | int], ...]

LAST_RESORT = "error-text"
"""Key of the sentence said instead of one that cannot be."""

_SPEECHLESS = "…"
_REMEMBERED = 8192  # results; a few megabytes at most
_REPORTED = 3  # errors in one line of the log; `klubok pack check` shows all


class FluentTranslator:
    """A `Translator` over files. Thread-safe.

    A sentence that is missing or cannot be filled in is looked for in our own texts, in the default language, in any
    other one, and is at last replaced by a neutral one; with `is_strict` it raises ValueError instead (a mistake of
    the programmer).
    """

    def __init__(
        self,
        languages: Sequence[str] = ("ru", "en"),
        *,
        directory: Path | None = None,
        overrides: Path | None = None,
        is_strict: bool = False,
    ) -> None:
        """Load our texts from `directory` (the shipped ones) and those of a pack from `overrides`, its `locales/`.

        `languages` are the brand's, the default first; those without texts are left out.

        Raises:
            ConfigurationError: none of the languages has texts, or ours cannot be used.
            PackError: the pack's texts cannot be used.
        """
        self._directory = directory or locales_directory()
        self._overrides = overrides
        self._is_strict = is_strict
        self._lock = Lock()
        self._fingerprint = self._look()
        self._loaded = self._load()
        self._languages = _choose(languages, self._loaded.languages)

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages that can be spoken, the default first."""
        return self._languages

    def text(self, phrase: Phrase, language: str) -> str:
        """Fill the phrase in; a language we do not speak means the default one. Unescaped, never empty-handed."""
        chain = self._chain(language)
        if any(isinstance(value, str) for value in phrase.params.values()):  # endless, and may be personal
            return self._loaded.say(phrase.key, chain, tuple(phrase.params.items()))
        return self._loaded.say_again(phrase.key, chain, tuple(sorted(phrase.params.items())))

    def words(self, key: str) -> frozenset[str]:
        """Return a comma-separated list of words, folded, of all languages together, spoken by the brand or not."""
        return self._loaded.words(key)

    def refresh(self) -> bool:
        """Load the texts again if any file changed; return whether they were replaced. Reads the disk.

        Texts with errors are not taken: the old ones stay, and the log says what is wrong and where, once.
        """
        with self._lock:
            fingerprint = self._look()
            if fingerprint == self._fingerprint:
                return False
            self._fingerprint = fingerprint
            try:
                self._loaded = self._load(needed=self._languages)
            except ConfigurationError as failure:
                _log.warning("texts.kept error=%s", failure)
                return False
            _log.info("texts.reloaded files=%d", len(fingerprint))
            return True

    def _look(self) -> Fingerprint:
        return take_fingerprint(self._directory, *([self._overrides] if self._overrides else []))

    def _load(self, needed: Sequence[str] = ()) -> "_Loaded":
        loaded = _Loaded(_load_sentences(self._directory, self._overrides), is_strict=self._is_strict)
        if gone := [language for language in needed if language not in loaded.languages]:
            raise ConfigurationError(f"{self._directory} has no texts in {', '.join(gone)} any more")
        return loaded

    def _chain(self, language: str) -> tuple[str, ...]:
        code = language if language in self._languages else language.replace("_", "-").split("-")[0].lower()
        first = code if code in self._languages else self._languages[0]
        return (first, *self._languages)


class _Loaded:
    """The texts of one moment and what was said from them, dropped together."""

    def __init__(self, sentences: Mapping[str, tuple[Sentences, ...]], *, is_strict: bool) -> None:
        self._sentences = sentences
        self._is_strict = is_strict
        self._complained: set[tuple[str, str]] = set()
        self.languages = tuple(sentences)
        self.say_again = lru_cache(_REMEMBERED)(self.say)
        self.words = lru_cache(_REMEMBERED)(self._list_words)

    def say(self, key: str, chain: tuple[str, ...], params: Params) -> str:
        """Say it in the first language of `chain`, or any other, that can."""
        for text in self._attempts(key, tuple(dict.fromkeys((*chain, *self.languages))), dict(params)):
            return text
        return self.say_again(LAST_RESORT, chain, ()) if key != LAST_RESORT else _SPEECHLESS

    def _list_words(self, key: str) -> frozenset[str]:
        lists = (next(self._attempts(key, (language,), {}), "") for language in self.languages)
        return frozenset(filter(None, (fold(word) for words in lists for word in words.split(","))))

    def _attempts(self, key: str, languages: Sequence[str], params: Mapping[str, str | int]) -> Iterator[str]:
        for language in languages:
            for sentences in self._sentences[language]:
                if not sentences.has(key):
                    self._complain(key, language)
                    continue
                text, faults = sentences.fill(key, params)
                if not faults:
                    yield text
                else:
                    self._complain(key, language, "; ".join(faults))

    def _complain(self, key: str, language: str, faults: str = "") -> None:
        if self._is_strict:
            raise ValueError(f"text {key!r} in {language!r}: {faults or 'there is none'}")
        if (key, language) in self._complained:
            return
        self._complained.add((key, language))
        if faults:
            _log.warning("texts.unfit key=%s language=%s faults=%s", key, language, faults)
        else:
            _log.warning("texts.missing key=%s language=%s", key, language)


def _choose(wanted: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    for language in wanted:
        if language not in known:
            _log.warning("texts.language_unknown language=%s known=%s", language, ",".join(known))
    spoken = tuple(language for language in wanted if language in known)
    if not spoken:
        raise ConfigurationError(f"languages: there are texts in {', '.join(known)} only, not in {', '.join(wanted)}")
    return spoken


def _load_sentences(directory: Path, overrides: Path | None) -> dict[str, tuple[Sentences, ...]]:
    """Read the texts by language, the preferred first: with the pack's on top, then ours alone."""
    ours = read_texts(directory)
    theirs = read_texts(overrides) if overrides else {}
    _demand_sound(problem for language, files in ours.items() for problem in check_language(language, files))
    _demand_sound(check_override_texts(theirs, ours), of_pack=True)
    loaded: dict[str, tuple[Sentences, ...]] = {}
    for language, files in ours.items():
        own = Sentences(language, files)
        on_top = theirs.get(language, ())
        loaded[language] = (Sentences(language, (*files, *on_top)), own) if on_top else (own,)
    return loaded


def _demand_sound(problems: Iterable[Problem], *, of_pack: bool = False) -> None:
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        shown = "; ".join(map(str, errors[:_REPORTED]))
        message = f"{len(errors)} errors in the {'texts of the pack' if of_pack else 'texts of the bot'}: {shown}"
        raise PackError(message, errors) if of_pack else ConfigurationError(message)
