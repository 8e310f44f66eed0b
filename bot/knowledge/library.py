"""Library: the brand's knowledge as it is now, whatever pack is in force."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.answer import Answer, Hit, Question, Source
from bot.domain.brand import Brand
from bot.domain.catalogue import Offer, Param
from bot.services.ports import Answers


class Holder(Protocol):
    """Whatever holds the knowledge in force and may swap it between two calls."""

    @property
    def current(self) -> Answers:
        """The knowledge in force."""
        ...


class Library:
    """The port `Answers` over a pack that may change while we run."""

    def __init__(self, holder: Holder) -> None:
        self._holder = holder

    @property
    def brand(self) -> Brand:
        """Whose bot we are."""
        return self._holder.current.brand

    async def answer(self, question: Question) -> Answer:
        """Find the best answer, or say that there is none."""
        return await self._holder.current.answer(question)

    def find(self, source: Source) -> Hit | None:
        """Return the place of the pack that `source` names; None when the pack no longer has it."""
        return self._holder.current.find(source)

    def telling_params(self, offer: Offer) -> Sequence[Param]:
        """Return the three params, or fewer, that tell `offer` best from its neighbours on the shelf."""
        return self._holder.current.telling_params(offer)
