"""Library: the brand's knowledge as it is now, whatever pack is in force."""

from collections.abc import Callable, Sequence

from bot.domain.answer import Answer, Hit, Question, Source
from bot.domain.brand import Brand
from bot.domain.catalogue import Offer, Param
from bot.domain.wishes import Shown
from bot.services.ports import Answers


class Library:
    """The port `Answers` over a pack that may change while we run."""

    def __init__(self, in_force: Callable[[], Answers]) -> None:
        """`in_force` tells what to ask now; it may be another thing in the next call."""
        self._in_force = in_force

    @property
    def brand(self) -> Brand:
        """Whose bot we are."""
        return self._in_force().brand

    async def answer(self, question: Question) -> Answer:
        """Find the best answer, or say that there is none."""
        return await self._in_force().answer(question)

    def is_about_own(self, text: str) -> bool:
        """Whether a question speaks of what the asker has."""
        return self._in_force().is_about_own(text)

    def more(self, shown: Shown) -> Answer | None:
        """Show more of what was shown; None where nothing of it is left."""
        return self._in_force().more(shown)

    def find(self, source: Source) -> Hit | None:
        """Return the place of the pack that `source` names; None when the pack no longer has it."""
        return self._in_force().find(source)

    def telling_params(self, offer: Offer) -> Sequence[Param]:
        """Return the three params, or fewer, that tell `offer` best from its neighbours on the shelf."""
        return self._in_force().telling_params(offer)

    def examples(self, language: str) -> Sequence[str]:
        """Return what may be asked: a few short lines that we can answer."""
        return self._in_force().examples(language)
