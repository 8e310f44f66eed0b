"""The form of a device: its serial number, what proves that it was bought, which model it is."""

from collections.abc import Sequence
from datetime import date

from bot.dialogue.flow.form import Answered, Choice, Flow, InvalidAnswerError, Step
from bot.dialogue.turn import Turn
from bot.domain.conversation import FlowState
from bot.domain.errors import InputError, RuleViolationError
from bot.domain.purchases.device import Dispute, read_serial
from bot.domain.purchases.order import OrderLine
from bot.domain.replies import Phrase, Reply, Text
from bot.services.purchases.devices import Proof, product_of
from bot.skills.club.claims import written_day
from bot.skills.club.disputes import ask_about
from bot.skills.club.parts import DEVICES, JOIN, SEND_RECEIPT, ClubParts, member_of

FORM = "device"
MOST_PROOFS = 5
_MOST_LINES, _LONGEST_LABEL = 6, 36
_UNKNOWN = "0"
_TYPED = "="
"""Begins a model in the person's own words, where the catalogue does not have it."""


def device_flow(parts: ClubParts) -> Flow:
    """Describe the form; two questions where the purchase tells the model."""
    form = _Form(parts)
    return Flow(
        name=FORM,
        title="device-title",
        steps=(
            Step(name="serial", prompt="device-serial-prompt", hint="device-serial-refused", check=_read_serial),
            Step(
                name="proof",
                prompt="device-proof-prompt",
                hint="device-proof-refused",
                offers=_offer_proofs,
                settle=form.settle_proof,
                extras=(SEND_RECEIPT,),
            ),
            Step(
                name="model",
                prompt="device-model-prompt",
                hint="device-model-hint",
                is_optional=True,
                offers=_offer_lines,
                settle=form.settle_model,
                is_asked=lambda answers: _line_of(answers) == _UNKNOWN,
            ),
        ),
        finish=form.finish,
    )


def known_proofs(proofs: Sequence[Proof]) -> str:
    """Write proofs as the form keeps them, to be offered."""
    rows = [f"{proof.source}\t{proof.bought_on.isoformat()}\t{proof.total_kopecks}" for proof in proofs[:MOST_PROOFS]]
    return "\n".join(rows)


class _Form:
    """What the steps do."""

    def __init__(self, parts: ClubParts) -> None:
        self._parts = parts

    async def settle_proof(self, turn: Turn, state: FlowState, value: str) -> str:
        """Take a receipt by its place among those offered, or an order by its number."""
        member = await member_of(turn)
        if member is None:
            raise InvalidAnswerError(Phrase("receipt-stranger"))
        offered = state.answers.get("proofs", "").split("\n")
        is_offered = value in {choice.value for choice in _offer_proofs(turn, state.answers)}
        devices = self._parts.devices
        if is_offered:
            source = offered[int(value) - 1].partition("\t")[0]
            proof = await devices.proof(turn.uow, member, source)
        else:
            proof = await devices.order_proof(turn.uow, member, value)
        if proof is None:
            raise InvalidAnswerError(Phrase("device-proof-refused"))
        return _written(proof, product_of(proof, state.answers["serial"]))

    async def settle_model(self, turn: Turn, state: FlowState, value: str) -> str:
        """Take a line of the purchase, an offer of the catalogue, or the person's own words."""
        if not value or value in {choice.value for choice in _offer_lines(turn, state.answers)}:
            return value
        named = self._parts.named(value)
        if len(named) > 1:
            names = "\n".join(f"• {offer.name}" for offer in named[:_MOST_LINES])
            raise InvalidAnswerError(Phrase("device-model-several", {"names": names}))
        return f"{named[0].id}\t{named[0].name}" if named else f"{_TYPED}\t{value[:100]}"

    async def finish(self, turn: Turn, state: FlowState) -> Sequence[Reply]:
        member = await member_of(turn)
        if member is None:
            return [Reply(text=Phrase("receipt-stranger"), buttons=((JOIN,),))]
        source, devices = state.answers["proof"].split("\n")[0], self._parts.devices
        proof = await devices.proof(turn.uow, member, source)
        if proof is None:
            return [Reply(text=Phrase("device-proof-refused"), buttons=((DEVICES,),))]
        serial = state.answers["serial"]
        try:
            outcome = await devices.register(
                turn.uow, member, serial=serial, proof=proof, product=_product(proof, state.answers), now=turn.now
            )
        except RuleViolationError as refused:
            return [Reply(text=refused.phrase, buttons=((DEVICES,),))]
        if isinstance(outcome, Dispute):
            asked = await ask_about(turn.uow, outcome, serial)
            return [Reply(text=Phrase("device-disputed"), buttons=((DEVICES,),)), *asked]
        until = written_day(outcome.device.warranty_until)
        params: dict[str, str | int] = {"until": until, "points": outcome.points}
        return [Reply(text=Phrase("device-registered", params), buttons=((DEVICES,),))]


def _read_serial(value: str) -> str:
    try:
        return read_serial(value)
    except InputError as refused:
        raise InvalidAnswerError(refused.phrase) from refused


def _offer_proofs(turn: Turn, answers: Answered) -> Sequence[Choice]:
    choices = []
    for place, row in enumerate((row for row in answers.get("proofs", "").split("\n") if row), start=1):
        _, day, total = row.split("\t")
        params: dict[str, str | int] = {"day": written_day(date.fromisoformat(day)), "roubles": int(total) // 100}
        choices.append(Choice(value=str(place), label=Phrase("device-proof-choice-button", params)))
    return choices


def _offer_lines(turn: Turn, answers: Answered) -> Sequence[Choice]:
    rows = answers.get("proof", "").split("\n")[2:]
    return [Choice(value=number, label=Text(label)) for number, label in (row.split("\t") for row in rows)]


def _line_of(answers: Answered) -> str:
    """The line of the purchase that the device is of, as far as that is known."""
    rows = answers.get("proof", "").split("\n")
    return rows[1] if len(rows) > 1 else _UNKNOWN


def _written(proof: Proof, product: OrderLine | None) -> str:
    """Write a proof as the form keeps it: its name, the line if known, the goods to choose from."""
    lines = [f"{line.number}\t{_label(line)}" for line in proof.lines[:_MOST_LINES] if line.name or line.product]
    return "\n".join([proof.source, str(product.number) if product else _UNKNOWN, *lines])


def _label(line: OrderLine) -> str:
    label = " ".join((line.name or line.product).split())
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"


def _product(proof: Proof, answers: Answered) -> OrderLine | None:
    chosen = _line_of(answers) if _line_of(answers) != _UNKNOWN else answers.get("model", "")
    line = next((line for line in proof.lines if str(line.number) == chosen), None)
    if line is not None or "\t" not in chosen:
        return line
    offer, _, name = chosen.partition("\t")
    return OrderLine(number=1, product="" if offer == _TYPED else offer, name=name, paid_kopecks=0)
