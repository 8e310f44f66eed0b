"""The desk on the console: what comes by itself, and commands of the integrator."""

import re
import shutil
from pathlib import Path

import bot.demo
from tests.integration.cli.process import chat, run


def test_a_digest_of_the_day_comes_in_the_morning(tmp_path: Path) -> None:
    lines = [
        {"chat": "b", "user": "b", "text": "какая погода на Марсе?"},
        {"chat": "a", "user": "a", "text": "позовите оператора"},
        {"advance": "PT22H"},
    ]
    now = "2026-11-25T12:00:00+03:00"
    database = f"sqlite+aiosqlite:///{tmp_path / 'chat.db'}"
    answers = chat(lines, "--db", database, "--now", now, "--staff", "boss:supervisor")
    said = [reply for answer in answers for reply in answer["replies"] if reply["to"] == "boss"]
    digests = [reply for reply in said if reply["text"].startswith("Итоги дня")]
    assert len(digests) == 1
    assert "Обратились: 1" in digests[0]["text"]
    assert "погода на Марсе" in digests[0]["text"]
    assert [each["kind"] for each in digests[0]["attachments"]] == ["photo"]


def test_an_invitation_makes_its_first_follower_an_operator(tmp_path: Path) -> None:
    database = f"sqlite+aiosqlite:///{tmp_path / 'chat.db'}"
    ran = run("staff", "invite", "operator", KLUBOK_DATABASE_URL=database)
    assert ran.returncode == 0
    [code] = set(re.findall(r"staff_\w+", ran.stdout))
    first, second, queue = chat(
        [
            {"chat": "a", "user": "a", "start": code},
            {"chat": "b", "user": "b", "start": code},
            {"chat": "a", "user": "a", "text": "/queue"},
        ],
        "--db",
        database,
    )
    assert "оператор" in first["replies"][0]["text"]
    assert "использовано" in second["replies"][0]["text"]
    assert "Очередь пуста" in queue["replies"][0]["text"]
    assert run("staff", "invite", "king", KLUBOK_DATABASE_URL=database).returncode != 0


def test_what_is_taught_is_a_case_of_the_pack(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(bot.demo.__path__[0], pack, ignore=shutil.ignore_patterns("__*"))
    lines = [
        {"chat": "a", "user": "a", "text": "заворачиваете ли вы подарки в бархат?"},
        {"chat": "a", "user": "a", "text": "позовите оператора"},
        {"chat": "boss", "user": "boss", "text": "/take 1"},
        {"chat": "boss", "user": "boss", "text": "/teach заворачиваете подарки в бархат? | Да, за 300 рублей."},
        {"chat": "boss", "user": "boss", "action": "desk.approve:1"},
    ]
    *_, approved = chat(lines, "--pack", str(pack), "--staff", "boss:supervisor")
    assert "Бот знает ответ" in approved["replies"][0]["text"]
    scored = run("eval", "--pack", str(pack))
    assert scored.returncode == 0
    assert "100.0%" in scored.stdout
    assert run("pack", "check", str(pack)).returncode == 0


def test_a_promise_is_told_in_the_language_of_who_waits() -> None:
    lines = [
        {"chat": "a", "user": "a", "lang": "en", "text": "I want to talk to a person"},
        {"chat": "op", "user": "op", "text": "/take 1"},
        {"chat": "op", "user": "op", "text": "/hold 3h"},
    ]
    *_, held = chat(lines, "--now", "2026-11-25T12:00:00+03:00", "--staff", "op:operator")
    [told] = [reply["text"] for reply in held["replies"] if reply["to"] == "a"]
    assert "15:00" in told
    assert not re.search("[а-я]", told, re.IGNORECASE)
