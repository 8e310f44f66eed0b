"""Answers: goods first where the question is about them, else what the brand wrote."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.answer import Answer, AnswerKind, Hit, Question, Source
from bot.domain.brand import Brand
from bot.domain.catalogue import Offer, Param
from bot.domain.goods_answers import AttributeAnswer, Verdict
from bot.domain.knowledge import FaqEntry
from bot.domain.wishes import Shown
from bot.knowledge.products.applying import Applying
from bot.knowledge.products.language.tokens import phrase_of
from bot.knowledge.products.own import speaks_of_own
from bot.knowledge.products.products import Products
from bot.knowledge.search.answers import PackAnswers
from bot.knowledge.search.explanation import Explanation

SURE_OF_GOODS = 0.75
"""From this confidence on nothing else is looked up."""
_LEAST = 0.5
_MAY_BE_OF_OTHERS = frozenset({AnswerKind.FAQ, AnswerKind.ARTICLE, AnswerKind.CLARIFY})
_OF_THE_BRAND = frozenset({AnswerKind.FAQ, AnswerKind.ARTICLE})


class GoodsAnswers:
    """The port `Answers`: what was asked as the brand wrote it, then goods, then all that can be found."""

    def __init__(self, written: PackAnswers, products: Products) -> None:
        self._written = written
        self._products = products
        self._applying = Applying(products.catalogue)

    @property
    def brand(self) -> Brand:
        """Whose bot we are."""
        return self._written.brand

    async def answer(self, question: Question) -> Answer:
        """Find the best answer, or say that there is none. Never raises on what people type."""
        text, owned = question.text, question.owned
        meant = self._products.named_own(text, owned, language=question.language) if owned else text
        at_once, goods = self._at_once(text, question.shown, meant=meant)
        return at_once or self._found(goods, await self._written.answer(question), meant, question.shown)

    def look_up(self, text: str, shown: Shown | None = None) -> Answer:
        """Do the same at once."""
        at_once, goods = self._at_once(text, shown)
        return at_once or self._found(goods, self._written.look_up(text), text, shown)

    def explain(self, text: str) -> Explanation:
        """Tell what was understood of `text`, what was found and why it is answered like this."""
        explained = self._written.explain(text)
        answer = self.look_up(text)
        if answer.shown is None and answer.goods is None:
            return explained
        because = f"the catalogue answers it ({self._products.describe(text)})"
        return replace(explained, meta=answer.meta, near=answer.meta.confidence or 0.0, because=because)

    def is_about_own(self, text: str) -> bool:
        """Whether a question speaks of what the asker has."""
        return speaks_of_own(text)

    def more(self, shown: Shown) -> Answer | None:
        """Show more of what was shown; None where nothing of it is left."""
        return self._products.more(shown)

    def find(self, source: Source) -> Hit | None:
        """Return the place of the pack that `source` names."""
        return self._written.find(source)

    def telling_params(self, offer: Offer) -> Sequence[Param]:
        """Return the three params, or fewer, that tell `offer` best from its neighbours on the shelf."""
        return self._written.telling_params(offer)

    def examples(self, language: str) -> Sequence[str]:
        """Return what may be asked: a few short lines that we can answer."""
        return self._written.examples(language)

    def _found(self, goods: Answer | None, found: Answer, text: str, shown: Shown | None) -> Answer:
        """Choose between goods and what the brand wrote; of that, what is about the thing that we talk of."""
        thing = self._products.spoken_of(text, shown) if found.meta.kind in _MAY_BE_OF_OTHERS else None
        if thing is not None:
            entry = found.hits[0] if found.hits else None
            if goods and isinstance(entry, FaqEntry) and self._products.is_about_others(entry.questions, thing):
                return goods
            if goods is not None and _is_written_of(found, goods):
                return found
            if self._applying.is_foreign(found, thing):
                again = self._written.look_up(f"{text} {thing.model or thing.name}")
                found = again if not self._applying.is_foreign(again, thing) else found
            found = self._applying.prefer(found, thing, shown)
        return _chosen(goods, found)

    def _at_once(self, text: str, shown: Shown | None, *, meant: str = "") -> tuple[Answer | None, Answer | None]:
        """Return what needs no search, and what the goods answer to what is `meant` by `text`."""
        as_written = self._written.as_written(text)
        goods = None if as_written else self._of_goods(text, shown, meant or text)
        is_sure = goods is not None and (goods.meta.confidence or 0.0) >= SURE_OF_GOODS
        return as_written or (goods if is_sure else None), goods

    def _of_goods(self, text: str, shown: Shown | None, meant: str) -> Answer | None:
        """Ask the goods; a mere card of what somebody owns is no answer to anything."""
        goods = self._products.answer(meant, shown)
        if meant != text and (goods is None or goods.meta.kind is AnswerKind.PRODUCT):
            return self._products.answer(text, shown)
        return goods


def _chosen(goods: Answer | None, found: Answer) -> Answer:
    """What the brand wrote about it goes before goods that may not be wanted."""
    if goods is None or found.meta.kind in _OF_THE_BRAND:
        return found
    is_likely = (goods.meta.confidence or 0.0) >= _LEAST
    is_helpful = found.meta.kind is goods.meta.kind is AnswerKind.UNKNOWN and goods.shown is not None
    return goods if is_likely or is_helpful else found


def _is_written_of(found: Answer, goods: Answer) -> bool:
    """Whether the feed is silent on a param that the brand wrote an entry about: the warranty."""
    told = goods.goods
    if not isinstance(told, AttributeAnswer) or not found.hits or not isinstance(found.hits[0], FaqEntry):
        return False
    facts = [fact for item in told.items for fact in item.facts]
    words = {word for fact in facts for word in phrase_of(fact.name)}
    is_silent = all(fact.verdict is Verdict.UNSAID for fact in facts)
    return is_silent and any(words <= set(phrase_of(question)) for question in found.hits[0].questions)
