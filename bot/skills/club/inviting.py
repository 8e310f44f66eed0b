"""Inviting: a message to pass on to friends, and what it does when a friend opens it."""

from collections.abc import Mapping, Sequence

from bot.dialogue.deep_links import INVITATION
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.errors import RuleViolationError
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Program
from bot.domain.replies import Button, Card, Line, Phrase, Private, Reply
from bot.skills.club.care import CareParts
from bot.skills.club.parts import JOIN, invitation, member_of

_INVITE = Button(Phrase("invite-button"), Action("invite.show"))


class InvitingSkill:
    """`/invite` shows the member's own invitation; with a code, or by a deep link, it is a friend who comes."""

    name = "invite"
    is_urgent = False
    is_personal = True
    commands: Mapping[str, Action] = {"command-invite": Action("invite.show")}

    def __init__(self, parts: CareParts) -> None:
        self._parts = parts

    def matches(self, turn: Turn) -> bool:
        """Only by its command, a deep link or a button."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Show the invitation, or follow one."""
        program, code = self._parts.program(), turn.action.argument(0) if turn.action else ""
        if code:
            return await self._follow(turn, program, code)
        member = await member_of(turn)
        return [invitation(program, turn)] if member is None else await self._show(turn, program, member)

    async def _show(self, turn: Turn, program: Program, member: Member) -> Sequence[Reply]:
        code = await self._parts.inviting.code(turn.uow, member)
        friends = await turn.uow.club.members.count_friends(member.id)
        club = program.name.read(turn.language)
        lines = (*_terms(program), Phrase("invite-friends", {"friends": friends}), Phrase("invite-how"))
        own = Reply(text=Card(title=Phrase("invite-title", {"club": club}), lines=lines))
        params: dict[str, str | int] = {"club": club, "code": _shown(code), "points": program.referral.friend}
        open_here = Button(Phrase("invite-open-button"), Private(INVITATION + code))
        return [own, Reply(text=Phrase("invite-forward", params), buttons=((open_here,),))]

    async def _follow(self, turn: Turn, program: Program, code: str) -> Sequence[Reply]:
        try:
            await self._parts.inviting.follow(turn.uow, code, by=turn.conversation.address, now=turn.now)
        except RuleViolationError as refused:
            member = await member_of(turn)
            return [Reply(text=refused.phrase, buttons=((JOIN if member is None else _INVITE,),))]
        params: dict[str, str | int] = {
            "club": program.name.read(turn.language),
            "points": program.referral.friend,
        }
        return [Reply(text=Phrase("invite-welcome", params), buttons=((JOIN,),))]


def _terms(program: Program) -> Sequence[Line]:
    """What both get, where they get something."""
    referral = program.referral
    lines: list[Line] = []
    if referral.inviter:
        lines.append(Phrase("invite-gain", {"points": referral.inviter}))
    if referral.friend:
        lines.append(Phrase("invite-friend-gain", {"points": referral.friend}))
    if referral.inviter and referral.cap_per_year is not None:
        lines.append(Phrase("invite-cap", {"friends": referral.cap_per_year}))
    return lines


def _shown(code: str) -> str:
    return f"{code[:4]}-{code[4:]}"
