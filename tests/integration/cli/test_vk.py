"""`klubok vk` as a process, and what the console does not load."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.vk import FakeVk
from tests.integration.cli.process import environment, run


@pytest.fixture
def fake() -> Iterator[FakeVk]:
    with FakeVk() as fake:
        yield fake
    assert fake.violations == []


def settings(fake: FakeVk, **more: str) -> dict[str, str]:
    of_fake = {"TOKEN": fake.token, "GROUP_ID": str(fake.group_id), "API_URL": fake.base_url}
    return {f"KLUBOK_VK__{name}": value for name, value in (of_fake | more).items()}


def test_setup_switches_on_what_it_may_and_says_so(fake: FakeVk, tmp_path: Path) -> None:
    fake.long_poll.settings.is_enabled = False
    ran = run("vk", "setup", cwd=tmp_path, **settings(fake))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Nothing is left to do by hand." in ran.stdout
    assert fake.long_poll.settings.is_enabled
    assert list(tmp_path.iterdir()) == []


def test_what_is_left_to_click_is_exit_code_1(fake: FakeVk, tmp_path: Path) -> None:
    ran = run("vk", "setup", cwd=tmp_path, **settings(fake, CALLBACK_URL="http://127.0.0.1:9/vk"))
    assert ran.returncode == 1
    assert "By hand: VK has not confirmed our address: press «Подтвердить»" in ran.stdout


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"TOKEN": "other"}, "klubok: KLUBOK_VK__TOKEN: VK does not take it"),
        ({"TOKEN": ""}, "klubok: KLUBOK_VK__TOKEN: expected"),
        ({"GROUP_ID": "0"}, "klubok: KLUBOK_VK__GROUP_ID: expected"),
    ],
)
def test_wrong_settings_are_one_line(fake: FakeVk, tmp_path: Path, more: dict[str, str], says: str) -> None:
    ran = run("vk", "setup", cwd=tmp_path, **settings(fake, **more))
    assert ran.returncode == 2
    assert ran.stderr.startswith(says)
    assert ran.stderr.count("\n") == 1


def test_the_console_does_not_load_vk_api() -> None:
    code = "import sys, bot.app, bot.cli.chat; print(sorted({'vk_api', 'aiohttp'} & set(sys.modules)))"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=environment(PYTHONPATH=str(Path(__file__).parents[3])),
        check=True,
    )
    assert ran.stdout.strip() == "[]"
