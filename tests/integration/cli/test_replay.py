"""`klubok replay`: a changed pack against the log."""

from pathlib import Path

import pytest

from tests.contract.postgresql import throwaway_database
from tests.integration.cli.process import chat, run

LOG = (
    {"chat": "c1", "text": "вы чините утюги?"},
    {"chat": "c2", "text": "Вы чините утюги"},
    {"chat": "c3", "text": "сколько стоит доставка?"},
    {"chat": "c3", "text": "спасибо"},
    {"chat": "c4", "text": "доставка"},
    {"chat": "c4", "action": "ask.faq:delivery-cost"},
)
IRONS = '\n- {id: irons, questions: ["Вы чините утюги?"], answer: "Да.", answer_en: "Yes."}\n'


@pytest.fixture
def packs(tmp_path: Path) -> tuple[Path, Path]:
    """A pack, and the same with one entry more."""
    old, new = tmp_path / "old", tmp_path / "new"
    for pack in (old, new):
        run("pack", "init", pack)
    with (new / "faq.yaml").open("a", encoding="utf-8") as faq:
        faq.write(IRONS)
    return old, new


def _check(old: Path, new: Path, url: str) -> None:
    chat(LOG, "--pack", old, "--db", url)
    same = run("replay", "--pack", old, "--db", url)
    assert same.returncode == 0
    assert same.stdout.splitlines() == ["Questions: 4, answers that would change: 0"]
    changed = run("replay", "--pack", new, "--db", url)
    assert changed.returncode == 0
    assert "    unknown → faq faq:irons" in changed.stdout.splitlines()
    assert "Questions: 4, answers that would change: 2" in changed.stdout.splitlines()


def test_answers_that_would_change_are_shown_and_the_log_stays_as_it_is(
    packs: tuple[Path, Path], tmp_path: Path
) -> None:
    log = tmp_path / "log.db"
    _check(*packs, f"sqlite:///{log}")
    before = log.read_bytes()
    run("replay", "--pack", packs[1], "--db", f"sqlite:///{log}")
    assert log.read_bytes() == before


def test_a_log_on_postgresql_is_replayed(packs: tuple[Path, Path]) -> None:
    with throwaway_database() as url:
        run("db", "upgrade", KLUBOK_DATABASE_URL=url)
        _check(*packs, url)


def test_only_the_latest_are_replayed(packs: tuple[Path, Path], tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/log.db"
    chat(LOG, "--pack", packs[0], "--db", url)
    ran = run("replay", "--since", "2100-01-01", "--pack", packs[0], "--db", url)
    assert ran.stdout == "Questions: 0, answers that would change: 0\n"


def test_without_a_log_there_is_nothing_to_replay(tmp_path: Path) -> None:
    ran = run("replay", "--db", f"sqlite:///{tmp_path}/log.db")
    assert (ran.returncode, list(tmp_path.iterdir())) == (2, [])
