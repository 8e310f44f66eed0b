"""`klubok club`, as somebody calls it."""

import sqlite3
from pathlib import Path

from tests.integration.cli.process import chat, run

PURCHASES = """\
member;order;date;product;amount
m1;A-1;2026-03-01;;1000,50
m1;A-1;2026-03-01;;999,50
m2;A-2;2026-03-31T22:30:00+00:00;;150
m1;A-3;2026-04-02;;2000
"""
CLUB = """\
[[tiers]]
id = "friend"
name = "Friend"
from = 0
[[rules]]
id = "purchase"
version = 1
kind = "purchase"
points_per_100_rub = {rate}
"""


def _pack(folder: Path) -> Path:
    (folder / "brand.toml").write_text('name = "A"', encoding="utf-8")
    (folder / "faq.yaml").write_text('- {id: key, questions: ["Где ключ?"], answer: "Тут"}', encoding="utf-8")
    (folder / "club.toml").write_text(CLUB.format(rate=5), encoding="utf-8")
    return folder


def test_rules_are_tried_on_purchases_of_the_past(tmp_path: Path) -> None:
    pack, file, changed = _pack(tmp_path), tmp_path / "purchases.csv", tmp_path / "changed.toml"
    file.write_text(PURCHASES, encoding="utf-8-sig")
    changed.write_text(CLUB.format(rate=7), encoding="utf-8")
    ran = run("club", "simulate", file, "--pack", pack, "--with", changed, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    rows = [" ".join(line.split()) for line in ran.stdout.splitlines()]
    assert rows[0] == "Purchases: 3, members: 2, paid: 4,150.00 roubles"
    assert "points 205 287 82" in rows
    assert "month 2026-03 100 140 40" in rows
    assert "month 2026-04 105 147 42" in rows
    assert "members in tier friend 2 2 0" in rows


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    pack, file = _pack(tmp_path), tmp_path / "purchases.csv"
    for broken, expected in (
        ("member,order,date\n", "has no column amount"),
        ("member,order,date,amount\nm,o,2026-03-01,many\n", "line 2"),
        ("member,order,date,amount\nm,o,2026-03-01,5\nm,o2,yesterday,5\n", "line 3"),
        ("member,order,date,amount\nm,o,0001-01-01,5\n", "no such date"),
        ("member,order,date,amount\nm,o,2026-03-01,NaN\n", "expected an amount"),
        ("member,order,date,amount\nm,o,01.03.2026,-5\n", "below 0"),
        ("member,order,date,amount\nm,o,2026-03-01,5\nx,o,2026-03-01,5\n", "another member"),
    ):
        file.write_text(broken, encoding="utf-8")
        ran = run("club", "simulate", file, "--pack", pack, cwd=tmp_path)
        assert (ran.returncode, expected in ran.stderr) == (2, True), ran.stderr


def test_books_are_counted_again_and_what_differs_stops_redemption(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/club.db"
    assert run("db", "upgrade", KLUBOK_DATABASE_URL=url).returncode == 0
    _execute(tmp_path, "INSERT INTO club_accounts VALUES (1, 'open', NULL, 0, 0, 0, 0, 0, 0, 0)")
    assert "Accounts counted again: 1, differences: 0" in run("club", "reconcile", "--db", url).stdout
    assert "was due: 0" in run("club", "settle", "--db", url).stdout
    _execute(tmp_path, "UPDATE club_accounts SET available = 5")
    counted = run("club", "reconcile", "--db", url)
    assert (counted.returncode, "account 1: available is 5, counted 0" in counted.stdout) == (1, True)
    assert "nobody can spend points: account 1: available is 5" in run("status", KLUBOK_DATABASE_URL=url).stdout
    assert "still differs" in run("club", "resume", "--db", url).stderr
    _execute(tmp_path, "UPDATE club_accounts SET available = 0")
    assert "Points can be spent again" in run("club", "resume", "--db", url).stdout


def test_the_words_that_the_demonstration_tells_people_to_write_are_understood() -> None:
    texts = ("баланс", "balance", "выйти из клуба", "leave the club")
    answers = chat([{"chat": text, "text": text} for text in texts])
    actions = [[button["action"] for row in [answer["replies"][0]["buttons"]] for button in row] for answer in answers]
    assert actions == [*[["joining.start"]] * 2, *[["privacy.keep", "privacy.forget"]] * 2]


def test_who_was_forgotten_has_an_act_that_can_be_shown(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/club.db"
    assert run("db", "upgrade", KLUBOK_DATABASE_URL=url).returncode == 0
    assert run("club", "acts", "--db", url).stdout == "Nobody was forgotten yet.\n"
    chat([{"chat": "c1", "text": "привет"}, {"chat": "c1", "action": "privacy.forget"}], "--db", url)
    head, *lines = run("club", "acts", "--db", url).stdout.splitlines()
    assert head.startswith("Act 1, ")
    fields = dict(line.strip().split(": ", 1) for line in lines)
    assert fields["subject"] == "somebody who was no member"
    assert "messages 4" in fields["erased (rows)"]
    assert list(fields) == ["operator", "subject", "reason", "erased (rows)", "system", "method", "responsible"]


def test_events_are_told_line_by_line(tmp_path: Path) -> None:
    pack, file, url = _pack(tmp_path), tmp_path / "events.csv", f"sqlite:///{tmp_path}/club.db"
    file.write_text("card,kind,occasion\n2700000000014,review,1\n2700000000014,birthday,1\n", encoding="utf-8")
    ran = run("club", "events", file, "--pack", pack, "--db", url, cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (1, "")
    assert ran.stdout.splitlines() == [
        f"{file}:2: no member has this card",
        f"{file}:3: the kind is one of review, quiz, poll, not 'birthday'",
        "Events: 0 new, 0 known before, 2 refused. Points given: 0.",
    ]


def test_a_promo_code_for_a_card_that_nobody_has_is_told(tmp_path: Path) -> None:
    pack, file, url = _pack(tmp_path), tmp_path / "promo.csv", f"sqlite:///{tmp_path}/club.db"
    file.write_text("code;points;card\nSPRING;10;\nMINE;10;2700000000014\n", encoding="utf-8")
    ran = run("club", "promo", file, "--pack", pack, "--db", url, cwd=tmp_path)
    assert (ran.returncode, ran.stdout.splitlines()) == (
        1,
        [f"{file}:3: no member has this card", "Promo codes: 1 new, 0 known before, 1 refused."],
    )


def _execute(folder: Path, words: str) -> None:
    with sqlite3.connect(folder / "club.db") as connection:
        connection.execute(words)
    connection.close()
