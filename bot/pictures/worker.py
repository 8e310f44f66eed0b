"""Worker: the process that touches pictures, with little memory and nobody's secrets: `python -m bot.pictures.worker`.

A request is a frame: one letter for what to do, then its content. The answer is a frame: one letter for how it went,
then its content.
"""

import json
import select
import sys
import time
from collections.abc import Callable, Mapping

from bot.pictures.bounds import IDLE_SECONDS, MEMORY_BYTES
from bot.pictures.frames import pack, read_frame
from bot.services.club.pictures import CardFace, PictureFault

READ, DRAW = b"R", b"D"
DONE, FAULT = b"+", b"-"


def _read(content: bytes) -> bytes:
    from bot.pictures.decoding import decode  # noqa: PLC0415 - after memory is bounded; see `_draw`

    found = decode(content, ticks=time.monotonic)
    return FAULT + found.value.encode() if isinstance(found, PictureFault) else DONE + found.encode()


def _draw(content: bytes) -> bytes:
    from bot.pictures.drawing import draw_card  # noqa: PLC0415 - whoever only reads need not load it

    return DONE + draw_card(CardFace(**json.loads(content)))


_WORK: Mapping[bytes, Callable[[bytes], bytes]] = {READ: _read, DRAW: _draw}


def limit_memory() -> None:
    """Let a picture that wants too much memory fail here instead of harming the machine; where the system can."""
    try:
        import resource  # noqa: PLC0415 - not there on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def main() -> None:
    """Work until nobody asks for it for some time."""
    limit_memory()
    asked, answered = sys.stdin.buffer, sys.stdout.buffer
    while select.select([asked], [], [], IDLE_SECONDS)[0]:
        request = read_frame(asked)
        if not request:
            return
        answered.write(pack(_WORK[request[:1]](request[1:])))
        answered.flush()


if __name__ == "__main__":
    main()
