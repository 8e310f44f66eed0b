"""Report: what `klubok pack check` prints, for an integrator to read."""

from collections import defaultdict
from collections.abc import Sequence

from bot.domain.pack import Pack
from bot.domain.problems import Problem, Severity, count_by_kind
from bot.knowledge.pack.loader import LoadedPack

SHOWN_OF_A_KIND = 20


def format_report(loaded: LoadedPack) -> str:
    """Write every error and the first warnings of each kind, errors first, by file and line; then the totals."""
    errors = [problem for problem in loaded.problems if problem.severity is Severity.ERROR]
    warnings = [problem for problem in loaded.problems if problem.severity is Severity.WARNING]
    lines = [*(str(problem) for problem in _sorted(errors)), *_shortened(warnings)]
    return "\n".join([*lines, *_summary(errors, warnings), _totals(loaded.pack)])


def _sorted(problems: Sequence[Problem]) -> Sequence[Problem]:
    return sorted(problems, key=lambda problem: (problem.file, problem.line or 0))


def _shortened(warnings: Sequence[Problem]) -> Sequence[str]:
    by_kind: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in sorted(_sorted(warnings), key=lambda problem: problem.count > 1):  # places first, sums after them
        by_kind[problem.kind].append(problem)
    shown = [problem for found in by_kind.values() for problem in found[:SHOWN_OF_A_KIND]]
    hidden = count_by_kind(warnings) - count_by_kind(shown)
    return [
        *(str(problem) for problem in _sorted(shown)),
        *(f"… and {count} more of {kind}" for kind, count in hidden.items()),
    ]


def _summary(errors: Sequence[Problem], warnings: Sequence[Problem]) -> Sequence[str]:
    counts = count_by_kind((*errors, *warnings))
    if not counts:
        return ["No problems."]
    numbers = [_count(count_by_kind(found).total(), one) for found, one in ((errors, "error"), (warnings, "warning"))]
    kinds = ", ".join(f"{count} {kind}" for kind, count in counts.most_common())
    return [f"{', '.join(numbers)}: {kinds}"]


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
