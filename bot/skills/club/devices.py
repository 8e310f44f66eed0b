"""My devices: what a member owns, how long it is under warranty, and one more."""

from collections.abc import Mapping, Sequence

from bot.dialogue.flow.engine import FlowEngine
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.purchases.device import Device
from bot.domain.replies import Button, Card, Phrase, Reply
from bot.services.purchases.devices import Devices
from bot.skills.club.claims import written_day
from bot.skills.club.device_form import FORM, known_proofs
from bot.skills.club.parts import JOIN, member_of

_ADD = Button(Phrase("device-add-button"), Action("devices.add"))


class DevicesSkill:
    """Shows devices and opens the form."""

    name = "devices"
    is_urgent = False
    is_personal = True
    commands: Mapping[str, Action] = {"command-devices": Action("devices.list")}

    def __init__(self, flows: FlowEngine, devices: Devices) -> None:
        self._flows = flows
        self._devices = devices

    def matches(self, turn: Turn) -> bool:
        """Only by its command or a button."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Do what was asked; nothing but a word about the club for who is no member."""
        member = await member_of(turn)
        if member is None:
            return [Reply(text=Phrase("devices-stranger"), buttons=((JOIN,),))]
        if turn.action is not None and turn.action.verb == "add":
            proofs = known_proofs(await self._devices.proofs(turn.uow, member))
            return await self._flows.start(turn, FORM, known={"proofs": proofs})
        owned = await turn.uow.purchases.devices.of(member.id)
        if not owned:
            return [Reply(text=Phrase("devices-none"), buttons=((_ADD,),))]
        lines = tuple(_line(device, is_over=device.warranty_until < turn.now.date()) for device in owned)
        return [Reply(text=Card(title=Phrase("devices-title"), lines=lines), buttons=((_ADD,),))]


async def owned(turn: Turn) -> Sequence[str]:
    """Return which offers the asker has registered, the latest first."""
    member = await member_of(turn)
    devices = await turn.uow.purchases.devices.of(member.id) if member is not None else ()
    return [device.offer for device in devices if device.offer]


def _line(device: Device, *, is_over: bool) -> Phrase:
    params: dict[str, str | int] = {
        "name": device.name or device.serial,
        "serial": device.serial,
        "until": written_day(device.warranty_until),
    }
    return Phrase("devices-line-over" if is_over else "devices-line", params)
