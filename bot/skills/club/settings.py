"""Settings: which notices a member wants, each switched by a button."""

from collections.abc import Mapping, Sequence

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Program
from bot.domain.members.consent import is_given_anywhere
from bot.domain.members.notices import NoticeKind
from bot.domain.replies import Button, Phrase, Reply
from bot.services.club.privacy import Demand
from bot.skills.club.care import SETTINGS, CareParts
from bot.skills.club.parts import invitation, member_of

_ON: Mapping[NoticeKind, Phrase] = {
    NoticeKind.EXPIRING: Phrase("settings-expiring-on-button"),
    NoticeKind.AVAILABLE: Phrase("settings-available-on-button"),
    NoticeKind.TIER: Phrase("settings-tier-on-button"),
    NoticeKind.BIRTHDAY: Phrase("settings-birthday-on-button"),
    NoticeKind.RECEIPT: Phrase("settings-receipt-on-button"),
    NoticeKind.BY_HAND: Phrase("settings-by-hand-on-button"),
}
_OFF: Mapping[NoticeKind, Phrase] = {
    NoticeKind.EXPIRING: Phrase("settings-expiring-off-button"),
    NoticeKind.AVAILABLE: Phrase("settings-available-off-button"),
    NoticeKind.TIER: Phrase("settings-tier-off-button"),
    NoticeKind.BIRTHDAY: Phrase("settings-birthday-off-button"),
    NoticeKind.RECEIPT: Phrase("settings-receipt-off-button"),
    NoticeKind.BY_HAND: Phrase("settings-by-hand-off-button"),
}
_SHOW = Action("settings.show")
_STOP_ADS = Action("settings.no_ads")


class SettingsSkill:
    """Shows the switches, and turns them."""

    name = "settings"
    is_urgent = False
    is_personal = True
    commands: Mapping[str, Action] = {"command-settings": _SHOW, "command-stop": _STOP_ADS}

    def __init__(self, parts: CareParts) -> None:
        self._parts = parts

    def matches(self, turn: Turn) -> bool:
        """Only by its command or a button."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Turn what was pressed, show all; advertising is stopped for whoever demands it, member or not."""
        if turn.action is not None and turn.action.name == _STOP_ADS.name:
            return [await self._stop_ads(turn)]
        program, member = self._parts.program(), await member_of(turn)
        if member is None:
            return [invitation(program, turn)]
        action = turn.action or _SHOW
        kind = next((each for each in NoticeKind if each == action.argument(0)), None)
        if action.verb == "stop" and kind is not None:
            await turn.uow.membership.notices.mute(member.id, kind, is_muted=True)
            return [Reply(text=Phrase("settings-stopped"), buttons=((SETTINGS,),))]
        is_turned = action.verb == "switch" and kind is not None
        if is_turned and kind is not None:
            await self._parts.notices.switch(turn.uow, member, kind)
        return [await self._show(turn, program, member, is_turned=is_turned)]

    async def _show(self, turn: Turn, program: Program, member: Member, *, is_turned: bool) -> Reply:
        kinds = await self._parts.notices.kinds(turn.uow, member)
        buttons = [(_switch(kind, is_on=is_on),) for kind, is_on in kinds]
        terms = program.notices
        hours = {"from": f"{terms.quiet_from:%H:%M}", "until": f"{terms.quiet_until:%H:%M}"}
        if await self._has_agreed(turn, program):
            buttons.append((Button(Phrase("settings-no-ads-button"), _STOP_ADS),))
        return Reply(text=Phrase("settings-shown", hours), buttons=tuple(buttons), replaces=is_turned)

    async def _has_agreed(self, turn: Turn, program: Program) -> bool:
        dossier = await self._parts.privacy.dossier(turn.uow, turn.conversation.address, lines=0)
        return is_given_anywhere(dossier.consents, program.notices.consent)

    async def _stop_ads(self, turn: Turn) -> Reply:
        """At once and everywhere: Federal Law 38-FZ, article 18, part 1."""
        was_given = await self._parts.privacy.withdraw(
            turn.uow,
            self._parts.program().notices.consent,
            by=turn.conversation.address,
            demand=Demand(event_id=turn.event.id, shown_ref=turn.event.ref),
            now=turn.now,
        )
        said = Phrase("settings-no-ads" if was_given else "settings-no-ads-anyway")
        return Reply(text=said, buttons=((SETTINGS,),))


def _switch(kind: NoticeKind, *, is_on: bool) -> Button:
    return Button((_ON if is_on else _OFF)[kind], Action("settings.switch", (str(kind),)))
