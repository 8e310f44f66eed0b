"""Thesaurus: concepts, each with the formal and everyday words for it, read from YAML and reduced to stems."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files

import numpy as np
import yaml
from numpy.typing import NDArray

from bot.domain.knowledge import Concept
from bot.knowledge.search.index.ragged import Ragged, ragged_of
from bot.knowledge.search.text.morphology import stem
from bot.knowledge.search.text.terms import telling_lemmas
from bot.knowledge.search.vocabulary.phrases import Phrases, build_phrases

LANGUAGES = ("ru", "en")
_OF_THE_WORLD = "world-"
_OF_CIRCUMSTANCES = ("time-", "place-", "person-", "quantity-", "feeling-", "context-", "goods-")
_SATURATION = 0.3
"""How soon one more expression with a stem stops to count: most say it once, and that once is telling."""

_WHOLE = 4.0
"""How much stronger than a word alone is one that stands in a phrase which was said whole."""


@dataclass(frozen=True)
class Thesaurus:
    """For each of the `stems`, `rows` lists numbers of `concepts` it hints at; `weights` are parallel to its values.

    A stem hints at a concept the more, the more expressions it stands in, the shorter they are, and the fewer concepts
    it stands in. `phrases` are the expressions of several stems.
    """

    concepts: Sequence[str] = ()
    stems: Sequence[str] = ()
    rows: Ragged = field(default_factory=lambda: ragged_of(()))
    weights: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))
    phrases: Phrases = field(default_factory=Phrases)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Each stem's number."""
        return {own: number for number, own in enumerate(self.stems)}

    @cached_property
    def worldly(self) -> frozenset[int]:
        """Concepts of what people ask a bot besides, by number."""
        return frozenset(number for number, name in enumerate(self.concepts) if name.startswith(_OF_THE_WORLD))

    @cached_property
    def circumstances(self) -> frozenset[int]:
        """Concepts of when, where, for whom and with which thing something is wanted, by number."""
        return frozenset(number for number, name in enumerate(self.concepts) if name.startswith(_OF_CIRCUMSTANCES))

    def hints(self, own: str) -> Iterable[tuple[int, float]]:
        """Yield the concepts at which the stem `own` hints, by number, and how strongly."""
        number = self.numbers.get(own)
        if number is None:
            return
        start, end = self.rows.offsets[number], self.rows.offsets[number + 1]
        yield from zip(self.rows.values[start:end].tolist(), self.weights[start:end].tolist(), strict=True)

    def said_whole(self, stems: Iterable[str]) -> Iterable[tuple[int, float]]:
        """Yield the concepts that have a phrase all of whose words are among `stems`, by number, and how strongly."""
        known = {self.numbers[own] for own in stems if own in self.numbers}
        _, concepts, strengths = self.phrases.met(np.array(sorted(known), dtype=np.int64))
        yield from zip(concepts.tolist(), strengths.tolist(), strict=True)


def own_files() -> dict[str, bytes]:
    """Return the thesaurus that comes with the program: the contents of its files by name."""
    folder = files("bot.knowledge") / "thesaurus"
    if not folder.is_dir():
        return {}
    own = {file.name: file.read_bytes() for file in folder.iterdir() if file.name.endswith(".yaml")}
    return dict(sorted(own.items()))


def read_concepts(contents: Iterable[bytes]) -> list[Concept]:
    """Read concepts, in order."""
    entries = (entry for content in contents for entry in yaml.load(content, Loader=_LOADER) or ())  # noqa: S506 - safe
    return [
        Concept(str(entry["id"]), tuple(str(text) for language in LANGUAGES for text in entry.get(language) or ()))
        for entry in entries
    ]


def merged(concepts: Iterable[Concept]) -> list[Concept]:
    """Join concepts of one id: the brand may add words to ours."""
    expressions: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for concept in concepts:
        expressions[concept.id].update(dict.fromkeys(concept.expressions))
    return [Concept(id_, tuple(each)) for id_, each in expressions.items()]


def build_thesaurus(concepts: Sequence[Concept]) -> Thesaurus:
    """Count how strongly each stem, and each phrase, hints at each concept."""
    numbers: dict[str, int] = {}
    hints: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    phrases: list[tuple[int, set[int]]] = []
    for concept, expression in _expressions(concepts):
        stems = {numbers.setdefault(stem(own), len(numbers)) for own in telling_lemmas(expression)}
        phrases.append((concept, stems))
        for own in stems:
            hints[own][concept] += len(stems) ** -0.5
    hinted = [hints[own] for own in range(len(numbers))]
    says = [float(np.log1p(len(concepts) / len(each))) for each in hinted]
    weights = [
        weight / (weight + _SATURATION) * said**2
        for each, said in zip(hinted, says, strict=True)
        for weight in each.values()
    ]
    return Thesaurus(
        concepts=[concept.id for concept in concepts],
        stems=list(numbers),
        rows=ragged_of([list(each) for each in hinted]),
        weights=np.array(weights, dtype=np.float32),
        phrases=build_phrases(phrases, [_WHOLE * said for said in says]),
    )


def _expressions(concepts: Sequence[Concept]) -> Iterator[tuple[int, str]]:
    for number, concept in enumerate(concepts):
        for expression in concept.expressions:
            yield number, expression


NO_THESAURUS = Thesaurus()
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
