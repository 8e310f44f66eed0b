"""Processes that work on pictures: bounded, killed when late, replaced when broken."""

import sys
import time
from collections.abc import Sequence

import pytest

from bot.domain.receipts.code import read_code
from bot.pictures.bounds import MOST_BYTES
from bot.pictures.receipts import ZxingReceiptPictures
from bot.pictures.workers import COMMAND, WorkerError, open_workers
from bot.services.club.pictures import CodeRead, PictureFault
from tests.integration.pictures.photos import claimed_png, code, of_codes, saved

SLOW_MACHINE = 20.0
ECHO = "import sys\nfrom bot.pictures.frames import pack, read_frame\n"


def worker(body: str) -> Sequence[str]:
    """Make a process that does `body` with each `request`."""
    loop = f"while request := read_frame(sys.stdin.buffer):\n {body}\n sys.stdout.flush()\n"
    return (sys.executable, "-I", "-c", ECHO + loop)


ANSWER = "sys.stdout.buffer.write(pack({}))"


async def test_a_receipt_is_read_in_another_process() -> None:
    async with open_workers() as workers:
        found = await ZxingReceiptPictures(workers).read(saved(of_codes(code())))
    assert found == CodeRead(code(), read_code(code()))


@pytest.mark.parametrize(
    ("picture", "fault"),
    [
        (b"hello", PictureFault.NOT_A_PICTURE),
        (b"", PictureFault.NOT_A_PICTURE),
        (claimed_png(100_000, 100_000), PictureFault.TOO_BIG),
        (bytes(MOST_BYTES + 1), PictureFault.TOO_BIG),
        (saved(of_codes(*(code(seed) for seed in range(10)))), PictureFault.SEVERAL),
        (saved(of_codes()), PictureFault.NO_CODE),
    ],
    ids=["text", "nothing", "bomb", "long", "ten", "empty"],
)
async def test_what_is_no_receipt_is_refused_by_the_same_process(picture: bytes, fault: PictureFault) -> None:
    async with open_workers(most=1) as workers:
        pictures = ZxingReceiptPictures(workers)
        assert await pictures.read(picture) == fault
        assert isinstance(await pictures.read(saved(of_codes(code()))), CodeRead)


async def test_a_process_that_takes_too_long_is_killed_and_the_next_picture_gets_another() -> None:
    slow = worker("import time; time.sleep(60)")
    async with open_workers(command=slow, most=1) as workers:
        began = time.monotonic()
        for _ in range(2):
            with pytest.raises(WorkerError):
                await workers.ask(b"x", seconds=0.3)
        assert time.monotonic() - began < SLOW_MACHINE


async def test_a_process_that_dies_costs_its_picture_only() -> None:
    frail = worker(f"{ANSWER.format('request')} if request == b'good' else sys.exit(3)")
    async with open_workers(command=frail, most=1) as workers:
        assert await workers.ask(b"good", seconds=SLOW_MACHINE) == b"good"
        with pytest.raises(WorkerError):
            await workers.ask(b"bad", seconds=SLOW_MACHINE)
        assert await workers.ask(b"good", seconds=SLOW_MACHINE) == b"good"


async def test_a_process_that_went_home_is_replaced_unnoticed() -> None:
    once = worker(f"{ANSWER.format('request')}; sys.stdout.flush(); break")
    async with open_workers(command=once, most=1) as workers:
        for _ in range(3):
            assert await workers.ask(b"x", seconds=SLOW_MACHINE) == b"x"


async def test_one_process_serves_many_pictures() -> None:
    async with open_workers(
        command=worker(ANSWER.format("str(__import__('os').getpid()).encode()")), most=1
    ) as workers:
        assert len({await workers.ask(b"x", seconds=SLOW_MACHINE) for _ in range(3)}) == 1


async def test_a_process_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLUBOK_TELEGRAM__TOKEN", "1:abc")
    names = ANSWER.format("b'*' + ','.join(__import__('os').environ).encode()")
    async with open_workers(command=worker(names)) as workers:
        assert b"KLUBOK" not in await workers.ask(b"x", seconds=SLOW_MACHINE)
    assert "-I" in COMMAND


@pytest.mark.parametrize("answer", ["b'?'", "b'+t=1'", "b'-nonsense'", "b'+' + bytes([255])", "b''"])
async def test_what_a_process_answers_is_not_trusted(answer: str) -> None:
    async with open_workers(command=worker(ANSWER.format(answer))) as workers:
        assert await ZxingReceiptPictures(workers).read(b"picture") == PictureFault.FAILED
