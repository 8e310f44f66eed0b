"""Goods: how fast a question about goods is understood, and in how much memory, by the size of the catalogue.

Run: `python -m tests.bench.goods [--smoke]`. Each size is measured in a fresh process, over a store made up for it.
"""

import argparse
import gc
import json
import random
import statistics
import subprocess
import sys
import time

import psutil

from bot.domain.catalogue import Offer
from bot.domain.pack import Pack
from bot.domain.wishes import Shown
from bot.knowledge.products.build import build_products
from tests.bench.shop import shop

_SIZES, _SMOKE = (1_000, 10_000, 100_000), (1_000,)
_QUESTIONS = 2_000
_MEGABYTE = 1 << 20
MOST_P50_MS, MOST_P99_MS, MOST_MEGABYTES = 1.0, 10.0, 150


def questions(pack: Pack, count: int) -> list[tuple[str, Shown | None]]:
    """Ask about params, prices, differences, wishes, and what was shown before."""
    chance = random.Random(3)  # noqa: S311
    offers = list(pack.catalogue.offers.values())
    return [_question(chance.choice(offers), chance.choice(offers), chance) for _ in range(count)]


def _question(offer: Offer, other: Offer, chance: random.Random) -> tuple[str, Shown | None]:
    kind, model = offer.name.split(" ")[0].lower(), offer.model.lower().replace("-", "")
    shown = Shown(offers=(offer.id,), focus=0)
    return chance.choice(
        (
            (f"сколько весит {model}?", None),
            (f"сколько стоит {offer.vendor} {offer.model}", None),
            (f"чем отличается {offer.model} от {other.model}", None),
            (f"{kind} до {chance.randrange(5, 90)} тысяч легче {chance.randrange(1, 8)} кг", None),
            (f"самый мощный {offer.params[0].value} {kind} {offer.vendor.lower()}", None),
            (f"{kind} мощностью от {offer.params[2].value} вт", None),
            (f"есть {offer.params[0].value} {offer.model}?", None),
            ("а подешевле?", shown),
            ("а сколько он весит?", shown),
            ("как вернуть заказ", None),
        )
    )


def measure(size: int) -> dict[str, float]:
    """Build for one size and ask."""
    pack = shop(size)
    build_products(shop(10))  # dictionaries and data files are not the catalogue's
    gc.collect()
    before = psutil.Process().memory_info().rss
    started = time.perf_counter()
    products = build_products(pack)
    built = time.perf_counter() - started
    gc.collect()
    grown = psutil.Process().memory_info().rss - before
    taken: list[float] = []
    answered = 0
    for text, shown in questions(pack, _QUESTIONS):
        started = time.thread_time()  # of the processor: others may work on this machine
        answered += products.answer(text, shown) is not None
        taken.append((time.thread_time() - started) * 1000)
    cuts = statistics.quantiles(taken, n=100)
    return {
        "offers": size,
        "build s": round(built, 2),
        "memory MB": round(grown / _MEGABYTE, 1),
        "p50 ms": round(cuts[49], 2),
        "p99 ms": round(cuts[98], 2),
        "answered": round(answered / _QUESTIONS, 3),
    }


def main() -> int:
    """Print a line for each size; exit 1 where the largest is over the limits."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--size", type=int)
    chosen = parser.parse_args()
    if chosen.size:
        print(json.dumps(measure(chosen.size)))
        return 0
    figures: dict[str, float] = {}
    for size in _SMOKE if chosen.smoke else _SIZES:
        command = [sys.executable, "-m", "tests.bench.goods", "--size", str(size)]
        line = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        print(line.strip())
        figures = json.loads(line)
    is_quick = figures["p50 ms"] <= MOST_P50_MS and figures["p99 ms"] <= MOST_P99_MS
    return 0 if chosen.smoke or (is_quick and figures["memory MB"] <= MOST_MEGABYTES) else 1


if __name__ == "__main__":
    sys.exit(main())
