"""Linking accounts: a code in one messenger, the same code in the other, a press to confirm."""

from collections.abc import Mapping, Sequence

from bot.dialogue.flow.timing import TIMER_KEY
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.errors import RuleViolationError
from bot.domain.members.linking import LinkClaim
from bot.domain.messages import Address
from bot.domain.replies import Button, Phrase, Reply
from bot.services.club.linking import Linking
from bot.skills.club.parts import JOINING, number_of

_JOIN = Button(Phrase("link-join-button"), Action("joining.start"))
_AGAIN = Button(Phrase("link-again-button"), Action("link.start"))


class LinkingSkill:
    """`/link` alone shows a code; with a code it asks the one who made it."""

    name = "link"
    is_urgent = False
    is_personal = True
    commands: Mapping[str, Action] = {"command-link": Action("link.start")}

    def __init__(self, linking: Linking) -> None:
        self._linking = linking

    def matches(self, turn: Turn) -> bool:
        """Only by its command, a deep link or a button."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Do what was asked; what cannot be is explained."""
        action = turn.action or Action("link.start")
        try:
            match action.verb:
                case "confirm":
                    return await self._confirm(turn, action)
                case "refuse":
                    return await self._refuse(turn, action)
                case "undo":
                    return await self._undo(turn, action)
                case _ if action.argument(0):
                    return await self._claim(turn, action.argument(0))
                case _:
                    return await self._show(turn)
        except RuleViolationError as refused:
            return [Reply(text=refused.phrase, buttons=((_AGAIN,),))]

    async def _show(self, turn: Turn) -> Sequence[Reply]:
        member = await turn.uow.club.members.who(turn.conversation.address)
        if member is None or not member.is_active:
            return [Reply(text=Phrase("link-no-member"), buttons=((_JOIN,),))]
        code = await self._linking.begin(turn.uow, member, now=turn.now)
        return [Reply(text=Phrase("link-code", {"code": f"{code[:4]}-{code[4:]}"}))]

    async def _claim(self, turn: Turn, typed: str) -> Sequence[Reply]:
        me = turn.conversation.address
        asked = await self._linking.claim(turn.uow, typed, by=me, now=turn.now)
        claim = str(asked.claim.id)
        yes = Button(Phrase("link-confirm-button"), Action("link.confirm", (claim,)))
        no = Button(Phrase("link-refuse-button"), Action("link.refuse", (claim,)))
        question = Phrase("link-question", {"account": _named(me, turn.event.name)})
        questions = [Reply(text=question, buttons=((yes,), (no,)), to=to, language=each) for to, each in asked.to]
        return [Reply(text=Phrase("link-asked")), *questions]

    async def _confirm(self, turn: Turn, action: Action) -> Sequence[Reply]:
        claim = await self._linking.confirm(
            turn.uow, number_of(action.argument(0)) or 0, by=turn.conversation.address, now=turn.now
        )
        done = "link-done" if claim.brought is None else "link-done-with-points"
        replies = [Reply(text=Phrase(done), buttons=((_undo_button(claim),),), replaces=True)]
        is_repeated = claim.confirmed_at is not None
        if is_repeated:
            return replies
        await _end_joining(turn, claim)
        return [*replies, *await _tell_there(turn, claim, "link-done-there")]

    async def _refuse(self, turn: Turn, action: Action) -> Sequence[Reply]:
        claim = await self._linking.refuse(
            turn.uow, number_of(action.argument(0)) or 0, by=turn.conversation.address, now=turn.now
        )
        if claim.is_linked:
            return [Reply(text=Phrase("link-refused-late"), buttons=((_undo_button(claim),),), replaces=True)]
        refused = Reply(text=Phrase("link-refused"), replaces=True)
        return [refused, *(await _tell_there(turn, claim, "link-refused-there") if claim.is_open(turn.now) else [])]

    async def _undo(self, turn: Turn, action: Action) -> Sequence[Reply]:
        claim = await self._linking.undo(
            turn.uow, number_of(action.argument(0)) or 0, by=turn.conversation.address, now=turn.now
        )
        had_card = claim.brought is not None
        done = Reply(text=Phrase("link-undone-with-points" if had_card else "link-undone"), replaces=True)
        if claim.undone_at is not None:  # pressed twice
            return [done]
        there = "link-undone-there-card" if had_card else "link-undone-there"
        return [done, *await _tell_there(turn, claim, there)]


def _undo_button(claim: LinkClaim) -> Button:
    return Button(Phrase("link-undo-button"), Action("link.undo", (str(claim.id),)))


async def _end_joining(turn: Turn, claim: LinkClaim) -> None:
    """Close the form that somebody may have begun in the other account before they found out about linking."""
    if claim.by is None:
        return
    there = (await turn.uow.conversations.load([claim.by], language=turn.language))[claim.by]
    if there.flow is not None and there.flow.flow == JOINING:
        there.flow = None
        await turn.uow.conversations.save([there])
        await turn.uow.timers.cancel(claim.by, TIMER_KEY)


async def _tell_there(turn: Turn, claim: LinkClaim, key: str) -> Sequence[Reply]:
    """Tell the other account."""
    if claim.by is None:
        return []
    language = (await turn.uow.conversations.load([claim.by], language=turn.language))[claim.by].language
    return [Reply(text=Phrase(key), to=claim.by, language=language)]


def _named(address: Address, name: str | None) -> str:
    """Name an account for whoever is to confirm it: the messenger, and what it shows of the person."""
    return f"{name} ({address.channel})" if name else str(address.channel)
