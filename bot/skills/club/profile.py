"""Profile: name, e-mail and birthday, told after joining or changed; each can be left out."""

from collections.abc import Mapping, Sequence

from bot.dialogue.flow.controls import IN_FLOW
from bot.dialogue.flow.engine import FlowEngine
from bot.dialogue.flow.form import Flow, InvalidAnswerError, Settle, Step
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.contact_data.birthday import shown_birthday
from bot.domain.contact_data.email import masked_email
from bot.domain.contact_data.phone import masked_phone
from bot.domain.conversation import FlowState
from bot.domain.errors import RuleViolationError
from bot.domain.members.profile import Profile, ProfileField
from bot.domain.replies import Button, Phrase, Reply
from bot.services.club.profiles import OPTIONAL
from bot.skills.club.care import CareParts
from bot.skills.club.parts import invitation, member_of

FORM = "profile"
_NOTHING = "—"
_LABELS: Mapping[ProfileField, Phrase] = {
    ProfileField.NAME: Phrase("profile-name-button"),
    ProfileField.EMAIL: Phrase("profile-email-button"),
    ProfileField.BIRTHDAY: Phrase("profile-birthday-button"),
}
"""What members may change by themselves."""
_REMOVALS: Mapping[ProfileField, Phrase] = {
    ProfileField.EMAIL: Phrase("profile-remove-email-button"),
    ProfileField.BIRTHDAY: Phrase("profile-remove-birthday-button"),
}
_PROMPTS: Mapping[ProfileField, tuple[str, str]] = {
    ProfileField.NAME: ("profile-name-prompt", "profile-name-hint"),
    ProfileField.EMAIL: ("profile-email-prompt", "profile-email-hint"),
    ProfileField.BIRTHDAY: ("profile-birthday-prompt", "profile-birthday-hint"),
}


def profile_flow(parts: CareParts) -> Flow:
    """Describe the form: three questions, none of which has to be answered."""

    async def finish(turn: Turn, state: FlowState) -> Sequence[Reply]:
        member = await member_of(turn)
        if member is None:
            return [invitation(parts.program(), turn)]
        told = {field: state.answers.get(field, "") for field in _LABELS}
        values = {field: turn.uow.membership.unseal(sealed) for field, sealed in told.items() if sealed}
        await parts.profiles.keep(turn.uow, member, values, now=turn.now)
        profile = await turn.uow.membership.profiles.get(member.id)
        key = "profile-saved" if values else "profile-unchanged"
        return [Reply(text=Phrase(key, _masked(profile)), answer=IN_FLOW, is_private=True)]

    steps = tuple(
        Step(name=field, prompt=prompt, hint=hint, is_optional=True, settle=_settle(parts, field), is_private=True)
        for field, (prompt, hint) in _PROMPTS.items()
    )
    return Flow(name=FORM, title="profile-title", steps=steps, finish=finish)


class ProfileSkill:
    """Shows what is known, and opens the form."""

    name = "profile"
    is_urgent = False
    is_personal = True
    commands: Mapping[str, Action] = {"command-profile": Action("profile.show")}

    def __init__(self, flows: FlowEngine, parts: CareParts) -> None:
        self._flows = flows
        self._parts = parts

    def matches(self, turn: Turn) -> bool:
        """Only by its command or a button."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Show the profile, take a field back, or ask for one, or for all that is missing."""
        member = await member_of(turn)
        if member is None:
            return [invitation(self._parts.program(), turn)]
        profile = await turn.uow.membership.profiles.get(member.id)
        action = turn.action
        if action is not None and action.verb == "remove":
            for field in (each for each in OPTIONAL if each == action.argument(0)):
                await self._parts.profiles.remove(turn.uow, member, field)
            return [_shown(await turn.uow.membership.profiles.get(member.id))]
        if action is None or action.verb != "edit":
            return [_shown(profile)]
        missing = [field for field in _LABELS if not getattr(profile, field)]
        wanted = [field for field in _LABELS if field == action.argument(0)] or missing
        if not wanted:
            return [_shown(profile)]
        _leave(turn)
        return await self._flows.start(turn, FORM, known={field: "" for field in _LABELS if field not in wanted})


def _leave(turn: Turn) -> None:
    """Leave the question about another field: this one is wanted now."""
    if turn.conversation.flow is not None and turn.conversation.flow.flow == FORM:
        turn.conversation.flow = None


def _settle(parts: CareParts, field: ProfileField) -> Settle:
    async def settle(turn: Turn, state: FlowState, value: str) -> str:
        member = await member_of(turn)
        if not value or member is None:
            return ""
        zone = parts.program().zone
        try:
            checked = await parts.profiles.check(turn.uow, member, field, value, now=turn.now, zone=zone)
        except RuleViolationError as refused:
            raise InvalidAnswerError(refused.phrase) from refused
        return turn.uow.membership.seal(checked)

    return settle


def _shown(profile: Profile) -> Reply:
    buttons = [(Button(label, Action("profile.edit", (field,))),) for field, label in _LABELS.items()]
    told = [field for field in _REMOVALS if getattr(profile, field)]
    buttons += [(Button(_REMOVALS[field], Action("profile.remove", (field,))),) for field in told]
    return Reply(text=Phrase("profile-shown", _masked(profile)), buttons=tuple(buttons), is_private=True)


def _masked(profile: Profile) -> Mapping[str, str]:
    return {
        "name": profile.name or _NOTHING,
        "phone": masked_phone(profile.phone) if profile.phone else _NOTHING,
        "email": masked_email(profile.email) if profile.email else _NOTHING,
        "birthday": shown_birthday(profile.birthday) or _NOTHING,
    }
