"""Checks of texts: what translators and pack authors get wrong, with file and line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from bot.domain.problems import Problem, error, warning
from bot.texts.files import misplaced_files, read_texts, relative_name
from bot.texts.syntax import Choice, Entry, TextFile, unknown_functions

PLURALS: Mapping[str, frozenset[str]] = {
    "ru": frozenset({"one", "few", "many", "other"}),
    "en": frozenset({"one", "other"}),
}
"""Plural categories that a choice by number needs (CLDR), by language."""

_CATEGORIES = frozenset({"zero", "one", "two", "few", "many"})  # "other" is also the default of other choices


@dataclass(frozen=True, slots=True)
class Place:
    """An entry and the file it is in."""

    entry: Entry
    file: str


class Texts:
    """Everything one language says, by key; later files override earlier ones."""

    def __init__(self, files: Iterable[TextFile]) -> None:
        self._places = {entry.key: Place(entry, file.name) for file in files for entry in file.entries}

    @property
    def places(self) -> Mapping[str, Place]:
        """All entries, terms included."""
        return self._places

    @property
    def keys(self) -> frozenset[str]:
        """The keys of messages: what can be said."""
        return frozenset(key for key, place in self._places.items() if not place.entry.is_term)

    def variables(self, key: str) -> frozenset[str]:
        """Return what `key` has to be given: its own variables and those of the messages it refers to."""
        found = [self._places[name].entry for name in self.reach(key) if name in self._places]
        return frozenset(name for entry in found if not entry.is_term for name in entry.variables)

    def knows(self, reference: str) -> bool:
        """Whether there is the entry, or its attribute, that `reference` names."""
        key, _, attribute = reference.partition(".")
        if key not in self._places:
            return False
        entry = self._places[key].entry
        return attribute in entry.attributes if attribute else entry.has_text

    def is_circular(self, key: str) -> bool:
        """Whether saying `key` would never end."""
        return any(key in self.reach(name) for name in _targets(self._places[key].entry))

    def reach(self, key: str) -> set[str]:
        """Return `key` and all it refers to, terms included, known or not."""
        reached: set[str] = set()
        waiting = [key]
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting.extend(_targets(self._places[name].entry) if name in self._places else ())
        return reached


def check_locales(directory: Path) -> Sequence[Problem]:
    """Check a whole set of languages: each by itself, and that all say the same with the same variables."""
    read = read_texts(directory)
    problems = [problem for language, files in read.items() for problem in check_language(language, files)]
    return [*problems, *_compare_languages({language: Texts(files) for language, files in read.items()})]


def check_language(language: str, files: Sequence[TextFile], *, beneath: Sequence[TextFile] = ()) -> Iterator[Problem]:
    """Check `files` of one language; they may refer to what the files `beneath` have."""
    texts = Texts((*beneath, *files))
    first: dict[str, Place] = {}
    for file in files:
        yield from file.problems
        for entry in file.entries:
            yield from _check_entry(entry, texts, language, file.name)
            if (earlier := first.setdefault(entry.key, Place(entry, file.name))).entry is not entry:
                where = f"{earlier.file}:{earlier.entry.line}"
                yield error("text-repeated", f"{entry.key} is already in {where}", file=file.name, line=entry.line)


def check_overrides(directory: Path, *, base: Path) -> Sequence[Problem]:
    """Check a pack's `locales/` against ours in `base`; empty when there is no such directory.

    An ERROR makes the translator refuse the overrides, a WARNING is about texts that will never be said.
    """
    misplaced = [
        warning("text-misplaced", "is not read: only locales/<language>/*.ftl is", file=relative_name(path, directory))
        for path in misplaced_files(directory)
    ]
    return [*misplaced, *check_override_texts(read_texts(directory), read_texts(base))]


def check_override_texts(
    theirs: Mapping[str, Sequence[TextFile]], ours: Mapping[str, Sequence[TextFile]]
) -> Iterator[Problem]:
    """Check overrides that were read already; both are by language."""
    for language, files in theirs.items():
        if language in ours:
            yield from check_language(language, files, beneath=ours[language])
            yield from _compare_with_ours(files, ours, language)
        else:
            text = f"is not read: there is no language {language!r}, only {', '.join(ours)}"
            yield warning("text-language", text, file=files[0].name.rpartition("/")[0])


def _check_entry(entry: Entry, texts: Texts, language: str, file: str) -> Iterator[Problem]:
    if not entry.has_text:
        yield error("text-empty", f"{entry.key} has no text", file=file, line=entry.line)
    for reference, line in entry.references.items():
        if not texts.knows(reference):
            hint = _hint(reference, texts.places)
            yield error(
                "text-reference", f"{entry.key} refers to {reference}: there is none{hint}", file=file, line=line
            )
    for function, line in unknown_functions(entry).items():
        yield error("text-function", f"{entry.key} calls {function}(): there is none", file=file, line=line)
    if texts.is_circular(entry.key):
        yield error("text-circular", f"{entry.key} refers to itself", file=file, line=entry.line)
    if entry.is_term and entry.shown:
        names = ", ".join(f"${name}" for name in sorted(entry.shown))
        text = f"{entry.key} shows {names}: a term is not given any values"
        yield error("text-variable", text, file=file, line=entry.line)
    for choice in entry.choices:
        yield from _check_plurals(choice, entry.key, language, file)


def _check_plurals(choice: Choice, key: str, language: str, file: str) -> Iterator[Problem]:
    """Only choices that name a plural category count: ``[0] … *[other]`` asks for nothing more."""
    if language not in PLURALS or not choice.variants & _CATEGORIES:
        return
    if missing := PLURALS[language] - choice.variants:
        text = f"{key} lacks the plural forms {', '.join(f'[{name}]' for name in sorted(missing))}"
        yield error("text-plural", text, file=file, line=choice.line)
    elif choice.default != "other":
        text = f"{key} must have *[other] as its default, not *[{choice.default}]"
        yield error("text-plural", text, file=file, line=choice.line)
    if useless := (choice.variants & _CATEGORIES) - PLURALS[language]:
        names = ", ".join(f"[{name}]" for name in sorted(useless))
        yield warning("text-plural", f"{key}: no number is {names} here", file=file, line=choice.line)


def _compare_languages(languages: Mapping[str, Texts]) -> Iterator[Problem]:
    needed: dict[str, dict[str, frozenset[str]]] = {}
    for language, texts in languages.items():
        for key in texts.keys:
            needed.setdefault(key, {})[language] = texts.variables(key)
    for key, variables in sorted(needed.items()):
        place = languages[next(iter(variables))].places[key]
        if absent := sorted(languages.keys() - variables.keys()):
            text = f"{key} is missing in {', '.join(absent)}"
            yield error("text-missing", text, file=place.file, line=place.entry.line)
        if len(set(variables.values())) > 1:
            text = f"{key} needs different variables: {_describe(variables)}"
            yield error("text-variable", text, file=place.file, line=place.entry.line)


def _compare_with_ours(
    files: Sequence[TextFile], ours: Mapping[str, Sequence[TextFile]], language: str
) -> Iterator[Problem]:
    base = {known: Texts(texts) for known, texts in ours.items()}
    together = Texts((*ours[language], *files))
    keys = frozenset(key for texts in base.values() for key in texts.keys)
    used = {target for file in files for entry in file.entries for target in _targets(entry)}
    for file in files:
        for entry in file.entries:
            if entry.key in keys:
                given = frozenset(name for texts in base.values() for name in texts.variables(entry.key))
                yield from _check_variables(entry, together.variables(entry.key), given, file.name)
            elif entry.key not in base[language].places and entry.key not in used:
                text = f"{entry.key} is never said{_hint(entry.key, keys)}"
                yield warning("text-unknown", text, file=file.name, line=entry.line)


def _check_variables(entry: Entry, needed: frozenset[str], given: frozenset[str], file: str) -> Iterator[Problem]:
    for name in sorted(needed - given):
        text = f"{entry.key} is not given ${name}, only {_list(given)}{_hint(name, given)}"
        yield error("text-variable", text, file=file, line=entry.variables.get(name, entry.line))


def _targets(entry: Entry) -> Iterator[str]:
    return (reference.partition(".")[0] for reference in entry.references)


def _hint(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]}?" if close else ""


def _describe(variables: Mapping[str, frozenset[str]]) -> str:
    return "; ".join(f"{language}: {_list(names)}" for language, names in variables.items())


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"${name}" for name in sorted(names)) or "no variables"
