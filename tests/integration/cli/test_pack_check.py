"""`klubok pack check` asks a pack its own questions."""

from pathlib import Path

from tests.integration.cli.process import run

FAQ = """\
- {id: key, questions: ["Где лежит ключ?", "Где взять ключ?"], answer: "Под ковриком"}
- {id: key-again, questions: ["А где лежит ключ?", "А где взять ключ?"], answer: "Под ковриком"}
- {id: door, questions: ["Как открыть дверь?"], answer: "Ключом"}
"""


def test_entries_that_cannot_be_told_apart_are_warned_of(tmp_path: Path) -> None:
    (tmp_path / "brand.toml").write_text('name = "A"', encoding="utf-8")
    (tmp_path / "faq.yaml").write_text(FAQ, encoding="utf-8")
    checked = run("pack", "check", tmp_path, cwd=tmp_path)
    assert checked.returncode == 0
    [warning, count, _] = checked.stdout.splitlines()
    assert warning.startswith("faq.yaml:1: warning: faq entry key can hardly be told from key-again")
    assert "1 alike-entries" in count
    assert sorted(path.name for path in tmp_path.iterdir()) == ["brand.toml", "faq.yaml"]


def test_the_demonstration_has_nothing_to_be_warned_of() -> None:
    demo = Path(__file__).parents[3] / "bot" / "demo"
    assert run("pack", "check", demo).stdout.startswith("No problems.")
