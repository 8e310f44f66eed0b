"""Consenting: a document on a screen of its own, with the two answers to it, and what is written down of them."""

from collections.abc import Callable

from bot.dialogue.flow.form import Answered, Choice, Hint, InvalidAnswerError, Prompt, Settle, Step
from bot.dialogue.turn import Turn
from bot.domain.conversation import FlowState
from bot.domain.members.consent import ConsentChange, ConsentDocument
from bot.domain.messages import Pressed
from bot.domain.replies import Card, Phrase, Text
from bot.services.club.joining import Decision
from bot.skills.club.phone import NO, YES, JoiningParts

_WORDING = 8
"""Digits of the SHA-256 of a document by which a button tells which words it stood under."""


def step_of(document: str) -> str:
    """Name the step that asks for a consent."""
    return f"c-{document}"


def consent_step(parts: JoiningParts, document: ConsentDocument, *, is_asked: Callable[[Answered], bool]) -> Step:
    """Describe the step that shows `document`, as the brand words it when it is shown."""
    screen = _Screen(parts, document)
    declining = "joining-disagree-button" if document.is_required else "joining-no-thanks-button"
    return Step(
        name=step_of(document.id),
        prompt=screen.show(),
        hint=screen.show_again(),
        choices=(
            Choice(value=YES, label=Phrase("joining-agree-button"), words="words-yes"),
            Choice(value=NO, label=Phrase(declining), words="words-no"),
        ),
        settle=screen.note(),
        wording=lambda turn: screen.now().text(turn.language)[1].digest[:_WORDING],
        is_asked=is_asked,
    )


class _Screen:
    """One document, shown and answered."""

    def __init__(self, parts: JoiningParts, document: ConsentDocument) -> None:
        self._parts = parts
        self._document = document

    def now(self) -> ConsentDocument:
        """The document as the brand words it now."""
        known = self._parts.terms().consents
        return next((other for other in known if other.id == self._document.id), self._document)

    def show(self) -> Prompt:
        return lambda turn, answers: self._words(turn)

    def show_again(self) -> Hint:
        """Whatever is agreed to stands in the same message."""
        return lambda turn: Card(title=Phrase("joining-consent-hint"), lines=(Text(""), self._words(turn)))

    def note(self) -> Settle:
        async def note(turn: Turn, state: FlowState, value: str) -> str:
            document = self.now()
            language = document.language_of(state.wording)
            if language is None:
                raise InvalidAnswerError(Phrase("joining-consent-changed"))
            decision = Decision(
                change=ConsentChange.GIVEN if value == YES else ConsentChange.DECLINED,
                by=turn.conversation.address,
                language=language,
                shown_ref=await _shown_ref(turn, state),
                event_id=turn.event.id,
                at=turn.now,
            )
            await self._parts.joining.decide(turn.uow, document, decision)
            return value

        return note

    def _words(self, turn: Turn) -> Text:
        _, text = self.now().text(turn.language)
        return Text(f"{text.title}\n\n{text.text.strip()}")


async def _shown_ref(turn: Turn, state: FlowState) -> str:
    """A press tells under which message; words answer the last one that showed the document."""
    if isinstance(turn.event, Pressed):
        return turn.event.ref
    return await turn.uow.transcript.reference(turn.event.sender.channel, state.shown_by)
