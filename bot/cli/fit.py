"""`klubok eval --fit`: the confidence fitted to the questions of a file, before and after."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import typer
from rich.console import Console

from bot.cli.chat import choose_settings
from bot.cli.evaluate import Played, play, read_cases, result_table
from bot.cli.progress import progress_bars
from bot.domain.errors import ConfigurationError
from bot.domain.evaluation import Case, Tally, tally
from bot.domain.pack import Pack
from bot.knowing import open_knowledge, read_pack
from bot.knowledge.pack.files import CASES, CONFIDENCE
from bot.knowledge.progress import Progress
from bot.knowledge.search.decision.calibration import Confidence, own_confidence
from bot.knowledge.search.decision.refit import FEWEST, Label, distance, label, refit
from bot.knowledge.search.opening import Opener
from bot.log import configure_logging
from bot.settings import Settings


def fit_confidence(file: Path | None, *, pack: Path | None, writes: bool) -> None:
    """Print the score with the confidence in force, and with one fitted to the file.

    Each half of the cases is judged by what was fitted to the other half, so that nobody is praised for what they were
    told. With `writes` the fit to all of them goes into the pack.

    Raises:
        ConfigurationError: the file or the pack cannot be read, or the pack cannot be written.
    """
    settings = choose_settings(pack, None)
    cases = read_cases(file or settings.pack / CASES)
    configure_logging("ERROR")
    with progress_bars() as progress:
        labels = _labels(cases, settings, progress)
        before = play(cases, settings, open_knowledge(settings, progress=progress), progress)
        fits = [refit(own_confidence(), _of_half(labels, cases, 1 - half)) for half in (0, 1)]
        after = [
            each for half, fit in enumerate(fits) for each in _played(cases[half::2], settings, fit.to_json(), progress)
        ]
    _show({"before": before, "after": after}, list(labels.values()))
    told = [distance(fit, _of_half(labels, cases, half)) for half, fit in enumerate(fits)]
    known = distance(own_confidence(), list(labels.values()))
    typer.echo(f"Distance of the confidence from the truth (0 is best): {known:.4f} before, {sum(told) / 2:.4f} after.")
    if writes:
        typer.echo(f"Written: {_write(settings.pack, refit(own_confidence(), list(labels.values())))}")
    else:
        typer.echo(f"--write puts the fit into the pack: {settings.pack / CONFIDENCE}")


def _show(played: Mapping[str, Sequence[Played]], labels: Sequence[Label]) -> None:
    console = Console(highlight=False)
    for title, each in played.items():
        table = result_table(_tally(each))
        table.title = title
        console.print(table)
    counts = Counter(str(each.kind) for each in labels)
    typer.echo(f"Labels: {', '.join(f'{count} {kind}' for kind, count in counts.most_common()) or 'none'}.")
    typer.echo(f"A kind with fewer than {FEWEST}, or with hardly any wrong or right ones, stays as it was.")


def _labels(cases: Sequence[Case], settings: Settings, progress: Progress) -> dict[str, Label]:
    """Search for each case of one turn; what is asked in context is not understood by its words alone."""
    pack = read_pack(settings, settings.pack, progress=progress).pack
    if pack is None:
        raise ConfigurationError(f"the pack {settings.pack} cannot be used: see `klubok pack check {settings.pack}`")
    engine = Opener(cache=settings.search.cache, progress=progress).open(pack)
    labels: dict[str, Label] = {}
    for done, case in enumerate(cases, start=1):
        expected = case.turns[-1].expected
        found = label(engine, case.turns[-1].text, frozenset(expected.sources)) if expected is not None else None
        if found is not None and len(case.turns) == 1:
            labels[case.id] = found
        progress("labels", done, len(cases))
    return labels


def _of_half(labels: dict[str, Label], cases: Sequence[Case], half: int) -> list[Label]:
    return [labels[case.id] for case in cases[half::2] if case.id in labels]


def _played(cases: Sequence[Case], settings: Settings, confidence: str, progress: Progress) -> list[Played]:
    knowledge = open_knowledge(settings, progress=progress, revise=_with(confidence))
    return play(cases, settings, knowledge, progress)


def _with(confidence: str) -> Callable[[Pack], Pack]:
    return lambda pack: replace(pack, confidence=confidence)


def _tally(played: Sequence[Played]) -> Tally:
    return tally((each.case, each.verdict) for each in sorted(played, key=lambda each: each.case.group))


def _write(directory: Path, confidence: Confidence) -> Path:
    path = directory / CONFIDENCE
    try:
        path.write_text(confidence.to_json(), encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}") from error
    return path
