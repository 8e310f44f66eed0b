"""Cards: what stands on a member's card, and the job that has it drawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.errors import TryLaterError
from bot.domain.job import Job
from bot.domain.loyalty.card import CardNumber
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Program
from bot.services.club.pictures import CardFace, CardPictures
from bot.services.ports import UnitOfWork, UnitOfWorkFactory

DRAW_CARD = "card.draw"
"""The job that draws the card of whoever asked; its result is the path, empty where words must do."""
FORGET_CARD = "card.forget"
"""The job that removes every picture of the cards that are its arguments: nobody has them any more."""


class Cards:
    """Never commits."""

    async def face(self, uow: UnitOfWork, program: Program, member: Member, *, language: str) -> CardFace:
        """Return what stands on the card of `member`."""
        profile = await uow.membership.profiles.get(member.id)
        tier = program.tier(member.standing.tier) if member.standing else next(iter(program.tiers), None)
        return CardFace(
            club=program.name.read(language),
            name=profile.name,
            tier=tier.name.read(language) if tier is not None else "",
            number=member.card,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawCard:
    """Draws a card."""

    uow: UnitOfWorkFactory
    cards: Cards
    pictures: CardPictures
    program: Callable[[], Program]
    default_language: Callable[[], str]

    async def __call__(self, job: Job) -> Sequence[str]:
        """Return the path of the picture."""
        async with self.uow() as uow:
            member = await uow.club.members.who(job.address)
            if member is None:
                return [""]
            language = self.default_language()
            conversation = (await uow.conversations.load([job.address], language=language))[job.address]
            face = await self.cards.face(uow, self.program(), member, language=conversation.language)
        return [await self.pictures.picture(face) or ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetCard:
    """Removes pictures of cards: there is a name on them."""

    pictures: CardPictures

    async def __call__(self, job: Job) -> Sequence[str]:
        """Remove them.

        Raises:
            TryLaterError: one stays.
        """
        try:
            for number in job.args:
                await self.pictures.forget(CardNumber(number))
        except OSError as error:
            raise TryLaterError(str(error)) from error
        return ()
