"""Consents: agreeing later to what was declined or got new words, each document by itself."""

from collections.abc import Callable, Mapping, Sequence

from bot.dialogue.flow.controls import IN_FLOW
from bot.dialogue.flow.engine import FlowEngine
from bot.dialogue.flow.form import Answered, Flow
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.conversation import FlowState
from bot.domain.members.consent import ConsentDocument
from bot.domain.replies import Button, Phrase, Reply
from bot.skills.club.consenting import consent_step, step_of
from bot.skills.club.parts import invitation, member_of
from bot.skills.club.phone import YES, JoiningParts

FORM = "consent"
_ABOUT = "about"
PRIVACY = Button(Phrase("consents-privacy-button"), Action("privacy.show"))


def give_button(document: ConsentDocument, language: str, *, is_new: bool) -> Button:
    """Lead to the screen of a document; `is_new` where other words of it were agreed to before."""
    key = "consents-renew-button" if is_new else "consents-give-button"
    return Button(Phrase(key, {"consent": document.text(language)[1].title}), Action("consents.open", (document.id,)))


def consent_flow(parts: JoiningParts) -> Flow:
    """Describe the form: one document, and nothing else."""

    def only(document: ConsentDocument) -> Callable[[Answered], bool]:
        return lambda answers: answers.get(_ABOUT) == document.id

    async def finish(turn: Turn, state: FlowState) -> Sequence[Reply]:
        is_given = YES in {state.answers.get(step_of(document.id)) for document in parts.terms().consents}
        return [Reply(text=Phrase(_SAID[is_given]), buttons=((PRIVACY,),), answer=IN_FLOW)]

    steps = tuple(consent_step(parts, document, is_asked=only(document)) for document in parts.terms().consents)
    return Flow(name=FORM, title="consents-title", steps=steps, finish=finish, cancelled="consents-cancelled")


class ConsentsSkill:
    """Opens the form."""

    name = "consents"
    is_urgent = False
    is_personal = True
    commands: Mapping[str, Action] = {}

    def __init__(self, flows: FlowEngine, parts: JoiningParts) -> None:
        self._flows = flows
        self._parts = parts

    def matches(self, turn: Turn) -> bool:
        """Only by a button."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Show the document that a button names; who is no member agrees when they join."""
        if await member_of(turn) is None:
            return [invitation(self._parts.club.program(), turn)]
        wanted = turn.action.argument(0) if turn.action else ""
        if wanted not in {document.id for document in self._parts.terms().consents}:
            return [Reply(text=Phrase("consents-gone"), buttons=((PRIVACY,),))]
        if turn.conversation.flow is not None and turn.conversation.flow.flow == FORM:
            turn.conversation.flow = None  # that was about another document
        return await self._flows.start(turn, FORM, known={_ABOUT: wanted})


_SAID: Mapping[bool, str] = {True: "consents-given", False: "consents-declined"}
