"""How many receipts are read from photos, and how fast what is no receipt is refused.

`python -m tests.bench.receipts [--smoke]`: the three photos of the shared data and 400 made up, 80 of each level; the
machine's time of reading is measured without the start of a process, refusals with everything.
"""

import asyncio
import os
import time
from collections import Counter
from collections.abc import Sequence
from random import Random

from PIL import Image

from bot.pictures.decoding import decode
from bot.pictures.receipts import ZxingReceiptPictures
from bot.pictures.workers import open_workers
from bot.services.club.pictures import PictureFault
from tests.bench.figures import SHARED, Figures
from tests.bench.receipt_photos import BLURRED, EASY, HARD, MEDIUM, STEEP, Level, photo, receipt_code
from tests.integration.pictures.photos import claimed_png, code, of_codes, saved

SEED = 20_261_126
WANTED = {EASY.name: 98.0, MEDIUM.name: 98.0}
MOST_SECONDS = 2.0
SHARED_CODE = "t=20261115T1342&s=12990.00&fn=9960440301234567&i=123456&fp=3456789012&n=1"
USEFUL = {PictureFault.UNCLEAR, PictureFault.NO_CODE}


def read_level(level: Level, count: int, figures: Figures) -> int:
    """Show how a level of photos is read; return how many were read wrong."""
    random = Random(f"{SEED} {level.name}")  # noqa: S311 - the same photos every time
    outcomes: Counter[str] = Counter()
    used, slowest = 0.0, 0.0
    for _ in range(count):
        text = receipt_code(random)
        picture = photo(text, level, random)
        before = time.process_time()
        found = decode(picture, ticks=time.process_time)
        took = time.process_time() - before
        used, slowest = used + took, max(slowest, took)
        is_told = isinstance(found, PictureFault)
        outcomes["read" if found == text else "useful" if found in USEFUL else "useless" if is_told else "wrong"] += 1
    share = 100 * outcomes["read"] / count
    if level.name in WANTED:
        figures.at_least(f"{level.name}: read", share, WANTED[level.name], "%")
    else:
        figures.show(f"{level.name}: read", share, "%")
        figures.at_least(
            f"{level.name}: read or told a useful next step", share + 100 * outcomes["useful"] / count, 100, "%"
        )
    figures.show(f"{level.name}: processor time, mean and (next line) most", 1000 * used / count, "ms")
    figures.show("", 1000 * slowest, "ms")
    return outcomes["wrong"]


def read_shared(figures: Figures) -> int:
    """Show how the photos of the shared data are read; return how many were read wrong."""
    photos = sorted((SHARED / "data" / "receipts").glob("*.jpg"))
    found = {path.stem: decode(path.read_bytes(), ticks=time.process_time) for path in photos}
    for name, outcome in found.items():
        print(f"{name:<58} {'read' if outcome == SHARED_CODE else outcome}")
    figures.at_least("photos of the shared data: read", sum(f == SHARED_CODE for f in found.values()), 2, "of 3")
    return sum(not isinstance(each, PictureFault) and each != SHARED_CODE for each in found.values())


def hostile() -> Sequence[tuple[str, bytes]]:
    """Make what nobody should send."""
    noise = Image.frombytes("L", (2_000, 2_000), os.urandom(4_000_000))
    return (
        ("a bomb of 10 000 megapixels", claimed_png(100_000, 100_000)),
        ("64 megapixels of nothing", claimed_png(8_000, 8_000, lines=8_000)),
        ("36 transparent megapixels", saved(Image.new("RGBA", (6_000, 6_000), (1, 2, 3, 100)))),
        ("noise of 20 megapixels", saved(noise.resize((5_000, 4_000), Image.Resampling.NEAREST), "JPEG")),
        ("not a picture", os.urandom(1_000_000)),
        ("too many bytes", bytes(30_000_000)),
        ("ten QR codes", saved(of_codes(*(code(seed) for seed in range(10))))),
        ("ten QR codes of advertisements", saved(of_codes(*(f"https://shop.example/{n}" for n in range(10))))),
    )


async def refuse(figures: Figures) -> None:
    """Show how long refusals take, the start of the process included, and that the next picture is read."""
    for name, picture in hostile():
        async with open_workers(most=1) as workers:
            pictures = ZxingReceiptPictures(workers)
            began = time.monotonic()
            found = await pictures.read(picture)
            figures.at_most(f"{name}: {found}", time.monotonic() - began, MOST_SECONDS, "s")
            if found == PictureFault.FAILED:
                figures.missed.append(f"{name}: not judged")


def main() -> None:
    """Read photos, refuse the rest."""
    figures = Figures("receipts")
    wrong = read_shared(figures)
    for level in (EASY, MEDIUM, BLURRED, STEEP, HARD):
        wrong += read_level(level, 4 if figures.is_smoke else 80, figures)
    figures.at_most("wrong numbers", wrong, 0)
    asyncio.run(refuse(figures))
    figures.finish()


if __name__ == "__main__":
    main()
