"""Dialogue: one event in, one outcome out. Knows no platform and no table."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.flow.engine import FlowEngine
from bot.dialogue.front import Front
from bot.dialogue.groups import in_group, personal_matter
from bot.dialogue.language import hear
from bot.dialogue.phrases import Translator
from bot.dialogue.router import OLD_BUTTON, Router
from bot.dialogue.stored import stored_message
from bot.dialogue.turn import Outcome, Turn
from bot.domain.actions import Action
from bot.domain.answer import AnswerKind
from bot.domain.conversation import Conversation
from bot.domain.messages import Attached, Event, Woke, is_overheard, may_go_on
from bot.domain.paging import PRESS, SHOW
from bot.domain.replies import Reply
from bot.services.ports import Answers, Clock, UnitOfWork

NOBODY, NOTED = "none", "noted"


class Dialogue:
    """Lets one skill answer a turn, with the open form kept in view."""

    def __init__(
        self,
        *,
        router: Router,
        flows: FlowEngine,
        answers: Answers,
        translator: Translator,
        clock: Clock,
        takes_each_picture: bool = False,
        front: Front | None = None,
    ) -> None:
        """Connect it. With `takes_each_picture` those of an album are not answered together: each may be a receipt.

        `front` may take a turn before anybody else: who talks to a person is not answered by us.
        """
        self._front = front
        self._takes_each_picture = takes_each_picture
        self._router = router
        self._flows = flows
        self._answers = answers
        self._translator = translator
        self._clock = clock

    @property
    def default_language(self) -> str:
        """Language of a conversation that has not shown its own."""
        return self._languages()[0]

    def open(self, event: Event, conversation: Conversation, uow: UnitOfWork) -> Turn:
        """Open the turn of `event`."""
        return Turn(
            event=event,
            action=self._router.explicit_action(event, in_flow=conversation.flow is not None),
            conversation=conversation,
            brand=self._answers.brand,
            uow=uow,
            now=self._clock.now(),
        )

    def may_merge(self, event: Event, conversation: Conversation) -> bool:
        """Whether `event` and the lines around it are one thing said: no command, no answer to one of our choices."""
        if isinstance(event, Attached) and (self._takes_each_picture or conversation.has_ticket):
            return False
        is_in_flow = conversation.flow is not None
        if not may_go_on(event) or self._router.explicit_action(event, in_flow=is_in_flow) is not None:
            return False
        return not is_in_flow or isinstance(event, Attached) or self._flows.takes_any_text(conversation)

    async def respond(self, turn: Turn) -> Outcome:
        """Answer the turn.

        Raises:
            RuleViolationError: refused; nothing of the turn is to be kept but the explanation.
        """
        taken = await self._front.take(turn) if self._front is not None else None
        if taken is not None:
            return taken
        if turn.action is None and is_overheard(turn.event):
            return Outcome(replies=(), skill=NOBODY, outcome=NOTED)
        if turn.action is not None and turn.action.name == PRESS:
            turn.action = await self._pressed(turn, turn.action)
        outcome = await self._answer(turn)
        return in_group(outcome) if turn.event.is_group else outcome

    async def _answer(self, turn: Turn) -> Outcome:
        is_typed_freely = turn.action is None
        if not isinstance(turn.event, Woke):
            text = turn.text if is_typed_freely else ""
            hear(turn.conversation, text=text, hint=turn.event.language, languages=self._languages())
        if turn.language not in self._languages():  # the brand does not speak it any more
            turn.conversation.language = self.default_language
        await self._flows.drop_if_expired(turn)
        if turn.action is not None:
            return await self._perform(turn, turn.action)
        return await self._listen(turn)

    async def _pressed(self, turn: Turn, press: Action) -> Action:
        """Find out which button of a message was pressed by its place, where its own payload was too long."""
        message = await stored_message(turn, press)
        buttons = [button for row in message.buttons for button in row] if message else []
        place = press.argument(2)
        target = buttons[int(place)].target if place.isdecimal() and int(place) < len(buttons) else None
        return target if isinstance(target, Action) else OLD_BUTTON

    async def _listen(self, turn: Turn) -> Outcome:
        """Answer a free message: what is urgent first, then as the open form's answer, then as anything else."""
        urgent = self._router.urgent(turn)
        if urgent is not None:
            replies = await urgent.respond(turn)
            return _outcome(urgent.name, [*replies, *self._flows.resume(turn)])
        if turn.conversation.flow is not None:
            return _outcome(FlowEngine.name, [*await self._flows.take(turn, self._converse), *await self._also(turn)])
        return await self._free(turn)

    async def _also(self, turn: Turn) -> Sequence[Reply]:
        """Do what a word that closed the form demands by itself as well: "stop" ends advertising, too."""
        wish = self._router.also_wished(turn.event) if turn.conversation.flow is None else None
        return await self._router.performer(wish).respond(replace(turn, action=wish)) if wish is not None else ()

    async def _perform(self, turn: Turn, action: Action) -> Outcome:
        if turn.event.is_group and self._router.is_personal(action):
            return _outcome(FlowEngine.name, [personal_matter(action)])
        if action.skill == FlowEngine.name:
            return _outcome(FlowEngine.name, await self._flows.perform(turn, action))
        skill = self._router.performer(action)
        if skill.name != action.skill:
            turn.action = replace(OLD_BUTTON, args=action.args)
        replies = list(await skill.respond(turn))
        if not isinstance(turn.event, Woke) and not any(_keeps_question(action, reply) for reply in replies):
            replies.extend(self._flows.resume(turn))
        return _outcome(skill.name, replies)

    async def _free(self, turn: Turn) -> Outcome:
        skill = self._router.first_match(turn)
        return _outcome(skill.name, await skill.respond(turn))

    async def _converse(self, turn: Turn) -> Sequence[Reply]:
        """Answer what was said in the middle of a form as if there were none."""
        return (await self._free(turn)).replies

    def _languages(self) -> tuple[str, ...]:
        spoken = self._translator.languages
        return tuple(code for code in self._answers.brand.languages if code in spoken) or spoken


def _outcome(skill: str, replies: Sequence[Reply]) -> Outcome:
    return Outcome(replies=replies, skill=skill, outcome=str(replies[0].answer.kind) if replies else "silent")


def _keeps_question(action: Action, reply: Reply) -> bool:
    """Whether an open form's question is in it, or still the last thing below it: another page is no new message."""
    return reply.answer.kind is AnswerKind.FLOW or (action.name == SHOW and reply.replaces)
