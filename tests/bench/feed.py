"""Feeds: how fast and in how much memory a large one is read.

Run: `python -m tests.bench.feed [--smoke]`. Writes a windows-1251 feed of about 100 MB (5 MB in the short form) into
a temporary directory, reads it in a fresh process with offers dropped as they come, and compares with a bare lxml
loop that takes the same fields. Rates are the best of five, by the time of the processor, so that neighbours on the
machine do not count. Exit 1 below the targets, in the full form only.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lxml import etree

from bot.knowledge.feed.archive import opened
from bot.knowledge.feed.findings import Findings
from bot.knowledge.feed.reader import FeedReader
from tests.bench.figures import Figures

LEAST_OFFERS_A_SECOND = 15_000
MOST_MEGABYTES = 50
_FULL, _SMOKE = 84_000, 4_200
_TEXT = "Длинный текст описания, каким его пишут магазины. " * 6


def write_feed(path: Path, count: int) -> None:
    """Write a feed of `count` offers, about 1.2 KB each."""
    with path.open("w", encoding="windows-1251") as target:
        target.write('<?xml version="1.0" encoding="windows-1251"?>\n<!DOCTYPE yml_catalog SYSTEM "shops.dtd">\n')
        target.write('<yml_catalog date="2026-11-23 11:00"><shop><name>Магазин</name><categories>\n')
        target.writelines(f'<category id="{number}">Категория {number}</category>\n' for number in range(1, 301))
        target.write("</categories><offers>\n")
        target.writelines(_offer(number) for number in range(count))
        target.write("</offers></shop></yml_catalog>\n")


def _offer(number: int) -> str:
    pictures = "".join(f"<picture>https://shop.example/i/{number}_{n}.jpg</picture>\n" for n in range(3))
    params = "".join(f'<param name="Параметр {n}" unit="мм">{n * 7 + number % 50}</param>\n' for n in range(8))
    return (
        f'<offer id="{number}" type="vendor.model" available="{"true" if number % 7 else "false"}">\n'
        f"<url>https://shop.example/p/{number}</url><price>{1000 + number % 90_000}.50</price>"
        f"<oldprice>{1200 + number % 90_000}</oldprice><currencyId>RUB</currencyId>"
        f"<categoryId>{number % 300 + 1}</categoryId>\n{pictures}<typePrefix>Фотоаппарат</typePrefix>"
        f"<vendor>Люмен</vendor><model>DMC-{number}</model>\n<description><![CDATA[<p>Товар номер {number}. "
        f"{_TEXT}</p>]]></description><barcode>46{number:011}</barcode>\n{params}</offer>\n"
    )


def read(path: Path) -> int:
    """Read as the product does; return the number of offers."""
    count = 0
    with opened(path, label=path.name) as sources:
        for source in sources:
            count += sum(1 for _ in FeedReader(source, Findings(path.name)).offers())
    return count


def read_bare(path: Path) -> int:
    """Take the same texts by lxml alone: no checks, no types, no cleaning."""
    count = 0
    with path.open("rb") as stream:
        for _, element in etree.iterparse(stream, events=("end",), tag=("category", "offer"), resolve_entities=False):
            if element.tag == "offer":
                _take(element)
                count += 1
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    return count


def _take(element: etree._Element) -> list[object]:
    taken: list[object] = [element.get(name) for name in ("id", "type", "available", "group_id")]
    for child in element:
        if child.tag == "param":
            taken.append((child.get("name"), child.get("unit"), child.text))
        else:
            taken.append((child.tag, child.text))
    return taken


def measure(path: Path, way: str) -> None:
    """Measure one reading in this process, and print it as JSON."""
    before = _peak_megabytes()
    started = time.process_time()
    count = read(path) if way == "product" else read_bare(path)
    seconds = time.process_time() - started
    print(json.dumps({"rate": count / seconds, "megabytes": _peak_megabytes() - before}))


def _peak_megabytes() -> float:
    """Read the highest memory of this process. Not from getrusage: that one remembers the parent process."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1000


def best(path: Path, way: str) -> tuple[float, float]:
    """Measure five times, each in a fresh process; return the best rate and the worst memory."""
    command = [sys.executable, "-m", "tests.bench.feed", "--read", str(path), "--way", way]
    results = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(5)]
    return max(each["rate"] for each in results), max(each["megabytes"] for each in results)


def compare() -> None:
    """Write a feed, measure both ways, print and judge."""
    figures = Figures("feed")
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "feed.xml"
        write_feed(path, _SMOKE if figures.is_smoke else _FULL)
        size = path.stat().st_size / 1e6
        rate, megabytes = best(path, "product")
        bare, _ = best(path, "bare")
    figures.show("feed", size, "MB")
    figures.at_least("offers", rate, LEAST_OFFERS_A_SECOND, "a second")
    figures.at_most("memory while reading, added", megabytes, MOST_MEGABYTES, "MB")
    figures.show("rate / bare lxml", rate / bare, "x")
    figures.finish()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smoke", action="store_true", help="a small feed, and no targets")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--way", choices=["product", "bare"], default="product", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.read is None:
        compare()
    else:
        measure(arguments.read, arguments.way)


if __name__ == "__main__":
    main()
