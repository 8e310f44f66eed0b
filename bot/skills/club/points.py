"""Points: what a member has, where they stand, what came and went."""

from collections.abc import Callable, Mapping, Sequence

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.loyalty.account import Balance
from bot.domain.loyalty.entry import Basis, Entry, EntryKind
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Program, QualifyBy
from bot.domain.members.consent import ConsentDocument, Standing, stands
from bot.domain.members.terms import ClubTerms
from bot.domain.messages import Woke
from bot.domain.replies import Button, Card, Line, Phrase, Reply
from bot.services.club.overview import Overview, overview
from bot.services.club.purchases import FRIEND, INVITER
from bot.skills.club.consents import give_button
from bot.skills.club.parts import (
    CARD,
    CLUB,
    DEVICES,
    HISTORY,
    PROMO,
    REWARDS,
    SEND_RECEIPT,
    TOLD_POINTS,
    ClubParts,
    day,
    invitation,
    last_day,
    member_of,
    number_of,
    points_by_hand,
)

PER_PAGE = 8
_KINDS: Mapping[EntryKind, str] = {
    EntryKind.EARN: "club-entry-earn",
    EntryKind.ACTIVATE: "club-entry-activate",
    EntryKind.HOLD: "club-entry-hold",
    EntryKind.CAPTURE: "club-entry-burn",
    EntryKind.RELEASE: "club-entry-release",
    EntryKind.BURN: "club-entry-burn",
    EntryKind.EXPIRE: "club-entry-expire",
    EntryKind.ADJUST: "club-entry-adjust",
    EntryKind.REVERSE_EARN: "club-entry-return",
    EntryKind.REVERSE_BURN: "club-entry-refund",
    EntryKind.MERGE_IN: "club-entry-merge",
    EntryKind.MERGE_OUT: "club-entry-merge",
}
_SOURCES: Mapping[str, str] = {
    "order": "club-for-order",
    "receipt": "club-for-receipt",
    "registration": "club-for-joining",
    "product_registration": "club-for-device",
    "birthday": "club-for-birthday",
    "review": "club-for-review",
    "quiz": "club-for-quiz",
    "poll": "club-for-quiz",
    "reward": "club-for-reward",
    "promo": "club-for-promo",
}
_RULES: Mapping[str, str] = {INVITER: "club-for-friend", FRIEND: "club-for-invitation"}
_MISSING: Mapping[QualifyBy, str] = {
    QualifyBy.POINTS: "club-next-tier-points",
    QualifyBy.SPEND: "club-next-tier-spend",
}
_TAKING = {EntryKind.HOLD, EntryKind.CAPTURE, EntryKind.BURN, EntryKind.EXPIRE, EntryKind.REVERSE_EARN}


class PointsSkill:
    """Shows the balance and the history."""

    name = "club"
    is_urgent = False
    is_personal = True
    commands: Mapping[str, Action] = {
        "command-club": Action("club.show"),
        "command-history": Action("club.history"),
    }

    def __init__(self, parts: ClubParts, terms: Callable[[], ClubTerms]) -> None:
        self._parts = parts
        self._terms = terms

    def matches(self, turn: Turn) -> bool:
        """Only by a command or a button."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Show what was asked for; who is not in the club is invited."""
        program, member = self._parts.program(), await member_of(turn)
        if turn.action is not None and turn.action.name == TOLD_POINTS:
            is_due = isinstance(turn.event, Woke) and member is not None
            return [Reply(text=points_by_hand(int(turn.action.argument(0))))] if is_due else []
        if member is None:
            return [invitation(program, turn)]
        if turn.action is not None and turn.action.verb == "history":
            return [await self._history(turn, program, member)]
        return [await self._show(turn, program, member)]

    async def _show(self, turn: Turn, program: Program, member: Member) -> Reply:
        seen = await overview(turn.uow, program, member, points=self._parts.points, now=turn.now)
        profile = await turn.uow.membership.profiles.get(member.id)
        title = Phrase("club-title", {"club": program.name.read(turn.language), "name": profile.name})
        lines = [*_balance_lines(seen.balance, program), *_tier_lines(seen, program, turn.language)]
        renewed = await self._renewed(turn, member)
        lines += [Phrase("consents-renew")] if renewed else []
        renewals = [(give_button(document, turn.language, is_new=True),) for document in renewed]
        return Reply(
            text=Card(title=title, lines=tuple(lines)),
            buttons=(*renewals, (REWARDS, HISTORY), (CARD, SEND_RECEIPT), (DEVICES, PROMO)),
            is_private=True,
        )

    async def _renewed(self, turn: Turn, member: Member) -> Sequence[ConsentDocument]:
        """Return what is needed to be in the club and got new words since it was agreed to."""
        events = await turn.uow.membership.consents.of(await turn.uow.club.members.addresses(member.id))
        channel = turn.conversation.address.channel
        return [each for each in self._terms().required if stands(events, each, channel=channel) is Standing.OLD]

    async def _history(self, turn: Turn, program: Program, member: Member) -> Reply:
        before = turn.action.argument(0) if turn.action else ""
        entries = await self._parts.points.history(
            turn.uow, member.account, before=number_of(before), limit=PER_PAGE + 1
        )
        if not entries:
            return Reply(text=Phrase("club-history-empty"), buttons=((REWARDS,), (CLUB,)))
        shown = entries[:PER_PAGE]
        lines = tuple(_entry_line(entry, program) for entry in shown)
        buttons = [(CLUB,)]
        if len(entries) > PER_PAGE:
            older = Button(Phrase("club-older-button"), Action("club.history", (str(shown[-1].ref.number),)))
            buttons.insert(0, (older,))
        return Reply(text=Card(title=Phrase("club-history-title"), lines=lines), buttons=tuple(buttons))


def _balance_lines(balance: Balance, program: Program) -> Sequence[Line]:
    lines: list[Line] = [Phrase("club-available", {"points": balance.available})]
    if balance.debt:
        lines.append(Phrase("club-debt", {"points": balance.debt}))
    if balance.pending:
        lines.append(Phrase("club-pending", {"points": balance.pending}))
    if balance.held:
        lines.append(Phrase("club-held", {"points": balance.held}))
    if balance.expiring:
        moment, points = balance.expiring[0]
        lines.append(Phrase("club-expiring", {"points": points, "day": last_day(moment, program.zone)}))
    return lines


def _tier_lines(seen: Overview, program: Program, language: str) -> Sequence[Line]:
    lines: list[Line] = []
    if seen.tier is not None:
        lines.append(Phrase("club-tier", {"tier": seen.tier.name.read(language)}))
    if seen.next is not None:
        params: dict[str, str | int] = {"tier": seen.next.tier.name.read(language), "missing": seen.next.missing}
        lines.append(Phrase(_MISSING[program.qualify_by], params))
    return lines


def _reason(basis: Basis) -> str:
    """Say what points are for; a purchase brings some that are not for what was bought."""
    if basis.rule in _RULES:
        return _RULES[basis.rule]
    what = "promo" if "code" in basis.inputs else basis.source.partition(":")[0]
    return _SOURCES.get(what, "club-for-other")


def _entry_line(entry: Entry, program: Program) -> Line:
    source = _reason(entry.basis)
    sign = "−" if entry.kind in _TAKING or entry.change.available + entry.change.pending < 0 else "+"
    params: dict[str, str | int] = {"day": day(entry.at, program.zone), "sign": sign, "points": entry.points}
    if entry.kind is EntryKind.EARN:
        return Phrase(source, params)
    return Phrase(_KINDS[entry.kind], params)
