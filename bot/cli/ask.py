"""`klubok ask`: one question, one answer, no conversation. Opens no database."""

import asyncio
from pathlib import Path

from rich.console import Console

from bot.cli.chat import choose_settings
from bot.cli.explain import show_explanation
from bot.cli.progress import progress_bars
from bot.cli.terminal import button_line, message_panel
from bot.dialogue.language import detect
from bot.dialogue.render import Renderer
from bot.domain.text import clean
from bot.knowing import open_knowledge
from bot.skills.questions.skill import QuestionsSkill


def answer_once(question: str, *, pack: Path | None, is_explained: bool = False) -> None:
    """Answer `question` as a customer would see it, with the kind, the confidence, the sources, and why on demand."""
    with progress_bars() as progress:
        knowledge = open_knowledge(choose_settings(pack, None), progress=progress)
    text = clean(question)
    language = detect(text) or knowledge.answers.brand.languages[0]
    reply = asyncio.run(QuestionsSkill(knowledge.answers).ask(text, language))
    shown = Renderer(knowledge.translator).show(reply, language)
    console = Console(highlight=False)
    console.print(message_panel(shown.text, reply.answer))
    for button in (button for row in shown.buttons for button in row):
        console.print(button_line(button, mark="•"), soft_wrap=True)
    if is_explained:
        show_explanation(knowledge.explain(text), console)
