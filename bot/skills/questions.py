"""Questions: answers from the FAQ, the articles and the catalogue, or an honest "I don't know"."""

from collections.abc import Mapping, Sequence

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.answer import Answer, AnswerKind, AnswerMeta, Hit, Question, Source, SourceKind, source_of
from bot.domain.catalogue import Offer
from bot.domain.knowledge import LONGEST_LABEL, FaqButton, FaqEntry, Passage
from bot.domain.replies import Button, Card, Line, Link, Phrase, Reply, Text, rows
from bot.domain.text import has_letters
from bot.services.ports import Answers

_KOPECKS = 100
_KINDS = {SourceKind.FAQ: AnswerKind.FAQ, SourceKind.OFFER: AnswerKind.PRODUCT, SourceKind.ARTICLE: AnswerKind.ARTICLE}
_SYMBOLS = {"RUB": "₽", "USD": "$", "EUR": "€", "KZT": "₸", "BYN": "Br"}
_AVAILABILITY = {True: "product-available", False: "product-not-available", None: "product-availability-unknown"}


class QuestionsSkill:
    """Takes whatever can be read, so it stands behind the skills that know their words."""

    name = "ask"
    is_urgent = False
    is_personal = False
    commands: Mapping[str, Action] = {}

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def matches(self, turn: Turn) -> bool:
        """Any text with a letter or a digit in it."""
        return has_letters(turn.text)

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Answer what was asked; an action names a place of the pack, or (``follow``) a button under a FAQ answer."""
        if turn.action is None:
            return [await self.ask(turn.text, turn.language)]
        if turn.action.verb == "follow":
            return [await self._follow(turn.action, turn)]
        return [self._open(turn.action, turn)]

    async def ask(self, text: str, language: str) -> Reply:
        """Answer one question outside of any conversation."""
        answer = await self._answers.answer(Question(text=text, language=language))
        if answer.meta.kind is AnswerKind.UNKNOWN or not answer.hits:
            return _unknown(answer.meta)
        if answer.meta.kind is AnswerKind.CLARIFY:
            return _clarify(answer, language)
        return self._show(answer.hits[0], answer.meta, language)

    async def _follow(self, action: Action, turn: Turn) -> Reply:
        entry = self._answers.find(Source(SourceKind.FAQ, action.argument(0)))
        buttons = entry.buttons if isinstance(entry, FaqEntry) else ()
        wanted = {str(number): button.ask for number, button in enumerate(buttons)}.get(action.argument(1))
        return await self.ask(wanted, turn.language) if wanted else _gone()

    def _open(self, action: Action, turn: Turn) -> Reply:
        if action.verb not in set(SourceKind):
            return _gone()
        source = Source(SourceKind(action.verb), action.argument(0), action.argument(1))
        hit = self._answers.find(source)
        if hit is None:
            return _gone()
        meta = AnswerMeta(kind=_KINDS[source.kind], confidence=1.0, sources=(str(source_of(hit)),))
        return self._show(hit, meta, turn.language)

    def _show(self, hit: Hit, meta: AnswerMeta, language: str) -> Reply:
        match hit:
            case FaqEntry():
                return Reply(text=Text(hit.answer(language)), buttons=rows(_faq_buttons(hit, language)), answer=meta)
            case Passage():
                return Reply(text=_passage(hit), answer=meta)
            case Offer():
                return Reply(text=self._card(hit), answer=meta)

    def _card(self, offer: Offer) -> Card:
        telling = [
            Text(f"{param.name}: {param.value} {param.unit}".rstrip()) for param in self._answers.telling_params(offer)
        ]
        return Card(
            title=Text(offer.name),
            lines=(_price(offer), Phrase(_AVAILABILITY[offer.is_available]), *telling),
            link=offer.url or None,
            picture=next(iter(offer.pictures), None),
        )


def _faq_buttons(entry: FaqEntry, language: str) -> list[Button]:
    def button(number: int, described: FaqButton) -> Button:
        label = (described.label_en if language == "en" else "") or described.label
        follow = Action("ask.follow", (entry.id, str(number)))
        return Button(Text(label), Link(described.url) if described.url else follow)

    return [button(number, described) for number, described in enumerate(entry.buttons)]


def _passage(passage: Passage) -> Card:
    title = passage.article_title
    if passage.section_title and passage.section_title != title:
        title = f"{title}. {passage.section_title}"
    return Card(title=Text(title), lines=(Text(passage.text),))


def _price(offer: Offer) -> Line:
    if offer.price_kopecks is None:
        return Phrase("product-price-unknown")
    amount, rest = divmod(offer.price_kopecks, _KOPECKS)
    kopecks = f"{rest:02}" if rest else "none"  # the sentence knows what stands between the two in its language
    key = "product-price-from" if offer.is_price_from else "product-price"
    currency = _SYMBOLS.get(offer.currency, offer.currency)
    return Phrase(key, {"amount": amount, "kopecks": kopecks, "currency": currency})


def _clarify(answer: Answer, language: str) -> Reply:
    options = [Button(Text(_label(hit, language)), _opening(hit)) for hit in answer.hits]
    none_of_them = Button(Phrase("button-none-of-these"), Action("help.not_found"))
    return Reply(text=Phrase("questions-clarify"), buttons=rows([*options, none_of_them]), answer=answer.meta)


def _opening(hit: Hit) -> Action:
    source = source_of(hit)
    return Action(f"ask.{source.kind}", (source.id, source.section) if source.section else (source.id,))


def _label(hit: Hit, language: str) -> str:
    """Name an option. Questions tell themselves by their beginning, names of goods by their end."""
    match hit:
        case FaqEntry():
            return _cut(hit.question(language))
        case Passage():
            return _cut(hit.section_title or hit.article_title)
        case Offer():
            return _cut_beginning(hit.name)


def _cut(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def _cut_beginning(label: str) -> str:
    while len(label) > LONGEST_LABEL and " " in label:
        label = label.partition(" ")[2]
    return _cut(label)


def _unknown(meta: AnswerMeta) -> Reply:
    person = Button(Phrase("button-person"), Action("people.contacts"))
    abilities = Button(Phrase("button-help"), Action("help.show"))
    return Reply(text=Phrase("questions-unknown"), buttons=((person, abilities),), answer=meta)


def _gone() -> Reply:
    abilities = Button(Phrase("button-help"), Action("help.show"))
    return Reply(text=Phrase("questions-gone"), buttons=((abilities,),))
