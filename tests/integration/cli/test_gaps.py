"""`klubok gaps`: from the log to a pack that knows more."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.contract.postgresql import throwaway_database
from tests.integration.cli.process import Line, chat, run

IRONS: Sequence[Line] = (
    {"chat": "c1", "user": "ann", "name": "Ann", "text": "вы чините утюги?"},
    {"chat": "c2", "user": "bob", "text": "чините ли вы утюги, мой номер +7 912 345-67-89"},
    {"chat": "c3", "user": "carol", "text": "какая погода на марсе"},
)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    run("pack", "init", tmp_path / "pack")
    return tmp_path / "pack"


class Desk:
    """Somebody who looks after the gaps of one log."""

    def __init__(self, pack: Path, url: str) -> None:
        self._options = ("--pack", str(pack), "--db", url)

    def talk(self, *lines: Line) -> list[Any]:
        return chat(lines, *self._options)

    def run(self, *arguments: str | Path, code: int = 0) -> str:
        ran = run("gaps", *arguments, *self._options)
        assert ran.returncode == code, ran.stderr
        return ran.stdout + ran.stderr

    def gaps(self, *options: str) -> Any:
        return json.loads(self.run("--json", *options))


@pytest.fixture
def desk(pack: Path, tmp_path: Path) -> Desk:
    return Desk(pack, f"sqlite:///{tmp_path}/log.db")


def test_gaps_are_attached_ignored_and_gone(desk: Desk, pack: Path) -> None:
    desk.talk(*IRONS)
    irons, weather = desk.gaps()
    assert (irons["count"], irons["troubles"], irons["now"]["kind"]) == (2, {"unknown": 2}, "unknown")
    assert not re.search(r"912|345.?67", json.dumps(irons["questions"], ensure_ascii=False))
    assert "вы чините утюги?" in desk.run()
    assert "faq:returns" in desk.run("attach", irons["id"][:4], "faq:returns", "--by", "Ann")
    desk.run("ignore", weather["id"])
    desk.talk({"chat": "c4", "text": "а какая погода на марсе сегодня"})
    assert desk.gaps() == []
    [answer] = desk.talk({"chat": "c5", "text": "Вы чините утюги"})
    assert answer["replies"][0]["sources"] == ["faq:returns"]
    assert run("pack", "check", pack).stdout.startswith("No problems.")


def test_a_disliked_answer_and_a_choice_turned_down_are_gaps(desk: Desk) -> None:
    [answer] = desk.talk({"chat": "c1", "text": "как вернуть товар?"})
    thumb = answer["replies"][0]["buttons"][-1]["action"]
    desk.talk(
        {"chat": "c1", "action": thumb},
        {"chat": "c1", "text": "сколько дней"},
        {"chat": "c1", "action": "help.not_found"},
    )
    found = {gap["questions"][0]["text"]: gap["troubles"] for gap in desk.gaps()}
    assert found == {"как вернуть товар?": {"disliked": 1}, "сколько дней": {"none of these": 1}}


def test_a_draft_needs_nothing_but_its_answers(desk: Desk, pack: Path, tmp_path: Path) -> None:
    desk.talk(*IRONS)
    draft = tmp_path / "draft.yaml"
    desk.run("export", draft)
    assert "there already" in desk.run("export", draft, code=2)
    (pack / "faq.yaml").write_text(draft.read_text(encoding="utf-8"), encoding="utf-8")
    checked = run("pack", "check", pack)
    assert checked.stdout.count(": error: ") == checked.stdout.count("answer is missing or empty") == 2
    filled = draft.read_text(encoding="utf-8").replace('""  # write it', '"Да."')
    (pack / "faq.yaml").write_text(filled, encoding="utf-8")
    assert run("pack", "check", pack).stdout.startswith("No problems.")


def test_only_the_latest_can_be_asked_for(desk: Desk) -> None:
    desk.talk(*IRONS)
    assert len(desk.gaps("--since", "P1D")) == 2
    assert len(desk.gaps("--limit", "1")) == 1
    assert desk.gaps("--since", "2100-01-01") == []


def test_what_cannot_be_done_is_said(desk: Desk) -> None:
    assert "no log yet" in desk.run(code=2)
    desk.talk(*IRONS)
    [irons, _] = desk.gaps()
    assert "is no gap" in desk.run("ignore", "zzzz", code=2)
    assert "is no gap" in desk.run("ignore", "", code=2)
    assert "did you mean returns?" in desk.run("attach", irons["id"], "faq:return", code=2)
    assert "no entry of the FAQ" in desk.run("attach", irons["id"], "offer:1", code=2)
    assert "--since takes" in desk.run("--since", "soon", code=2)


def test_options_may_stand_before_the_command(pack: Path, tmp_path: Path) -> None:
    options = ("--pack", pack, "--db", f"sqlite:///{tmp_path}/log.db")
    chat(IRONS, *options)
    [irons, _] = json.loads(run("gaps", "--json", *options).stdout)
    assert run("gaps", *options, "ignore", irons["id"]).returncode == 0


def test_the_log_may_be_on_postgresql(pack: Path) -> None:
    with throwaway_database() as url:
        run("db", "upgrade", KLUBOK_DATABASE_URL=url)
        desk = Desk(pack, url)
        desk.talk(*IRONS)
        assert [gap["count"] for gap in desk.gaps()] == [2, 1]
