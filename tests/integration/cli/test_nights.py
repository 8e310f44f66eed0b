"""Nights on the console: a birthday is told, a friend invited, over two runs of the program and one database."""

from pathlib import Path

from tests.integration.cli.process import chat

ME = {"chat": "c1", "user": "u1"}


def _says(*texts: str) -> list[dict[str, str]]:
    return [{**ME, "text": text} for text in texts]


def test_a_birthday_told_today_is_congratulated_after_a_restart(tmp_path: Path) -> None:
    database = ("--db", f"sqlite+aiosqlite:///{tmp_path}/klubok.db")
    *_, invitation = chat(
        [
            *_says("/join", "вступить", "да", "да", "да", "Анна"),
            {**ME, "contact": "+79123456789"},
            {**ME, "action": "profile.edit:birthday"},
            *_says("07.03", "/invite"),
        ],
        *database,
        "--now",
        "2027-02-10T12:00:00+03:00",
    )
    own, forward = invitation["replies"]
    assert "никто не пришёл" in own["text"]
    payload = forward["buttons"][0]["start"]
    assert payload.startswith("inv_")
    welcome, quiet, morning, later = chat(
        [
            {"chat": "c2", "user": "u2", "start": payload},
            {"advance": "P14DT21H"},
            {"advance": "PT1H"},
            {"advance": "P1D"},
        ],
        *database,
        "--now",
        "2027-02-20T12:00:00+03:00",
    )
    assert "200 баллов" in welcome["replies"][0]["text"]
    assert (quiet["replies"], later["replies"]) == ([], [])
    [gift] = morning["replies"]
    assert gift["to"] == "c1"
    assert gift["text"].startswith("Анна, с днём рождения!")
    assert {button["action"] for button in gift["buttons"]} == {"club.show", "settings.stop:birthday"}
