"""What crosses from one platform to the desk on another, and what is said of what cannot."""

from bot.domain.ids import ChannelName
from bot.domain.messages import Address, Attached, AttachmentKind, ContactShared, Said
from bot.domain.replies import OutgoingMessage
from tests.fakes.talk import NOON
from tests.unit.skills.desk.office import Office

EVE = Address(ChannelName("vk"), "501", "501")


async def from_vk() -> Office:
    """An office where an operator has the ticket of somebody on another platform."""
    office = await Office().open()
    await office.ann.happen(Said(id="v1", sender=EVE, at=NOON, text="позовите человека", name="Eve"))
    await office.op.say("/take 1")
    return office


async def sent(office: Office, kind: AttachmentKind) -> list[OutgoingMessage]:
    """Let Eve send a file; return what the operator sees at once."""
    event = Attached(id=f"v-{kind}", sender=EVE, at=NOON, kind=kind, reference="1", name="Eve")
    return [each for each in await office.ann.happen(event) if each.to == office.op.me]


async def test_a_sticker_that_cannot_be_shown_is_told_of() -> None:
    office = await from_vk()
    [shown] = await sent(office, AttachmentKind.STICKER)
    assert shown.text.split("\n") == ["desk-said(name=Eve, ticket=1)", "desk-not-shown(kind=sticker)"]


async def test_somebody_elses_contact_is_told_of() -> None:
    office = await from_vk()
    event = ContactShared(id="v2", sender=EVE, at=NOON, phone="", is_own=False, name="Eve")
    [shown] = [each for each in await office.ann.happen(event) if each.to == office.op.me]
    assert shown.text.split("\n") == ["desk-said(name=Eve, ticket=1)", "desk-not-shown(kind=contact)"]


async def test_of_a_file_that_is_on_its_way_nothing_empty_is_said_before() -> None:
    office = await from_vk()
    assert await sent(office, AttachmentKind.VOICE) == []
    await office.op.say("/return")
    [waiting] = await sent(office, AttachmentKind.PHOTO)
    assert [button.label for row in waiting.buttons for button in row] == ["desk-take-button(ticket=1)"]
