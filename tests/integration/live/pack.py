"""A brand whose answers tell which question they answer."""

from pathlib import Path

MOST_QUESTIONS = 100
_BRAND = 'name = "Номера"\nlanguages = ["ru"]\n'


def write_pack(directory: Path) -> Path:
    """Write the pack: «вопрос 17» is answered by «ответ 17»."""
    directory.mkdir()
    (directory / "brand.toml").write_text(_BRAND, encoding="utf-8")
    entries = [
        f"- id: number-{number}\n  questions: [{question(number)}]\n  answer: {answer(number)}\n"
        for number in range(MOST_QUESTIONS)
    ]
    (directory / "faq.yaml").write_text("".join(entries), encoding="utf-8")
    return directory


def question(number: int) -> str:
    """What a person writes."""
    return f"вопрос {number}"


def answer(number: int) -> str:
    """What the bot has to say to it."""
    return f"ответ {number}"
