"""Whatever happens in whichever order, nobody is lost at the desk: in short. At length: `tests.bench.desk_steps`."""

from pathlib import Path

import pytest

from tests.integration.desk.play import Play

STEPS = 250


@pytest.mark.parametrize("has_room", [False, True])
@pytest.mark.parametrize("seed", range(3))
async def test_nobody_is_lost_and_nobody_has_two_voices(tmp_path: Path, seed: int, *, has_room: bool) -> None:
    play = await Play(tmp_path, seed, has_room=has_room).open()
    try:
        for _ in range(STEPS):
            await play.step()
    finally:
        await play.close()
