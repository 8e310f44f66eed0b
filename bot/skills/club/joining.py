"""Joining the club: what it gives, each consent by itself, age, name, a phone of one's own."""

from collections.abc import Mapping, Sequence

from bot.dialogue.flow.controls import IN_FLOW
from bot.dialogue.flow.engine import FlowEngine
from bot.dialogue.flow.form import Answered, Choice, Flow, InvalidAnswerError, Step
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.contact_data.name import read_name
from bot.domain.conversation import FlowState
from bot.domain.errors import InputError, RuleViolationError
from bot.domain.loyalty.card import grouped
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import RuleKind
from bot.domain.members.consent import ConsentDocument
from bot.domain.messages import Pressed
from bot.domain.replies import Button, Line, Phrase, Reply, Text
from bot.services.club.joining import Newcomer
from bot.skills.club.consenting import consent_step, step_of
from bot.skills.club.parts import CARD, CLUB, JOIN, JOINING, REWARDS
from bot.skills.club.phone import NO, RESEND, YES, JoiningParts, phone_of, phone_steps, send_code

_OFFERED = "offered"
"""Stands in the payload for the name that the platform tells."""
_MORE = Button(Phrase("joining-more-button"), Action("profile.edit"))


def joining_flow(parts: JoiningParts) -> Flow:
    """Describe the form: at most six presses and a name."""
    form = _Form(parts)
    return Flow(
        name=JOINING, title="joining-title", steps=form.steps(), finish=form.finish, cancelled="joining-cancelled"
    )


class JoiningSkill:
    """Opens the form, and sends the code again."""

    name = "joining"
    is_urgent = False
    is_personal = True
    commands: Mapping[str, Action] = {"command-join": Action("joining.start")}

    def __init__(self, flows: FlowEngine, parts: JoiningParts) -> None:
        self._flows = flows
        self._parts = parts

    def matches(self, turn: Turn) -> bool:
        """Only by its command or a button."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Open the form; who is in already is told so."""
        action = turn.action
        if action is not None and action.name == RESEND.name:
            return await self._resend(turn)
        if action is not None and action.name == "joining.code_sent":
            return [] if "done" in action.args else [Reply(text=Phrase("joining-code-not-sent"), answer=IN_FLOW)]
        return await self._open(turn)

    async def _open(self, turn: Turn) -> Sequence[Reply]:
        member = await turn.uow.club.members.who(turn.conversation.address)
        if member is not None and member.is_active:
            params = {"club": _club(self._parts, turn), "number": grouped(member.card)}
            return [Reply(text=Phrase("joining-already", params))]
        return await self._flows.start(turn, JOINING)

    async def _resend(self, turn: Turn) -> Sequence[Reply]:
        state = turn.conversation.flow
        phone = phone_of(turn, state.answers) if state is not None and state.flow == JOINING else ""
        if not phone:  # the button of an old screen
            return await self._open(turn)
        try:
            await send_code(self._parts, turn, phone)
        except RuleViolationError as refused:
            return [Reply(text=refused.phrase, answer=IN_FLOW)]
        return [Reply(text=Phrase("joining-code-again"), answer=IN_FLOW)]


