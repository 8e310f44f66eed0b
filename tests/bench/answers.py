"""Answers on public questions: found, found under typing mistakes, and refused, beside tantivy and SQLite FTS5.

`python -m tests.bench.answers [--smoke]`. Questions of XQuAD in Russian and English, one document a paragraph.
"""

from collections.abc import Mapping, Sequence

from bot.domain.answer import SourceKind
from bot.domain.pack import Pack
from bot.knowledge.search.decision.calibration import Example, fit, own_confidence
from bot.knowledge.search.decision.features import NAMES
from tests.bench.calibrate import auroc, halves, right_at
from tests.bench.figures import Figures
from tests.bench.rivals import sqlite_on_lemmas, tantivy_on_lemmas
from tests.bench.texts import DATA, Asked, Recall, Search, found_by, mistyped, recall, xquad

SMOKE_QUESTIONS = 100

TARGETS: Mapping[tuple[str, int], Mapping[str, float]] = {
    ("ru", 0): {"R@1": 0.935, "R@5": 0.99, "MRR@10": 0.96},
    ("ru", 2): {"R@1": 0.92},
    ("en", 0): {"R@1": 0.945},
    ("en", 2): {},
}


def main() -> None:
    """Print the rows of the table."""
    figures = Figures("answers")
    if not (DATA / "xquad_ru.docs.jsonl").exists():
        print(f"skipped: no data in {DATA}")
        return
    for language in ("ru", "en"):
        pack, questions = xquad(language, limit=SMOKE_QUESTIONS if figures.is_smoke else None)
        compare(figures, language, pack, questions)
        abstain(figures, language)
    figures.finish()


def abstain(figures: Figures, language: str) -> None:
    """Ask every question of a pack with its answer and of one without; measure how well the confidence tells."""
    limit = SMOKE_QUESTIONS if figures.is_smoke else None
    labelled = list(halves(language, limit))
    own = own_confidence().right[SourceKind.ARTICLE]
    scored = [(own.confidence(one.features), one) for one in labelled]
    figures.at_least(f"XQuAD {language}, half of the gold removed: AUROC", auroc(scored), 0.95)
    figures.at_least(f"XQuAD {language}: right where 5 % of the others are answered", right_at(scored, 0.05), 0.78)
    (other,) = {"ru", "en"} - {language}
    apart = fit([Example(one.features, one.is_right) for one in halves(other, limit)], NAMES)
    scored = [(apart.confidence(one.features), one) for one in labelled]
    figures.show(f"XQuAD {language}, fitted to the other language alone: AUROC", auroc(scored))
    figures.show("… right where 5 % of the others are answered", right_at(scored, 0.05))


def compare(figures: Figures, language: str, pack: Pack, questions: Sequence[Asked]) -> None:
    """Measure the engine and its rivals on the same questions."""
    rivals = {"tantivy on lemmas": tantivy_on_lemmas(pack), "SQLite FTS5 on lemmas": sqlite_on_lemmas(pack)}
    searches: dict[str, Search] = {"full fusion": found_by(pack), "two stages": found_by(pack, close_up_to=0), **rivals}
    for mistakes in (0, 2):
        asked = mistyped(questions, mistakes)
        name = f"XQuAD {language}" + (f", {mistakes} typos" if mistakes else "")
        found = {system: recall(search, asked) for system, search in searches.items()}
        for system, measured in found.items():
            targets = TARGETS[language, mistakes] if system == "full fusion" else {}
            _report(figures, f"{name}, {system}", measured, targets)
        best = max(found[rival].first for rival in rivals)
        for system in ("full fusion", "two stages"):
            figures.at_least(f"{name}, {system}: R@1 above the best rival", found[system].first - best, 0.0001)


def _report(figures: Figures, name: str, measured: Recall, targets: Mapping[str, float]) -> None:
    values = {"R@1": measured.first, "R@5": measured.few, "MRR@10": measured.reciprocal}
    for what, value in values.items():
        if what in targets:
            figures.at_least(f"{name}: {what}", value, targets[what])
        else:
            figures.show(f"{name}: {what}", value)
    figures.show(f"{name}: p50", measured.p50_ms, "ms")


if __name__ == "__main__":
    main()
