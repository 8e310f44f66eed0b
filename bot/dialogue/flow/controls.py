"""What a form shows: prompts with their buttons."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.flow.form import Choice, Flow, Place
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.replies import Button, Card, Phrase, Reply, Text, rows

PERSON = Action("people.contacts")
IN_FLOW = AnswerMeta(kind=AnswerKind.FLOW)


def phrase(key: str, place: Place) -> Phrase:
    """Fill a phrase in with the answers so far."""
    return Phrase(key, dict(place.state.answers))


def prompt(turn: Turn, place: Place, *, text: Phrase | Card | None = None) -> Reply:
    """Ask the step, in its own words or in those of `text`."""
    buttons = (*_choices(turn, place), *rows(place.step.extras), *rows(_navigation(place), width=3))
    is_private = place.step.is_private and bool(place.step.offers(turn, place.state.answers))
    return Reply(text=text or _words(turn, place), buttons=buttons, answer=IN_FLOW, is_private=is_private)


def hint(turn: Turn, place: Place, wrong: Phrase | None) -> Reply:
    """Ask the step again and say what would help, or what was `wrong` with the answer."""
    helpful = place.step.hint
    if isinstance(helpful, str):
        return prompt(turn, place, text=wrong or phrase(helpful, place))
    card = helpful(turn)
    return prompt(turn, place, text=replace(card, title=wrong) if wrong is not None else card)


def prompt_after_aside(turn: Turn, place: Place) -> Reply:
    """Ask the step again after a question was answered, which may have been meant as the answer to the step."""
    reply = prompt(turn, place)
    keep = Button(Phrase("button-flow-keep"), Action("flow.keep", (place.flow.name, place.step.name)))
    return Reply(text=reply.text, buttons=((keep,), *reply.buttons), answer=IN_FLOW)


def stuck(turn: Turn, place: Place, wrong: Phrase | None) -> Reply:
    """Offer help to somebody whose answers were not understood several times, or were always `wrong`."""
    if wrong is not None:
        help_ = Button(Phrase("button-person"), PERSON)
        asked = prompt(turn, place, text=Card(title=wrong, lines=(Phrase("flow-stuck-wrong"),)))
        return replace(asked, buttons=(*asked.buttons[:-1], (help_,), asked.buttons[-1]))
    again = Button(Phrase("button-flow-again"), Action("flow.resume", (place.flow.name,)))
    person = Button(Phrase("button-person"), PERSON)
    return Reply(text=Phrase("flow-stuck"), buttons=((again, person), tuple(_navigation(place))), answer=IN_FLOW)


def reminder(flow: Flow, title: str) -> Reply:
    """Remind of a form left half-way."""
    carry_on = Button(Phrase("button-flow-continue"), Action("flow.resume", (flow.name,)))
    return Reply(text=Phrase("flow-reminder", {"title": title}), buttons=((carry_on, _cancel(flow)),), answer=IN_FLOW)


def start_over(flow: Flow, text: Phrase) -> Reply:
    """Say `text` about a form that is not open, with a button to open it."""
    start = Button(Phrase("button-flow-start-over"), Action("flow.start", (flow.name,)))
    return Reply(text=text, buttons=((start,),), answer=IN_FLOW)


def busy() -> Reply:
    """Say that another form is open; its question follows."""
    return Reply(text=Phrase("flow-busy"), answer=IN_FLOW)


def _words(turn: Turn, place: Place) -> Phrase | Text:
    asked = place.step.prompt
    return phrase(asked, place) if isinstance(asked, str) else asked(turn, place.state.answers)


def _choices(turn: Turn, place: Place) -> tuple[tuple[Button, ...], ...]:
    wording = place.step.wording(turn)

    def button(choice: Choice) -> Button:
        named = (place.flow.name, place.step.name, choice.value)
        return Button(choice.label, Action("flow.pick", (*named, wording) if wording else named))

    return rows([button(choice) for choice in place.choices(turn)], width=place.step.choices_in_row)


def _navigation(place: Place) -> Sequence[Button]:
    here = (place.flow.name, place.step.name)
    buttons = []
    if place.flow.previous_step(place.step, place.state.answers) is not None:
        buttons.append(Button(Phrase("button-back"), Action("flow.back", here)))
    if place.step.is_optional:
        buttons.append(Button(Phrase("button-skip"), Action("flow.skip", here)))
    return [*buttons, _cancel(place.flow)]


def _cancel(flow: Flow) -> Button:
    return Button(Phrase("button-cancel"), Action("flow.cancel", (flow.name,)))
