"""The skill: answers from the FAQ, the articles and the catalogue, or an honest "I don't know"."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeAlias

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.answer import Answer, AnswerKind, AnswerMeta, Hit, Question, Source, SourceKind, source_of
from bot.domain.catalogue import Offer
from bot.domain.knowledge import FaqButton, FaqEntry, Passage
from bot.domain.replies import Button, Link, Phrase, Reply, Text, rows
from bot.domain.text import has_letters
from bot.domain.wishes import Shown, with_focus
from bot.services.ports import Answers
from bot.skills.questions.cards import option, passage_card, product_card
from bot.skills.questions.goods import show

_KINDS = {SourceKind.FAQ: AnswerKind.FAQ, SourceKind.OFFER: AnswerKind.PRODUCT, SourceKind.ARTICLE: AnswerKind.ARTICLE}
_OTHER_SUBJECTS = frozenset({AnswerKind.FAQ, AnswerKind.ARTICLE})

Owned: TypeAlias = Callable[[Turn], Awaitable[Sequence[str]]]
"""Tells which offers the asker has, by their ids, the latest first."""


class QuestionsSkill:
    """Takes whatever can be read, so it stands behind the skills that know their words."""

    name = "ask"
    is_urgent = False
    is_personal = False
    commands: Mapping[str, Action] = {}

    def __init__(self, answers: Answers, owned: Owned | None = None) -> None:
        """`owned` tells what whoever asks has, where that is known."""
        self._answers = answers
        self._owned = owned

    def matches(self, turn: Turn) -> bool:
        """Any text with a letter or a digit in it."""
        return has_letters(turn.text)

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Answer what was asked.

        An action names a place of the pack, a button under a FAQ answer (``follow``), or the rest of a list (``more``).
        """
        if turn.action is None:
            return [await self._ask(turn.text, turn)]
        if turn.action.verb == "follow":
            return [await self._follow(turn.action, turn)]
        if turn.action.verb == "more":
            return [self._more(turn)]
        return [self._open(turn.action, turn)]

    async def ask(self, text: str, language: str) -> Reply:
        """Answer one question outside of any conversation."""
        return self._reply(await self._answers.answer(Question(text=text, language=language)), language)

    async def _ask(self, text: str, turn: Turn) -> Reply:
        owned = self._owned if self._answers.is_about_own(text) else None
        question = Question(
            text=text,
            language=turn.language,
            shown=turn.conversation.shown(turn.now),
            owned=tuple(await owned(turn)) if owned is not None else (),
        )
        return self._tell(await self._answers.answer(question), turn)

    def _tell(self, answer: Answer, turn: Turn) -> Reply:
        """Reply, and remember what the next question may refer to."""
        offers = tuple(hit.id for hit in answer.hits if isinstance(hit, Offer))
        if answer.shown is not None:
            turn.conversation.remember(answer.shown, turn.now)
        elif offers and len(offers) == len(answer.hits):
            turn.conversation.remember(Shown(offers=offers, focus=0 if len(offers) == 1 else None), turn.now)
        elif answer.meta.kind in _OTHER_SUBJECTS:
            turn.conversation.remember(None, turn.now)
        return self._reply(answer, turn.language)

    def _reply(self, answer: Answer, language: str) -> Reply:
        if answer.goods is not None:
            return show(answer.goods, answer.meta, language)
        if answer.meta.kind is AnswerKind.UNKNOWN or not answer.hits:
            return _unknown(answer.meta)
        if answer.meta.kind is AnswerKind.CLARIFY:
            return _clarify(answer, language)
        return self._show(answer.hits[0], answer.meta, language)

    async def _follow(self, action: Action, turn: Turn) -> Reply:
        entry = self._answers.find(Source(SourceKind.FAQ, action.argument(0)))
        buttons = entry.buttons if isinstance(entry, FaqEntry) else ()
        wanted = {str(number): button.ask for number, button in enumerate(buttons)}.get(action.argument(1))
        return await self._ask(wanted, turn) if wanted else _gone()

    def _more(self, turn: Turn) -> Reply:
        shown = turn.conversation.shown(turn.now)
        answer = self._answers.more(shown) if shown is not None else None
        return self._tell(answer, turn) if answer is not None else _gone()

    def _open(self, action: Action, turn: Turn) -> Reply:
        if action.verb not in set(SourceKind):
            return _gone()
        source = Source(SourceKind(action.verb), action.argument(0), action.argument(1))
        hit = self._answers.find(source)
        if hit is None:
            return _gone()
        turn.conversation.remember(_focused(hit, turn.conversation.shown(turn.now)), turn.now)
        meta = AnswerMeta(kind=_KINDS[source.kind], confidence=1.0, sources=(str(source_of(hit)),))
        return self._show(hit, meta, turn.language)

    def _show(self, hit: Hit, meta: AnswerMeta, language: str) -> Reply:
        match hit:
            case FaqEntry():
                return Reply(text=Text(hit.answer(language)), buttons=rows(_faq_buttons(hit, language)), answer=meta)
            case Passage():
                return Reply(text=passage_card(hit), answer=meta)
            case Offer():
                return Reply(text=product_card(hit, self._answers.telling_params(hit)), answer=meta)


def _focused(hit: Hit, shown: Shown | None) -> Shown | None:
    """An opened product is what we talk about now; anything else ends the talk about goods."""
    return with_focus(shown, hit.id) if isinstance(hit, Offer) else None


def _faq_buttons(entry: FaqEntry, language: str) -> list[Button]:
    def button(number: int, described: FaqButton) -> Button:
        label = (described.label_en if language == "en" else "") or described.label
        follow = Action("ask.follow", (entry.id, str(number)))
        return Button(Text(label), Link(described.url) if described.url else follow)

    return [button(number, described) for number, described in enumerate(entry.buttons)]


def _clarify(answer: Answer, language: str) -> Reply:
    options = [option(hit, language) for hit in answer.hits]
    none_of_them = Button(Phrase("button-none-of-these"), Action("help.not_found"))
    return Reply(text=Phrase("questions-clarify"), buttons=rows([*options, none_of_them]), answer=answer.meta)


def _unknown(meta: AnswerMeta) -> Reply:
    person = Button(Phrase("button-person"), Action("people.contacts", ("doubt",)))
    abilities = Button(Phrase("button-help"), Action("help.show"))
    return Reply(text=Phrase("questions-unknown"), buttons=((person, abilities),), answer=meta)


def _gone() -> Reply:
    abilities = Button(Phrase("button-help"), Action("help.show"))
    return Reply(text=Phrase("questions-gone"), buttons=((abilities,),))
