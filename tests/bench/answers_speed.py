"""Answers, how fast: one answer, the build of the index, the start from a saved one, memory.

`python -m tests.bench.answers_speed [--smoke]`. The demonstration, and a shop of 10 000 and of 100 000 offers; each in
processes of its own: one builds and saves, another opens and answers. A bare tantivy query of the same words is timed
in the same process. Targets are judged by the time of the processor, as on a machine that does nothing else; the clock
is shown beside.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

from bot.domain.pack import Pack
from bot.knowing import build_answers
from bot.settings import SearchSettings
from tests.bench.calibrate import demo
from tests.bench.figures import Figures
from tests.bench.rivals import tantivy_on_lemmas
from tests.bench.shop import questions, shop

_QUESTIONS = 1_000
_TARGETS = {"demo": (3.0, 15.0), "10000": (5.0, 20.0), "100000": (8.0, 40.0)}
"""Milliseconds of the median and of the slowest hundredth."""


def main() -> None:
    """Measure every size, or, in a process of its own, one step of one size."""
    if "--step" in sys.argv:
        size, step, folder = sys.argv[sys.argv.index("--step") + 1 :][:3]
        print(json.dumps(STEPS[step](size, Path(folder))))
        return
    figures = Figures("answers, how fast")
    for size in ("demo", "1000") if figures.is_smoke else _TARGETS:
        with tempfile.TemporaryDirectory() as folder:
            built, opened = _run(size, "build", folder), _run(size, "open", folder)
        _report(figures, size, built, opened)
    figures.finish()


def build(size: str, folder: Path) -> dict[str, float]:
    """Build the index and the arranged goods, and save them."""
    pack = _pack(size)
    started, cpu = time.perf_counter(), time.process_time()
    build_answers(pack, search=SearchSettings(cache=folder))
    return {"seconds": time.perf_counter() - started, "cpu": time.process_time() - cpu, "megabytes": _megabytes()}


def open_saved(size: str, folder: Path) -> dict[str, float]:
    """Start from the saved index and answer."""
    before = _megabytes()
    pack = _pack(size)
    with_pack = _megabytes()
    started, cpu = time.perf_counter(), time.process_time()
    answers = build_answers(pack, search=SearchSettings(cache=folder))
    opened, worked = time.perf_counter() - started, time.process_time() - cpu
    asked = _asked(size, pack)
    took, waited = _times(answers.look_up, asked)
    figures = {"seconds": opened, "cpu": worked, "p50": took[len(took) // 2], "p99": took[int(len(took) * 0.99)]}
    figures |= {"waited p50": waited[len(took) // 2], "waited p99": waited[int(len(took) * 0.99)]}
    figures |= {"megabytes": _megabytes(), "of the pack": with_pack - before}
    bare, _ = _times(tantivy_on_lemmas(pack), asked)
    return figures | {"bare p50": bare[len(bare) // 2]}


STEPS: dict[str, Callable[[str, Path], dict[str, float]]] = {"build": build, "open": open_saved}


def _pack(size: str) -> Pack:
    return demo() if size == "demo" else shop(int(size))


def _asked(size: str, pack: Pack) -> Sequence[str]:
    if size != "demo":
        return questions(pack, _QUESTIONS)
    return [f"{text} подскажите" for entry in pack.faq.values() for text in entry.questions]


def _times(answer: Callable[[str], object], asked: Sequence[str]) -> tuple[list[float], list[float]]:
    """Ask everything once, after a few to warm up; return milliseconds of work, and by the clock, each sorted."""
    for text in asked[:20]:
        answer(text)
    worked: list[float] = []
    waited: list[float] = []
    for text in asked:
        started, clock = time.thread_time(), time.perf_counter()
        answer(text)
        worked.append((time.thread_time() - started) * 1000)
        waited.append((time.perf_counter() - clock) * 1000)
    return sorted(worked), sorted(waited)


def _megabytes() -> float:
    return float(psutil.Process().memory_info().rss) / 1e6


def _run(size: str, step: str, folder: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.answers_speed", "--step", size, step, folder]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(ran.stdout)
    return figures


def _report(figures: Figures, size: str, built: dict[str, float], opened: dict[str, float]) -> None:
    p50, p99 = _TARGETS.get(size, (float("inf"), float("inf")))
    figures.at_most(f"{size}: p50 of an answer", opened["p50"], p50, "ms")
    figures.at_most(f"{size}: p99 of an answer", opened["p99"], p99, "ms")
    figures.at_most(
        f"{size}: p50 against bare tantivy", opened["p50"] / opened["bare p50"], 8 if size == "100000" else 1e6
    )
    figures.at_most(f"{size}: build", built["cpu"], 60, "s")
    figures.show(f"{size}: build, by the clock", built["seconds"], "s")
    figures.at_most(f"{size}: start from the saved index", opened["cpu"], 3, "s")
    figures.show(f"{size}: start, by the clock", opened["seconds"], "s")
    figures.at_most(f"{size}: memory with the pack", opened["megabytes"], 600, "MB")
    figures.show(f"{size}: of these, the pack itself", opened["of the pack"], "MB")
    figures.show(f"{size}: memory after the build", built["megabytes"], "MB")


if __name__ == "__main__":
    main()
