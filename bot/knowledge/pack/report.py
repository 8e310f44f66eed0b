"""Report: what `klubok pack check` prints, for an integrator to read."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from bot.domain.pack import Pack
from bot.domain.problems import Problem, Severity
from bot.knowledge.pack.loader import LoadedPack

SHOWN_OF_A_KIND = 20

_TOTAL = re.compile(r": ([0-9]{1,9})$")


def format_report(loaded: LoadedPack, *, shown_of_a_kind: int = SHOWN_OF_A_KIND) -> str:
    """Write every error and the first warnings of each kind, errors first, by file and line; then the totals."""
    errors = [problem for problem in loaded.problems if problem.severity is Severity.ERROR]
    warnings = [problem for problem in loaded.problems if problem.severity is Severity.WARNING]
    lines = [str(problem) for problem in _sorted(errors)]
    lines += _shortened(_sorted(warnings), _counts(loaded, errors), shown_of_a_kind)
    return "\n".join([*lines, *_summary(loaded, len(errors)), _totals(loaded.pack)])


def _sorted(problems: Sequence[Problem]) -> Sequence[Problem]:
    return sorted(problems, key=lambda problem: (problem.file, problem.line or 0))


def _counts(loaded: LoadedPack, errors: Sequence[Problem]) -> Counter[str]:
    """Count warnings by kind: exactly where the loader counted more than it listed."""
    listed = Counter(problem.kind for problem in loaded.problems)
    return (listed | Counter(loaded.counts)) - Counter(problem.kind for problem in errors)


def _shortened(warnings: Sequence[Problem], counts: Counter[str], shown_of_a_kind: int) -> Sequence[str]:
    by_kind: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in warnings:
        by_kind[problem.kind].append(problem)
    shown = [problem for found in by_kind.values() for problem in found[:shown_of_a_kind]]
    hidden = {kind: counts[kind] - sum(map(_covered, found[:shown_of_a_kind])) for kind, found in by_kind.items()}
    return [
        *(str(problem) for problem in _sorted(shown)),
        *(f"… and {count} more of {kind}" for kind, count in hidden.items() if count > 0),
    ]


def _covered(problem: Problem) -> int:
    """Tell how many places of the pack a line stands for: a feed may sum up, ``offers without a url: 150``."""
    total = _TOTAL.search(problem.text) if problem.line is None else None
    return int(total[1]) if total else 1


def _summary(loaded: LoadedPack, errors: int) -> Sequence[str]:
    counts = Counter(problem.kind for problem in loaded.problems) | Counter(loaded.counts)
    if not counts:
        return ["No problems."]
    kinds = ", ".join(f"{count} {kind}" for kind, count in counts.most_common())
    return [f"{_count(errors, 'error')}, {_count(counts.total() - errors, 'warning')}: {kinds}"]


def _totals(pack: Pack | None) -> str:
    if pack is None:
        return "The pack cannot be used: correct the errors above."
    parts = (
        _count(len(pack.catalogue.offers), "offer"),
        _count(len(pack.catalogue.categories), "category", "categories"),
        _count(len(pack.faq), "FAQ entry", "FAQ entries"),
        _count(len(pack.articles), "article"),
    )
    return f"{pack.brand.name}: {', '.join(parts)}; languages: {', '.join(pack.brand.languages)}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
