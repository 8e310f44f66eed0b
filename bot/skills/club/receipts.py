"""Receipts: a picture, a code or typed fields; where each receipt stands, and what came of it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.dialogue.flow.engine import FlowEngine
from bot.dialogue.phrases import Translator
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.job import DONE, Job
from bot.domain.loyalty.member import Member
from bot.domain.messages import Attached, AttachmentKind, Woke
from bot.domain.purchases.claim import ClaimId, ClaimState, Refusal
from bot.domain.purchases.verification import Verdict
from bot.domain.receipts.code import is_receipt_code, read_code
from bot.domain.replies import Card, Line, Phrase, Reply
from bot.domain.staff import REVIEWERS
from bot.domain.text import words
from bot.domain.timer import Timer
from bot.services.club.pictures import PictureFault, next_step
from bot.services.purchases.reading import CODE, READ
from bot.services.purchases.receipts import Receipts
from bot.services.purchases.verifying import is_to_be_asked_again
from bot.services.staff import may
from bot.skills.club.claims import (
    MINE,
    SEND_BUTTONS,
    TYPE_IN,
    ask_reviewers,
    begin_check,
    is_of,
    line_of,
    list_reviews,
    shown,
    told,
)
from bot.skills.club.parts import JOIN, SEND_RECEIPT, member_of
from bot.skills.club.registering import register
from bot.skills.club.typed_receipt import FORM

SHOWN_AT_ONCE = 10
PATIENCE = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
"""When those who know are asked again: receipts reach registries late, and registries are away at times."""
_PICTURES = frozenset({AttachmentKind.PHOTO, AttachmentKind.FILE})


class ReceiptsSkill:
    """Takes receipts of members, and tells them what comes of each."""

    name = "receipts"
    is_urgent = False
    is_personal = True
    commands: Mapping[str, Action] = {
        "command-receipt": Action("receipts.send"),
        "command-receipts": Action("receipts.list"),
    }

    def __init__(self, flows: FlowEngine, receipts: Receipts, translator: Translator) -> None:
        self._flows = flows
        self._translator = translator
        self._receipts = receipts

    def matches(self, turn: Turn) -> bool:
        """A picture without words or with words about receipts, or the text of a code; never in a group."""
        if turn.event.is_group:
            return False
        if isinstance(turn.event, Attached):
            return turn.event.kind in _PICTURES and self._is_of_receipts(turn.event.caption)
        return is_receipt_code(turn.text)

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Do what was asked; nothing but a word about the club for who is no member."""
        member = await member_of(turn)
        verb = turn.action.verb if turn.action else ""
        if verb == "list" and await may(turn.uow, turn.conversation.address, REVIEWERS):
            return await list_reviews(turn)
        if member is None:
            return [] if isinstance(turn.event, Woke) else [_for_strangers(turn)]
        if turn.action is None:
            return await self._take(turn, member)
        verbs = {"list": self._list, "type": self._type}
        from_outside = {"read": self._read, "checked": self._checked, "recheck": self._recheck, "notice": self._notice}
        if isinstance(turn.event, Woke) and verb in from_outside:
            return await from_outside[verb](turn, member)
        return await verbs.get(verb, self._send)(turn, member)

    def _is_of_receipts(self, caption: str) -> bool:
        return not caption.strip() or bool(set(words(caption)) & self._translator.words("words-receipt"))

    async def _send(self, turn: Turn, member: Member) -> Sequence[Reply]:
        return [Reply(text=Phrase("receipt-send"), buttons=SEND_BUTTONS)]

    async def _type(self, turn: Turn, member: Member) -> Sequence[Reply]:
        return await self._flows.start(turn, FORM)

    async def _list(self, turn: Turn, member: Member) -> Sequence[Reply]:
        claims = await turn.uow.purchases.claims.of(member.id, limit=SHOWN_AT_ONCE)
        if not claims:
            return [Reply(text=Phrase("receipts-none"), buttons=((SEND_RECEIPT,),))]
        lines: list[Line] = []
        for claim in claims:
            lines += [line_of(claim), told(claim, self._receipts)]
        return [Reply(text=Card(title=Phrase("receipts-title"), lines=tuple(lines)), buttons=((SEND_RECEIPT,),))]

    async def _take(self, turn: Turn, member: Member) -> Sequence[Reply]:
        if not isinstance(turn.event, Attached):
            return await register(turn, member, read_code(turn.text), self._receipts)
        claim = await self._receipts.photographed(turn.uow, member, now=turn.now)
        number = str(claim.id)
        job = Job(
            kind=READ,
            address=turn.conversation.address,
            then=Action("receipts.read", (number,)),
            args=(number, turn.event.reference),
        )
        await turn.uow.jobs.add(job, at=turn.now)
        return [Reply(text=Phrase("receipt-reading"))]

    async def _read(self, turn: Turn, member: Member) -> Sequence[Reply]:
        number, how, kind, what = _arguments(turn, 4)
        claim = ClaimId(int(number))
        if how == DONE and kind == CODE:
            return await register(turn, member, read_code(what), self._receipts, claim=claim)
        await self._receipts.drop(turn.uow, claim, Refusal.UNREADABLE, now=turn.now)
        fault = PictureFault(what) if how == DONE else PictureFault.FAILED
        return [Reply(text=next_step(fault), buttons=((TYPE_IN,),))]

    async def _checked(self, turn: Turn, member: Member) -> Sequence[Reply]:
        number, attempt, how, what = _arguments(turn, 4)
        verdict = Verdict(what) if how == DONE else Verdict.UNSUPPORTED
        tries = int(attempt)
        if is_to_be_asked_again(verdict) and tries < len(PATIENCE):
            await self._wait(turn, number, tries)
            return [Reply(text=Phrase("receipt-waits"), buttons=((MINE,),))] if not tries else []
        claim = await self._receipts.settle(turn.uow, ClaimId(int(number)), verdict, now=turn.now)
        if claim is None:
            return []
        replies = [Reply(text=shown(claim, self._receipts), buttons=((MINE, SEND_RECEIPT),))]
        return [*replies, *await ask_reviewers(turn.uow, claim)]

    async def _wait(self, turn: Turn, number: str, tries: int) -> None:
        timer = Timer(
            key=f"receipt:{number}",
            address=turn.conversation.address,
            due_at=turn.now + PATIENCE[tries],
            action=Action("receipts.recheck", (number, str(tries + 1))),
        )
        await turn.uow.timers.set(timer)

    async def _recheck(self, turn: Turn, member: Member) -> Sequence[Reply]:
        number, attempt = _arguments(turn, 2)
        claim = await turn.uow.purchases.claims.get(ClaimId(int(number)))
        if claim is not None and claim.state is ClaimState.CHECKING:
            await begin_check(turn, claim, attempt=int(attempt))
        return []

    async def _notice(self, turn: Turn, member: Member) -> Sequence[Reply]:
        [number] = _arguments(turn, 1)
        claim = await turn.uow.purchases.claims.get(ClaimId(int(number)))
        if claim is None or not is_of(member, claim):
            return []
        return [Reply(text=shown(claim, self._receipts), buttons=((MINE,),))]


def _for_strangers(turn: Turn) -> Reply:
    is_picture = isinstance(turn.event, Attached)
    return Reply(text=Phrase("receipt-picture-stranger" if is_picture else "receipt-stranger"), buttons=((JOIN,),))


def _arguments(turn: Turn, count: int) -> list[str]:
    return [turn.action.argument(place) if turn.action else "" for place in range(count)]