class _Form:
    """The steps, over the brand's terms."""

    def __init__(self, parts: JoiningParts) -> None:
        self._parts = parts

    def steps(self) -> tuple[Step, ...]:
        terms = self._parts.terms()
        return (
            Step(
                name="start",
                prompt=self._introduce,
                hint="joining-start-hint",
                choices=(Choice(value=YES, label=Phrase("joining-start-button"), words="words-joining-start"),),
            ),
            *(self._consent_step(document) for document in terms.consents),
            Step(
                name="age",
                prompt=lambda turn, answers: Phrase("joining-age-prompt", {"age": self._parts.terms().minimum_age}),
                hint="joining-age-hint",
                choices=(
                    Choice(value=YES, label=Phrase("joining-age-yes-button"), words="words-yes"),
                    Choice(value=NO, label=Phrase("joining-age-no-button"), words="words-no"),
                ),
                is_asked=self._agrees,
            ),
            Step(
                name="name",
                prompt="joining-name-prompt",
                hint="joining-name-hint",
                offers=_offer_name,
                settle=_seal_name,
                is_asked=self._goes_on,
                is_private=True,
            ),
            *phone_steps(self._parts, is_asked=self._goes_on),
        )

    async def finish(self, turn: Turn, state: FlowState) -> Sequence[Reply]:
        terms, answers = self._parts.terms(), state.answers
        if not self._agrees(answers):
            return [Reply(text=Phrase("joining-declined"), answer=IN_FLOW)]
        if answers["age"] == NO:
            return [Reply(text=Phrase("contact-too-young", {"years": terms.minimum_age}), answer=IN_FLOW)]
        if not await self._has_agreed(turn):
            return [Reply(text=Phrase("joining-consent-outdated"), buttons=((JOIN,),), answer=IN_FLOW)]
        newcomer = Newcomer(
            address=turn.conversation.address,
            name=turn.uow.membership.unseal(answers["name"]),
            phone=phone_of(turn, answers),
            age_confirmed=terms.minimum_age,
        )
        member = await self._parts.joining.join(turn.uow, newcomer, terms, now=turn.now)
        await self._welcome(turn, member)
        params = {"name": newcomer.name, "club": _club(self._parts, turn), "number": grouped(member.card)}
        return [
            Reply(
                text=Phrase("joining-done", params),
                buttons=((CLUB, CARD), (REWARDS,), (_MORE,)),
                answer=IN_FLOW,
                is_private=True,
            )
        ]

    async def _welcome(self, turn: Turn, member: Member) -> None:
        """Give what joining gives, once for each member, and the first tier."""
        club = self._parts.club
        program = club.program()
        await club.accruals.happened(
            turn.uow, program, member, kind=RuleKind.REGISTRATION, occasion="joined", now=turn.now
        )
        await club.accruals.review_tier(turn.uow, program, member, now=turn.now)

    def _introduce(self, turn: Turn, answers: Answered) -> Line:
        tiers = self._parts.club.program().tiers
        gifts = "\n".join(f"• {perk}" for perk in (tiers[0].perks_in(turn.language) if tiers else ()))
        return Phrase("joining-start-prompt", {"club": _club(self._parts, turn), "gifts": gifts})

    def _consent_step(self, document: ConsentDocument) -> Step:
        earlier = self._parts.terms().required
        before = earlier[: earlier.index(document)] if document in earlier else earlier
        return consent_step(
            self._parts,
            document,
            is_asked=lambda answers: all(answers.get(step_of(other.id)) != NO for other in before),
        )

    async def _has_agreed(self, turn: Turn) -> bool:
        """Whether the log proves it; a document may have got new words meanwhile."""
        return await self._parts.joining.may_join(turn.uow, turn.conversation.address, self._parts.terms())

    def _agrees(self, answers: Answered) -> bool:
        return all(answers.get(step_of(document.id)) != NO for document in self._parts.terms().required)

    def _goes_on(self, answers: Answered) -> bool:
        return self._agrees(answers) and answers.get("age") != NO


def _club(parts: JoiningParts, turn: Turn) -> str:
    return parts.club.program().name.read(turn.language)


async def _seal_name(turn: Turn, state: FlowState, value: str) -> str:
    is_offered = isinstance(turn.event, Pressed) and value == _OFFERED
    try:
        return turn.uow.membership.seal(read_name(turn.event.name or "" if is_offered else value))
    except InputError as refused:
        raise InvalidAnswerError(refused.phrase) from refused


def _offer_name(turn: Turn, answers: Answered) -> Sequence[Choice]:
    """Spare typing where the platform tells a name that will do."""
    try:
        name = read_name(turn.event.name or "")
    except InputError:
        return ()
    return (Choice(value=_OFFERED, label=Text(name)),)
