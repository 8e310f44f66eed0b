"""ClubTalk: people of a club and people of the brand in one place, with the jobs that they start done at once."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.catalogue import Catalogue, Offer
from bot.domain.desk.terms import DeskTerms
from bot.domain.ids import ChannelName
from bot.domain.messages import Address, Attached, AttachmentKind
from bot.domain.purchases.naming import offers_named
from bot.domain.purchases.verification import Verdict, Verification
from bot.domain.receipts.code import read_code
from bot.domain.receipts.receipt import Receipt
from bot.domain.replies import OutgoingMessage
from bot.domain.staff import Role, StaffMember
from bot.runtime.jobs import Jobs
from bot.services.club.pictures import CodeRead, PictureFault, Reading
from bot.services.club.rewards import Rewards
from bot.services.desk.tickets import Tickets
from bot.services.desk.timing import AlwaysOpen
from bot.services.jobs import DoJob
from bot.services.purchases.reading import READ, PictureGoneError, ReadReceipt
from bot.services.purchases.verifying import CHECK, CheckReceipt, OwnOrdersVerifier
from bot.skills.club.parts import ClubParts
from tests.fakes.talk import Talk
from tests.unit.services.purchases.world import World
from tests.unit.skills.test_joining import parts

CATALOGUE = Catalogue(
    offers={
        offer.id: offer
        for offer in (
            Offer(id="camera", name="Camera X1"),
            Offer(id="camera2", name="Camera X2"),
            Offer(id="lens", name="Lens"),
        )
    }
)
CODE = "t=20261120T1342&s=4850.00&fn=9287440300634471&i=13571&fp=3730902192&n=1"


class FakePictures:
    """`PictureSource` and `ReceiptPictures` in one: what a picture says is its name."""

    async def fetch(self, channel: ChannelName, reference: str) -> bytes:
        """Give out everything but what is gone."""
        if reference == "gone":
            raise PictureGoneError(PictureFault.FAILED)
        return reference.encode()

    async def read(self, picture: bytes) -> Reading:
        """Read what there is to read."""
        text = picture.decode()
        return PictureFault(text) if text in set(PictureFault) else CodeRead(text, read_code(text))


class FakeRegistry:
    """`ReceiptVerifier` that answers with `verdicts` in turn, the last one again and again."""

    name = "registry"

    def __init__(self) -> None:
        self.verdicts = [Verdict.UNSUPPORTED]
        self.asked = 0

    async def verify(self, receipt: Receipt) -> Verification:
        """Say the next one."""
        verdict = self.verdicts[min(self.asked, len(self.verdicts) - 1)]
        self.asked += 1
        return Verification(provider=self.name, verdict=verdict)


class ClubTalk(Talk):
    """One person's side of the talk, over a world that others share."""

    def __init__(self, world: World, registry: FakeRegistry, *, user: str) -> None:
        club = ClubParts(
            program=lambda: world.program,
            points=world.points,
            accruals=world.accruals,
            rewards=Rewards(world.points, new_code=lambda: "7KQ2-M0XA-93ZD"),
            receipts=world.receipts,
            devices=world.devices,
            named=lambda text: offers_named(CATALOGUE, text),
        )
        joining = replace(parts(), club=club)
        super().__init__(
            world.database.unit_of_work,
            user=user,
            chat=user,
            joining=joining,
            clock=world.clock,
            tickets=Tickets(DeskTerms(), AlwaysOpen()),
        )
        pictures, uow = FakePictures(), world.database.unit_of_work
        doers: dict[str, DoJob] = {
            READ: ReadReceipt(uow=uow, source=pictures, pictures=pictures),
            CHECK: CheckReceipt(uow=uow, verifiers=[OwnOrdersVerifier(uow), registry], clock=world.clock),
        }
        self.jobs = Jobs(uow=uow, clock=world.clock, doers=doers)

    async def attach(self, reference: str, *, caption: str = "") -> list[OutgoingMessage]:
        """Send a picture."""
        event = Attached(
            id=self._new_id(),
            sender=self.me,
            at=self.clock.now(),
            kind=AttachmentKind.PHOTO,
            reference=reference,
            caption=caption,
        )
        return await self.happen(event)

    async def settle(self) -> list[OutgoingMessage]:
        """Answer everything, do the jobs, answer what comes of them."""
        said = await super().settle()
        while await self.jobs.work() is not None:
            said += await super().settle()
        return said


class Place:
    """A world with a member, another one, and an operator."""

    def __init__(self) -> None:
        self.world = World()
        self.registry = FakeRegistry()
        self.ann, self.bob, self.operator, self.second = (
            ClubTalk(self.world, self.registry, user=user) for user in ("ann", "bob", "op1", "op2")
        )
        for talk in (self.bob, self.operator, self.second):
            talk.messages = self.ann.messages

    async def open(self) -> "Place":
        """Let the members join and the operator work."""
        await self.world.join(self.ann.me, 1)
        await self.world.join(self.bob.me, 2)
        async with self.world.database.unit_of_work() as uow:
            for talk in (self.operator, self.second):
                await uow.staff.add(StaffMember(address=talk.me, role=Role.OPERATOR), at=self.world.now)
            await uow.commit()
        return self


def to(messages: Sequence[OutgoingMessage], address: Address) -> list[str]:
    """What was said to somebody."""
    return [message.text for message in messages if message.to == address]
