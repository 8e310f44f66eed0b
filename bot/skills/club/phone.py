"""A phone of one's own: shared by the platform, or typed and confirmed by a code."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.dialogue.flow.form import Answered, InvalidAnswerError, Step
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.contact_data.phone import demand_takes_codes, masked_phone
from bot.domain.conversation import FlowState
from bot.domain.errors import InputError, RuleViolationError
from bot.domain.ids import ChannelName
from bot.domain.members.terms import ClubTerms
from bot.domain.messages import ContactShared
from bot.domain.replies import Button, Line, Phrase, ShareContact
from bot.services.chance import Chance
from bot.services.club.confirming import PhoneConfirmation
from bot.services.club.contact_data import PhoneReader
from bot.services.club.joining import Joining
from bot.skills.club.parts import ClubParts

YES, NO = "yes", "no"
RESEND = Action("joining.resend")
_SHARED, _TYPED = "shared:", "typed:"
"""How a phone came: shared by the platform it is the person's own; typed it has to be confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JoiningParts:
    """What joining is made of. `terms` are the brand's, as they are now; `sharing` are the channels of which the
    platform tells people's own numbers; `regions` the countries to whose phones codes go."""

    club: ClubParts
    terms: Callable[[], ClubTerms]
    chance: Chance
    joining: Joining
    confirmation: PhoneConfirmation
    phones: PhoneReader
    sharing: frozenset[ChannelName] = frozenset()
    region: str = "RU"
    regions: frozenset[str] = frozenset({"RU", "KZ", "BY"})


def phone_steps(parts: JoiningParts, *, is_asked: Callable[[Answered], bool]) -> tuple[Step, Step]:
    """Describe both steps; the second is asked where a number was typed."""
    steps = _PhoneSteps(parts)
    phone = Step(
        name="phone",
        prompt=steps.ask,
        hint="joining-phone-hint",
        read=_read_phone,
        settle=steps.settle,
        extras=(Button(Phrase("joining-phone-button"), ShareContact()),),
        is_asked=is_asked,
        is_private=True,
    )
    code = Step(
        name="code",
        prompt=_ask_code,
        hint="joining-code-hint",
        settle=steps.settle_code,
        extras=(Button(Phrase("joining-code-button"), RESEND),),
        is_asked=lambda answers: is_asked(answers) and answers.get("phone", "").startswith(_TYPED),
        is_private=True,
    )
    return phone, code


async def send_code(parts: JoiningParts, turn: Turn, phone: str) -> None:
    """Queue a code.

    Raises:
        RuleViolationError: not now.
    """
    await parts.confirmation.send(
        turn.uow,
        phone,
        by=turn.conversation.address,
        language=turn.language,
        then=Action("joining.code_sent"),
        now=turn.now,
    )


def phone_of(turn: Turn, answers: Answered) -> str:
    """Return the phone of an open form, E.164; empty before there is one."""
    sealed = answers.get("phone", "").removeprefix(_SHARED).removeprefix(_TYPED)
    return turn.uow.membership.unseal(sealed) if sealed else ""


class _PhoneSteps:
    """What the steps do."""

    def __init__(self, parts: JoiningParts) -> None:
        self._parts = parts

    def ask(self, turn: Turn, answers: Answered) -> Line:
        return Phrase("joining-phone-prompt-shared" if self._shares(turn) else "joining-phone-prompt-typed")

    def _shares(self, turn: Turn) -> bool:
        return turn.conversation.address.channel in self._parts.sharing

    async def settle(self, turn: Turn, state: FlowState, value: str) -> str:
        """Take one's own number from the platform, or a typed one to which a code can go."""
        if isinstance(turn.event, ContactShared):
            return _SHARED + turn.uow.membership.seal(await self._own(turn, turn.event))
        if self._shares(turn):
            raise InvalidAnswerError(Phrase("joining-phone-press"))
        try:
            phone = self._parts.phones.read(value, region=self._parts.region)
            demand_takes_codes(phone, regions=self._parts.regions)
            await send_code(self._parts, turn, phone.number)
        except RuleViolationError as refused:
            raise InvalidAnswerError(refused.phrase) from refused
        return _TYPED + turn.uow.membership.seal(phone.number)

    async def _own(self, turn: Turn, event: ContactShared) -> str:
        if not event.is_own:
            raise InvalidAnswerError(Phrase("joining-phone-foreign"))
        try:
            phone = self._parts.phones.read_shared(event.phone).number
        except InputError as refused:
            raise InvalidAnswerError(refused.phrase) from refused
        await self._demand_free(turn, phone)
        return phone

    async def settle_code(self, turn: Turn, state: FlowState, value: str) -> str:
        phone, me = phone_of(turn, state.answers), turn.conversation.address
        try:
            await self._parts.confirmation.confirm(turn.uow, phone, value, by=me, now=turn.now)
        except InputError as refused:
            raise InvalidAnswerError(refused.phrase) from refused
        await self._demand_free(turn, phone)
        return YES

    async def _demand_free(self, turn: Turn, phone: str) -> None:
        """Let nobody in twice; told only to who has shown that the phone is theirs."""
        member = await self._parts.joining.whose_phone(turn.uow, phone)
        mine = await turn.uow.club.members.who(turn.conversation.address)
        if member is not None and member != mine:
            raise InvalidAnswerError(Phrase("joining-phone-taken"))


def _read_phone(turn: Turn) -> str | None:
    if isinstance(turn.event, ContactShared):
        return turn.event.phone or "-"
    return turn.text or None


def _ask_code(turn: Turn, answers: Answered) -> Line:
    return Phrase("joining-code-prompt", {"phone": masked_phone(phone_of(turn, answers))})
