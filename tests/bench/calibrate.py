"""Calibrate: fits the confidence that comes with the program, on public questions and on those of invented shops.

`python -m tests.bench.calibrate [--write]`. Every question is asked of packs with its answer and without it. Paragraphs
and questions are those of XQuAD; a phrasing of a FAQ, of the demonstration or of a shop (everyday.py), is taken out of
the pack before it is asked; questions in everyday words are those of the shops; products are asked for by their codes;
questions of XQuAD, and talk of everything else, stand for what no shop can answer. Without ``--write`` the fit is only
shown.
"""

import random
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from pathlib import Path

from bot.domain.answer import SourceKind, source_of
from bot.domain.catalogue import Catalogue
from bot.domain.pack import Pack
from bot.knowledge.pack.check import Check
from bot.knowledge.pack.loader import load_pack
from bot.knowledge.pack.questions import read_questions
from bot.knowledge.search.decision.calibration import Calibration, Confidence, Example, fit
from bot.knowledge.search.decision.features import NAMES, features_of
from bot.knowledge.search.decision.refit import FIRST_FEW
from bot.knowledge.search.opening import Opener
from tests.bench.everyday import FITTED, READ, shop, talk, unknown
from tests.bench.texts import pack_of, xquad

_FOLDS = 5
_OTHERS = 400
_HEAVIEST = 2.0
"""Sets count alike, but no question counts more than so many of the largest set."""
_ALIKE = ("сколько стоит {}", "{}", "есть ли {} в наличии", "how much is {}", "расскажите про {}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, and the sources that answer it where they are in the pack."""

    text: str
    gold: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A question asked: what was measured, of which kind the best match was, and how good the matches were."""

    features: Mapping[str, float]
    kind: SourceKind
    is_right: bool
    is_near: bool
    is_answerable: bool


def main() -> None:
    """Collect, fit, show, and write on demand."""
    packs = [demo(), *(shop(name).pack for name in FITTED)]
    sets = {"XQuAD ru": list(halves("ru")), "XQuAD en": list(halves("en")), "FAQ": list(held_out(demo()))}
    sets |= {"shops": [one for pack in packs[1:] for one in held_out(pack)], "everyday": list(everyday())}
    sets |= {"products": list(products(demo())), "others": list(others(demo()))}
    sets |= {"articles": list(articles(demo()))}
    sets |= {"talk": [one for pack in packs for one in unanswerable(pack, talk())]}
    sets |= {"unknown": list(unanswerable(shop(READ).pack, unknown(READ)))}
    most = max(map(len, sets.values()))
    weighted = [(one, min(most / len(each), _HEAVIEST)) for each in sets.values() for one in each]
    confidence = Confidence(
        right={kind: _fit(kind, weighted, lambda one: one.is_right) for kind in SourceKind},
        near={kind: _fit(kind, weighted, lambda one: one.is_near) for kind in SourceKind},
    )
    print(confidence.to_json())
    for name, each in sets.items():
        scored = [(confidence.right[one.kind].confidence(one.features), one) for one in each]
        print(f"{name}: {len(each)} examples, AUROC {auroc(scored):.3f}, right at 5 % {right_at(scored, 0.05):.3f}")
    if "--write" in sys.argv:
        target = Path(str(files("bot.knowledge.search.decision") / "calibration.json"))
        target.write_text(confidence.to_json(), encoding="utf-8")


def _fit(
    kind: SourceKind, weighted: Sequence[tuple[Labelled, float]], is_positive: Callable[[Labelled], bool]
) -> Calibration:
    examples = [Example(one.features, is_positive(one), weight) for one, weight in weighted if one.kind is kind]
    return fit(examples, NAMES)


def demo() -> Pack:
    """Load the demonstration."""
    with as_file(files("bot") / "demo") as directory:
        pack = load_pack(directory).pack
    assert pack is not None
    return pack


def halves(language: str, limit: int | None = None) -> Iterator[Labelled]:
    """Ask every question of both halves of the paragraphs: one has the answer."""
    pack, questions = xquad(language, limit)
    articles = list(pack.articles.values())
    asked = [Asked(text=one.text, gold=frozenset(f"article:{id_}" for id_ in one.gold)) for one in questions]
    for half in (0, 1):
        yield from _ask(pack_of(articles[half::2]), asked)


def held_out(pack: Pack) -> Iterator[Labelled]:
    """Ask phrasings that were taken out, of packs with the entry and without."""
    for fold in range(_FOLDS):
        for parity in (0, 1):
            faq, asked = {}, []
            for number, entry in enumerate(pack.faq.values()):
                rest = tuple(text for at, text in enumerate(entry.questions) if at % _FOLDS != fold)
                taken = [text for at, text in enumerate(entry.questions) if at % _FOLDS == fold]
                asked += [Asked(text=text, gold=frozenset({f"faq:{entry.id}"})) for text in taken]
                if rest and (number % 2 == parity or not taken):
                    faq[entry.id] = replace(entry, questions=rest)
            yield from _ask(replace(pack, faq=faq), asked)


def products(pack: Pack) -> Iterator[Labelled]:
    """Ask for every product by its code, with it in the pack and without."""
    chance = random.Random(0)  # noqa: S311
    offers = list(pack.catalogue.offers.values())
    codes = sorted({offer.vendor_code for offer in offers})
    for parity in (0, 1):
        kept = {offer.id: offer for offer in offers if codes.index(offer.vendor_code) % 2 == parity}
        asked = [
            Asked(
                text=chance.choice(_ALIKE).format(chance.choice((code, code.lower(), code.replace("-", "")))),
                gold=frozenset(f"offer:{offer.id}" for offer in offers if offer.vendor_code == code),
            )
            for code in codes
        ]
        yield from _ask(replace(pack, catalogue=Catalogue(categories=pack.catalogue.categories, offers=kept)), asked)


def others(pack: Pack) -> Iterator[Labelled]:
    """Ask what no shop can answer."""
    for language in ("ru", "en"):
        _, questions = xquad(language, _OTHERS)
        yield from unanswerable(pack, [one.text for one in questions])


def unanswerable(pack: Pack, texts: Iterable[str]) -> Iterator[Labelled]:
    """Ask what `pack` has no answer to."""
    return _ask(pack, [Asked(text=text, gold=frozenset()) for text in texts])


def everyday() -> Iterator[Labelled]:
    """Ask in words that the entry does not have, of shops with the entry and without."""
    for name in FITTED:
        whole = shop(name)
        asked = [Asked(text=one.text, gold=frozenset(f"faq:{id_}" for id_ in one.gold)) for one in whole.asked]
        yield from _ask(whole.pack, asked)
        for parity in (0, 1):
            faq = {id_: entry for at, (id_, entry) in enumerate(whole.pack.faq.items()) if at % 2 == parity}
            gone = [one for one in asked if one.gold.isdisjoint(f"faq:{id_}" for id_ in faq)]
            yield from _ask(replace(whole.pack, faq=faq), gone)


def articles(pack: Pack) -> Iterator[Labelled]:
    """Ask what articles answer, of packs with each and without."""
    path = files(__package__) / "questions" / "own_articles.yaml"
    cases = read_questions(path.read_text(encoding="utf-8"), Check(path.name))
    last = [case.turns[-1] for case in cases]
    asked = [Asked(text=turn.text, gold=frozenset(turn.expected.sources)) for turn in last if turn.expected is not None]
    yield from _ask(pack, asked)
    for parity in (0, 1):
        kept = {id_: article for at, (id_, article) in enumerate(pack.articles.items()) if at % 2 == parity}
        yield from _ask(replace(pack, articles=kept), asked)


def _ask(pack: Pack, asked: Iterable[Asked]) -> Iterator[Labelled]:
    engine = Opener().open(pack)
    there = {str(source_of(hit)) for hits in engine.all_hits for hit in hits}
    for one in asked:
        found = engine.search(one.text)
        if found.matches:
            sources = [{str(source_of(hit)) for hit in engine.hits(match)} for match in found.matches]
            yield Labelled(
                features=features_of(found),
                kind=found.matches[0].kind,
                is_right=not one.gold.isdisjoint(sources[0]),
                is_near=any(not one.gold.isdisjoint(each) for each in sources[:FIRST_FEW]),
                is_answerable=not one.gold.isdisjoint(there),
            )


def auroc(scored: Sequence[tuple[float, Labelled]]) -> float:
    """Tell how likely an answerable question scores above one that is not."""
    ordered = sorted(scored, key=lambda each: each[0])
    ranks = [rank for rank, (_, one) in enumerate(ordered) if one.is_answerable]
    others = len(ordered) - len(ranks)
    return (sum(ranks) - len(ranks) * (len(ranks) - 1) / 2) / max(len(ranks) * others, 1)


def right_at(scored: Sequence[tuple[float, Labelled]], wrong: float) -> float:
    """Tell which share of answerable questions is answered rightly where `wrong` of the others are answered at all."""
    others = sorted(score for score, one in scored if not one.is_answerable)
    threshold = others[min(int(len(others) * (1 - wrong)), len(others) - 1)] if others else 0.0
    answerable = [(score, one.is_right) for score, one in scored if one.is_answerable]
    return sum(score > threshold and is_right for score, is_right in answerable) / max(len(answerable), 1)


if __name__ == "__main__":
    main()
