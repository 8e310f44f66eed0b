"""FakeAnswers: a brand that knows a few things."""

from collections.abc import Sequence

from bot.domain.answer import Answer, AnswerKind, AnswerMeta, Hit, Question, Source, source_of
from bot.domain.brand import Brand, Contacts
from bot.domain.catalogue import Offer, Param
from bot.domain.errors import ConflictError, RuleViolationError
from bot.domain.knowledge import FaqButton, FaqEntry, Passage
from bot.domain.replies import Phrase
from bot.domain.wishes import Shown

DELIVERY = FaqEntry(
    id="delivery",
    questions=("Сколько стоит доставка?",),
    answers={"ru": "300 рублей", "en": "300 rubles"},
    buttons=(FaqButton(label="Сайт", url="https://a.example"), FaqButton(label="Срок", ask="срок доставки")),
)
TERM = FaqEntry(id="term", questions=("Срок доставки",), answers={"ru": "Два дня"})
KETTLE = Offer(
    id="k1",
    name="Чайник K-1",
    price_kopecks=199_950,
    is_available=True,
    url="https://a.example/k1",
    params=(Param("Объём", "1.7", "л"),),
)
CLEANING = Passage(
    article_id="care", article_title="Уход", section_id="cleaning", section_title="Чистка", text="Мягкой тканью."
)
HITS: dict[str, tuple[Hit, ...]] = {
    "сколько стоит доставка?": (DELIVERY,),
    "how much is delivery?": (DELIVERY,),
    "срок доставки": (TERM,),
    "чайник": (KETTLE,),
    "чистка": (CLEANING,),
    "как чистить чайник?": (CLEANING,),
    "доставка": (DELIVERY, TERM),
}
_KINDS = {"faq": AnswerKind.FAQ, "offer": AnswerKind.PRODUCT, "article": AnswerKind.ARTICLE}


class FakeAnswers:
    """`Answers` by exact question; three words make it raise what a skill may raise. `asked` is what it was asked."""

    brand = Brand(name="Чайная", contacts=Contacts(phone="+7 800 000-00-00"))

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.owned: list[tuple[str, ...]] = []

    def is_about_own(self, text: str) -> bool:
        """Where it says so."""
        return "мой" in text

    def examples(self, language: str) -> Sequence[str]:
        """What it knows."""
        return [DELIVERY.questions[0], KETTLE.name]

    async def answer(self, question: Question) -> Answer:
        """Look the question up."""
        self.asked.append(question.text)
        self.owned.append(question.owned)
        match question.text:
            case "сломайся":
                raise RuntimeError("broken on purpose")
            case "откажи":
                raise RuleViolationError(Phrase("refused-on-purpose", {"limit": 3}))
            case "конфликт":
                raise ConflictError("somebody else was quicker, always")
        hits = HITS.get(question.text.lower(), ())
        sources = tuple(str(source_of(hit)) for hit in hits)
        kind = AnswerKind.UNKNOWN
        if hits:
            kind = AnswerKind.CLARIFY if len(hits) > 1 else _KINDS[str(source_of(hits[0]).kind)]
        return Answer(meta=AnswerMeta(kind=kind, confidence=0.9 if hits else 0.1, sources=sources), hits=hits)

    def more(self, shown: Shown) -> Answer | None:
        """There is never more."""
        return None

    def find(self, source: Source) -> Hit | None:
        """Look through everything."""
        hits = [hit for found in HITS.values() for hit in found]
        return next((hit for hit in hits if source_of(hit) == source), None)

    def telling_params(self, offer: Offer) -> Sequence[Param]:
        """The first three."""
        return offer.params[:3]
