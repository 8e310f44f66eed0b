"""Disputes: two members say that a device is theirs; people of the brand decide."""

from collections.abc import Mapping, Sequence

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.errors import RuleViolationError
from bot.domain.loyalty.member import MemberId
from bot.domain.purchases.device import Device, Dispute, DisputeId, DisputeState, masked_serial
from bot.domain.replies import Button, Phrase, Reply
from bot.domain.staff import REVIEWERS
from bot.services.ports import UnitOfWork
from bot.services.purchases.devices import Devices, DisputeClosedError
from bot.services.staff import may, those_who
from bot.skills.club.claims import written_day


async def ask_about(uow: UnitOfWork, dispute: Dispute, serial: str) -> Sequence[Reply]:
    """Show a dispute to everybody who may decide it; the first who presses does."""
    device = await uow.purchases.devices.get(dispute.device)
    addresses = await those_who(uow, REVIEWERS)
    if device is None or not addresses:
        return []
    number = str(dispute.id)
    params = {
        "dispute": number,
        "serial": serial,
        "first": device.source,
        "first_day": written_day(device.bought_on),
        "second": dispute.source,
        "second_day": written_day(dispute.bought_on),
    }
    buttons = (
        (Button(Phrase("dispute-grant-button"), Action("disputes.grant", (number,))),),
        (Button(Phrase("dispute-deny-button"), Action("disputes.deny", (number,))),),
    )
    conversations = await uow.conversations.load(addresses, language="")
    return [
        Reply(
            text=Phrase("dispute-asked", params),
            buttons=buttons,
            to=address,
            language=conversations[address].language,
        )
        for address in addresses
    ]


class DisputesSkill:
    """Takes decisions, and tells both sides; for whoever may."""

    name = "disputes"
    is_urgent = False
    is_personal = True
    commands: Mapping[str, Action] = {}

    def __init__(self, devices: Devices) -> None:
        self._devices = devices

    def matches(self, turn: Turn) -> bool:
        """Only by a button."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Do what was pressed, for people of the brand only."""
        me = turn.conversation.address
        if not await may(turn.uow, me, REVIEWERS):
            return [Reply(text=Phrase("review-not-yours"))]
        number = turn.action.argument(0) if turn.action else ""
        dispute = DisputeId(int(number) if number.isascii() and number.isdecimal() else 0)
        is_granted = turn.action is not None and turn.action.verb == "grant"
        state = DisputeState.GRANTED if is_granted else DisputeState.DENIED
        try:
            decided, device = await self._devices.decide(turn.uow, dispute, state, by=me, now=turn.now)
        except DisputeClosedError as late:
            return [Reply(text=late.phrase, replaces=True)]
        except RuleViolationError as refused:
            return [Reply(text=refused.phrase)]
        done = Reply(text=Phrase("dispute-done", {"dispute": number, "state": str(state)}), replaces=True)
        return [done, *await self._tell(turn.uow, decided, device)]

    async def _tell(self, uow: UnitOfWork, dispute: Dispute, device: Device) -> Sequence[Reply]:
        params = {"serial": masked_serial(device.serial)}
        if dispute.state is DisputeState.GRANTED:
            return [
                *await _to(uow, dispute.member, Phrase("dispute-won", params)),
                *await _to(uow, device.member, Phrase("dispute-lost", params)),
            ]
        return await _to(uow, dispute.member, Phrase("dispute-denied", params))


async def _to(uow: UnitOfWork, member: MemberId, said: Phrase) -> list[Reply]:
    addresses = (await uow.club.members.addresses(member))[:1]
    conversations = await uow.conversations.load(addresses, language="")
    return [Reply(text=said, to=address, language=conversations[address].language) for address in addresses]
