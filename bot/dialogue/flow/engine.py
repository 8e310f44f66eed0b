"""FlowEngine: opens forms, takes answers, goes back, closes them in time."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from bot.dialogue.flow import controls
from bot.dialogue.flow.form import Answered, Flow, InvalidAnswerError, Place
from bot.dialogue.flow.hearing import SKIP, Hearing
from bot.dialogue.flow.timing import TIMER_KEY, expiry_timer, is_expired, reminder_timer
from bot.dialogue.phrases import Translator
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.answer import AnswerKind
from bot.domain.conversation import Conversation, FlowState
from bot.domain.replies import Phrase, Reply

FAILURES_ALLOWED = 3

Converse: TypeAlias = Callable[[Turn], Awaitable[Sequence[Reply]]]


class FlowEngine:
    """Keeps a form's state in the conversation, so it survives a restart; holds nothing itself."""

    name = "flow"

    def __init__(self, flows: Sequence[Flow], translator: Translator) -> None:
        self._flows = {flow.name: flow for flow in flows}
        self._translator = translator
        self._hearing = Hearing(translator)

    async def start(self, turn: Turn, name: str, *, known: Answered | None = None) -> Sequence[Reply]:
        """Open the form `name`, with what is `known` before; one that is open already goes on where it stopped."""
        place = self._place(turn)
        if place is not None:
            return self.resume(turn) if place.flow.name == name else [controls.busy(), *self.resume(turn)]
        flow = self._flows[name]
        return await self._go_on(turn, flow, _fresh(flow, turn, known))

    def resume(self, turn: Turn) -> Sequence[Reply]:
        """Ask the current question again; nothing when no form is open."""
        place = self._place(turn)
        return [self._shown(turn, place, controls.prompt(turn, place))] if place else []

    async def take(self, turn: Turn, converse: Converse) -> Sequence[Reply]:
        """Take a free message as the answer to the open form, or as a question in the middle of it."""
        place = self._place(turn)
        if place is None:  # the form was taken out of the program since
            turn.conversation.flow = None
            return await converse(turn)
        said = place.step.read(turn)
        command = self._hearing.command(said)
        if command == SKIP and not place.step.is_optional:
            command = None  # "no" may be one of the choices
        if command is not None:
            return await self.perform(turn, Action(command, (place.flow.name, place.step.name)))
        return await self._answer(turn, place, said, converse)

    async def perform(self, turn: Turn, action: Action) -> Sequence[Reply]:
        """Do what a button or a timer of a form asks, be it of the open form or of an old one."""
        flow = self._flows.get(action.argument(0))
        place = self._place(turn)
        if flow is None:
            return [Reply(text=Phrase("flow-gone")), *self.resume(turn)]
        if action.verb in {"remind", "expire"}:
            return await self._on_timer(turn, place, action)
        if place is not None and place.flow is not flow:
            return [controls.busy(), *self.resume(turn)]
        if action.verb == "start":
            return await self.start(turn, flow.name)
        if place is None:
            return await self._on_closed(turn, flow, action)
        is_at_hand = action.verb == "cancel" or action.argument(1) == place.step.name
        replies = await self._on_open(turn, place, action)
        return in_place(replies) if is_at_hand else replies

    def takes_any_text(self, conversation: Conversation) -> bool:
        """Whether the open form waits for words of the person's own, not for one of our choices."""
        place = self._find(conversation)
        return place is None or not place.step.choices

    async def drop_if_expired(self, turn: Turn) -> None:
        """Close a form whose time is over although no timer told so (the program was not running)."""
        place = self._place(turn)
        is_of_a_form = turn.action is not None and turn.action.skill == self.name
        if place is not None and not is_of_a_form and is_expired(place.flow, place.state, turn.now):
            await self._close(turn)
            if place.flow.abandon is not None:
                await place.flow.abandon(turn, place.state)

    def _place(self, turn: Turn) -> Place | None:
        return self._find(turn.conversation)

    def _find(self, conversation: Conversation) -> Place | None:
        state = conversation.flow
        flow = self._flows.get(state.flow) if state else None
        step = flow.step(state.step) if flow and state else None
        return Place(flow=flow, step=step, state=state) if flow and step and state else None

    async def _on_open(self, turn: Turn, place: Place, action: Action) -> Sequence[Reply]:
        step = place.flow.step(action.argument(1))
        is_current = step is place.step
        match action.verb:
            case "cancel":
                await self._close(turn)
                return [controls.start_over(place.flow, Phrase(place.flow.cancelled))]
            case "pick" if step is not None and (is_current or step.name in place.state.answers):
                wording = action.argument(3) or (place.state.wording if is_current else "")
                picked = replace(place, step=step, state=replace(place.state, wording=wording))
                return await self._pick(turn, picked, action.argument(2))
            case "back" if is_current:
                return await self._back(turn, place)
            case "skip" if is_current and place.step.is_optional:
                return await self._keep(turn, place, "")
            case "keep" if is_current and place.state.aside:
                return await self._check(turn, place, place.state.aside)
            case _:
                if action.verb == "resume":
                    await self._touch(turn, place.flow, place.state)
                return self.resume(turn)

    async def _on_closed(self, turn: Turn, flow: Flow, action: Action) -> Sequence[Reply]:
        """Press of an old button: the first choice opens the form anew with that answer, the rest offers to."""
        first = flow.steps[0]
        if action.verb == "pick" and action.argument(1) == first.name:
            place = Place(flow=flow, step=first, state=_fresh(flow, turn, None))
            return await self._pick(turn, place, action.argument(2))
        return [controls.start_over(flow, Phrase("flow-closed", {"title": self._title(turn, flow)}))]

    async def _on_timer(self, turn: Turn, place: Place | None, action: Action) -> Sequence[Reply]:
        if place is None or [place.flow.name, place.state.touched_at.isoformat()] != list(action.args):
            return []
        title = self._title(turn, place.flow)
        if action.verb == "remind" and not is_expired(place.flow, place.state, turn.now):
            await turn.uow.timers.set(expiry_timer(place.flow, place.state, turn.conversation.address))
            return [controls.reminder(place.flow, title)]
        turn.conversation.flow = None
        if place.flow.abandon is not None and place.state.answers:
            return await place.flow.abandon(turn, place.state)
        return [controls.start_over(place.flow, Phrase("flow-expired", {"title": title}))]

    async def _answer(self, turn: Turn, place: Place, said: str | None, converse: Converse) -> Sequence[Reply]:
        choice = self._hearing.choice(place.step, said)
        if choice is not None:
            return await self._pick(turn, place, choice)
        is_free_text = said is not None and not place.step.choices
        is_question = self._hearing.is_question(said or "")
        if not is_free_text or is_question:
            replies = await converse(turn)
            if replies and _is_answered(replies[0], is_question=is_question):
                return [*replies, await self._ask_again(turn, place, aside=said if is_free_text else None)]
        if said is None or not is_free_text:
            return await self._fail(turn, place, None)
        turn.is_private = place.step.is_private
        return await self._check(turn, place, said)

    async def _ask_again(self, turn: Turn, place: Place, *, aside: str | None) -> Reply:
        await self._touch(turn, place.flow, replace(place.state, aside=aside or ""))
        again = controls.prompt(turn, place) if aside is None else controls.prompt_after_aside(turn, place)
        return self._shown(turn, place, again)

    async def _pick(self, turn: Turn, place: Place, value: str) -> Sequence[Reply]:
        if value not in {choice.value for choice in place.choices(turn)}:
            return self.resume(turn) or [controls.start_over(place.flow, Phrase("flow-gone"))]
        return await self._keep(turn, place, value)

    async def _check(self, turn: Turn, place: Place, said: str) -> Sequence[Reply]:
        try:
            value = place.step.check(said)
        except InvalidAnswerError as error:
            return await self._fail(turn, place, error.phrase)
        return await self._keep(turn, place, value)

    async def _keep(self, turn: Turn, place: Place, value: str) -> Sequence[Reply]:
        if place.step.settle is not None:
            try:
                value = await place.step.settle(turn, place.state, value)
            except InvalidAnswerError as error:
                return await self._fail(turn, place, error.phrase)
        answers = {**place.state.answers, place.step.name: value}
        return await self._go_on(turn, place.flow, replace(place.state, answers=answers))

    async def _back(self, turn: Turn, place: Place) -> Sequence[Reply]:
        previous = place.flow.previous_step(place.step, place.state.answers)
        if previous is None:
            return self.resume(turn)
        undone = {previous.name, place.step.name}
        answers = {name: value for name, value in place.state.answers.items() if name not in undone}
        return await self._go_on(turn, place.flow, replace(place.state, answers=answers))

    async def _go_on(self, turn: Turn, flow: Flow, state: FlowState) -> Sequence[Reply]:
        """Ask what is not known yet; finish when nothing is left."""
        step = flow.next_step(state.answers)
        if step is None:
            await self._close(turn)
            return await flow.finish(turn, state)
        await self._touch(turn, flow, replace(state, step=step.name, failures=0, aside=""))
        return self.resume(turn)

    async def _fail(self, turn: Turn, place: Place, wrong: Phrase | None) -> Sequence[Reply]:
        failures = place.state.failures + 1
        is_enough = failures >= FAILURES_ALLOWED
        await self._touch(turn, place.flow, replace(place.state, failures=0 if is_enough else failures, aside=""))
        if is_enough:
            return [self._shown(turn, place, controls.stuck(turn, place, wrong))]
        return [self._shown(turn, place, controls.hint(turn, place, wrong))]

    def _shown(self, turn: Turn, place: Place, reply: Reply) -> Reply:
        """Note in which words a step is shown."""
        state = turn.conversation.flow
        if state is not None:
            turn.conversation.flow = replace(state, wording=place.step.wording(turn), shown_by=turn.event.id)
        return reply

    async def _touch(self, turn: Turn, flow: Flow, state: FlowState) -> None:
        touched = replace(state, touched_at=turn.now)
        turn.conversation.flow = touched
        await turn.uow.timers.set(reminder_timer(flow, touched, turn.conversation.address))

    async def _close(self, turn: Turn) -> None:
        turn.conversation.flow = None
        await turn.uow.timers.cancel(turn.conversation.address, TIMER_KEY)

    def _title(self, turn: Turn, flow: Flow) -> str:
        return self._translator.text(Phrase(flow.title), turn.language)


def in_place(replies: Sequence[Reply]) -> Sequence[Reply]:
    """Let the first of `replies` take the place of the question that was answered by a press."""
    return [replace(reply, replaces=number == 0) for number, reply in enumerate(replies)]


def _is_answered(reply: Reply, *, is_question: bool) -> bool:
    """Whether what was said in the middle is dealt with: to offer a guess at what was no question helps nobody."""
    kind = reply.answer.kind
    return kind is not AnswerKind.UNKNOWN and (is_question or kind is not AnswerKind.CLARIFY)


def _fresh(flow: Flow, turn: Turn, known: Answered | None) -> FlowState:
    return FlowState(
        flow=flow.name,
        step=flow.steps[0].name,
        opened_by=turn.event.id,
        touched_at=turn.now,
        answers=dict(known or {}),
    )
