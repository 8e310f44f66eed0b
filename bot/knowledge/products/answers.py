"""Answers: goods first where the question is about them, else what the brand wrote."""

from collections.abc import Sequence

from bot.domain.answer import Answer, AnswerKind, Hit, Question, Source
from bot.domain.brand import Brand
from bot.domain.catalogue import Offer, Param
from bot.domain.wishes import Shown
from bot.knowledge.products.products import Products
from bot.knowledge.search.answers import PackAnswers

SURE_OF_GOODS = 0.75
"""From this confidence on nothing else is looked up."""
_LEAST = 0.3
_OF_THE_BRAND = frozenset({AnswerKind.FAQ, AnswerKind.ARTICLE})


class GoodsAnswers:
    """The port `Answers`: what was asked as the brand wrote it, then goods, then all that can be found."""

    def __init__(self, written: PackAnswers, products: Products) -> None:
        self._written = written
        self._products = products

    @property
    def brand(self) -> Brand:
        """Whose bot we are."""
        return self._written.brand

    async def answer(self, question: Question) -> Answer:
        """Find the best answer, or say that there is none. Never raises on what people type."""
        return self.look_up(question.text, question.shown)

    def look_up(self, text: str, shown: Shown | None = None) -> Answer:
        """Do the same at once."""
        as_written = self._written.as_written(text)
        if as_written is not None:
            return as_written
        goods = self._products.answer(text, shown)
        if goods is not None and (goods.meta.confidence or 0.0) >= SURE_OF_GOODS:
            return goods
        found = self._written.look_up(text)
        if goods is None or (goods.meta.confidence or 0.0) < _LEAST or found.meta.kind in _OF_THE_BRAND:
            return found
        return goods

    def more(self, shown: Shown) -> Answer | None:
        """Show more of what was shown; None where nothing of it is left."""
        return self._products.more(shown)

    def find(self, source: Source) -> Hit | None:
        """Return the place of the pack that `source` names."""
        return self._written.find(source)

    def telling_params(self, offer: Offer) -> Sequence[Param]:
        """Return the three params, or fewer, that tell `offer` best from its neighbours on the shelf."""
        return self._written.telling_params(offer)
