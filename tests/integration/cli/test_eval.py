"""`klubok eval`: a file of questions, scored."""

from pathlib import Path

from tests.integration.cli.process import run

GOOD = """
- id: delivery
  turns: [{ask: "сколько стоит доставка?", kind: faq, sources: ["faq:delivery-cost"], text: ["390"]}]
- id: mars
  turns: [{ask: "какая погода на марсе", kind: unknown}]
- id: wrong
  turns: [{ask: "сколько стоит доставка?", kind: faq, sources: ["faq:club-join"]}]
"""


def test_a_file_of_questions_is_scored(tmp_path: Path) -> None:
    file = tmp_path / "questions.yaml"
    file.write_text(GOOD, encoding="utf-8")
    result = run("eval", str(file), "--failures")
    assert result.returncode == 0
    assert "66.7%" in result.stdout
    assert "false wrong: сколько стоит доставка?" in result.stdout
    assert "delivery:" not in result.stdout


def test_a_broken_file_is_named_with_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "questions.yaml"
    file.write_text("- id: a\n  turns: [{ask: b, kind: fact}]", encoding="utf-8")
    result = run("eval", str(file))
    assert result.returncode == 1
    assert "questions.yaml:2: error" in result.stderr


def test_a_file_that_is_not_there_is_said() -> None:
    result = run("eval", "nowhere.yaml")
    assert result.returncode == 2
    assert result.stderr.startswith("klubok: nowhere.yaml cannot be read")


def test_a_fit_is_shown_before_and_after_and_put_into_the_pack_on_demand(tmp_path: Path) -> None:
    pack, file = tmp_path / "pack", tmp_path / "questions.yaml"
    run("pack", "init", pack)
    file.write_text(GOOD, encoding="utf-8")
    shown = run("eval", str(file), "--fit", "--pack", str(pack), cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "before" in shown.stdout
    assert "after" in shown.stdout
    assert "Labels: " in shown.stdout
    assert not (pack / "confidence.json").exists()
    run("eval", str(file), "--fit", "--write", "--pack", str(pack), cwd=tmp_path)
    assert run("pack", "check", pack).stdout.startswith("No problems.")
    (pack / "confidence.json").write_text("[]", encoding="utf-8")
    assert "confidence.json: error" in run("pack", "check", pack).stdout
